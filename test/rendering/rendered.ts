import type { Codecs } from "../../src/codec/codecs.ts";
import { codecsOf } from "../../src/codec/codecs.ts";
import { readWhole } from "../../src/codec/jpeg/stretch-reader.ts";
import { sniffingOf } from "../../src/codec/sniff.ts";
import { KernelPool } from "../../src/pixels/pool.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { type Plan, planPicture } from "../../src/plan/plan.ts";
import { Deadline } from "../../src/render/deadline.ts";
import { craftOf } from "../../src/render/engine.ts";
import { renderPicture } from "../../src/render/render.ts";
import { Stopwatch } from "../../src/render/stopwatch.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { readPlain } from "../support/reading.ts";
import { MODULES } from "../support/wasm-modules.ts";
// Gives Node the scheduler that Workers have.
import "../golden/rendering.ts";

const PATIENCE_MS = 60_000;
const CHUNK = 4096;
export const REAL = codecsOf(MODULES);
const pool = new KernelPool(MODULES.kernels);

export interface Rendered {
  readonly plan: Plan;
  readonly file: Uint8Array;
  readonly warnings: readonly string[];
  /** How often the source was opened. */
  readonly readings: number;
}

/** A file as planning sees it. */
export function factsOf(file: Uint8Array): SourceFacts {
  const facts = readWhole(sniffingOf(file), file);
  if (facts === undefined) throw new Error("a source that ends in its header");
  return facts;
}

/** Plans a picture and carries that out. @param change of the plan, before it is */
export async function rendered(
  source: Uint8Array,
  modifiers: string,
  codecs: Codecs,
  {
    vars = {},
    facts = factsOf(source),
    change = (plan: Plan) => plan,
    kernels = pool,
  }: {
    readonly vars?: Readonly<Record<string, string>>;
    readonly facts?: SourceFacts;
    readonly change?: (plan: Plan) => Plan;
    readonly kernels?: KernelPool;
  } = {},
): Promise<Rendered> {
  const files = { picture: { facts, bytes: source.length }, mask: undefined };
  const plan = change(planPicture(readPlain(modifiers), files, readSettings(vars), craftOf({ codecs })));
  const deadline = new Deadline(Date.now(), PATIENCE_MS, "imageTimeout");
  const warnings = new Set<string>();
  let readings = 0;
  const open = async function* () {
    readings++;
    for (let at = 0; at < source.length; at += CHUNK) yield source.subarray(at, at + CHUNK);
  };
  try {
    const pieces: Uint8Array[] = [];
    const streams = { picture: { bytes: source.length, open }, mask: undefined };
    const rendering = { engine: { codecs, kernels }, deadline, watch: new Stopwatch(), warnings };
    for await (const piece of renderPicture(plan, streams, rendering)) pieces.push(piece);
    return { plan, file: Uint8Array.from(Buffer.concat(pieces)), warnings: [...warnings], readings };
  } finally {
    deadline.end();
  }
}
