import { sniffingOf } from "../../codec/sniff.ts";
import { Fault } from "../../faults.ts";
import type { Kernels } from "../../pixels/kernels.ts";
import type { Raster } from "../../pixels/raster.ts";
import type { SourceFacts } from "../../plan/facts.ts";
import { type Plan, planPicture } from "../../plan/plan.ts";
import { withoutCatalogs } from "../../protocol/catalog-view.ts";
import { readRequest } from "../../protocol/read.ts";
import type { Deadline } from "../../render/deadline.ts";
import { encoded } from "../../render/encode.ts";
import { craftOf, type Engine } from "../../render/engine.ts";
import { paint } from "../../render/paint.ts";
import { renderPicture } from "../../render/render.ts";
import { Stopwatch } from "../../render/stopwatch.ts";
import type { Pieces } from "../../render/studio.ts";
import { readSettings } from "../../settings/settings.ts";
import { wholeFile } from "../file-pieces.ts";

/** A request for the trial picture. Its file is read again, which tries the decoder of its format as well. */
export interface Trial {
  readonly name: string;
  readonly modifiers: string;
  /** By how much a sample may differ: what is lossy is lossy. */
  readonly tolerance: number;
}

/** Each encoder once, by a request that has the planner choose it. */
export const TRIALS: readonly Trial[] = [
  { name: "JPEG", modifiers: "fmt=jpeg&qlt=98,1", tolerance: 8 },
  { name: "progressive JPEG", modifiers: "fmt=pjpeg&qlt=98,1", tolerance: 8 },
  { name: "JPEG by MozJPEG", modifiers: "req=saveToFile&name=a&fmt=jpeg&qlt=98,1", tolerance: 8 },
  { name: "PNG", modifiers: "fmt=png", tolerance: 0 },
  { name: "PNG of few colours", modifiers: "fmt=png8", tolerance: 0 },
  { name: "PNG by the png crate and oxipng", modifiers: "req=saveToFile&name=a&fmt=png", tolerance: 0 },
  { name: "WebP", modifiers: "fmt=webp,rgb,lossless", tolerance: 0 },
];

/** As many pixels as a palette has colours. */
const SIDE = 16;
const SIZE = { width: SIDE, height: SIDE } as const;

/** Gentle ramps, another one in every channel, as lossy codecs keep them. */
function trialPicture(): Raster {
  const data = new Uint8Array(SIDE * SIDE * 4);
  for (let at = 0; at < SIDE * SIDE; at++) {
    data.set([16 * (at % SIDE), 16 * Math.floor(at / SIDE), 128, 255], at * 4);
  }
  return { size: SIZE, data };
}

/** As the program has them, and with oxipng: what an operator says about pictures must not make another one of this. */
const SETTINGS = readSettings({ OxipngLevel: 1 });

/**
 * By how much the samples of the trial picture differ at most when it was written and read as any picture is: planned, let in
 * at the gate, in memory of the engine.
 *
 * @throws Fault where a step fails, or there is no room before the deadline; whatever a codec throws
 */
export async function tried({ modifiers }: Trial, engine: Engine, deadline: Deadline): Promise<number> {
  const picture = trialPicture();
  const file = await written(modifiers, await asFile(picture, engine, deadline), engine, deadline);
  const got = await read(file, engine, deadline);
  if (got.data.length !== picture.data.length)
    throw new Fault("internal", "the trial picture came back in another size");
  return got.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (picture.data[at] ?? 0))), 0);
}

/** The plan of a request by its encoder, of a file in memory. */
export function trialPlan(modifiers: string, file: Uint8Array, engine: Pick<Engine, "codecs">): Plan {
  const asked = readRequest("trial", modifiers, { catalogs: withoutCatalogs(new Map()), unknownMacro: "error" });
  const files = { picture: { facts: factsOf(file), bytes: file.length }, mask: undefined };
  return planPicture(asked, files, SETTINGS, craftOf(engine));
}

/** The picture as a source: by our own encoder, as rows come out of it. */
function asFile(picture: Raster, { codecs, kernels }: Engine, deadline: Deadline): Promise<Uint8Array<ArrayBuffer>> {
  const { encoders } = codecs;
  const output = {
    encoder: "png",
    mime: "image/png",
    alpha: false,
    dpi: undefined,
    colour: "rgb",
    effort: "fast",
  } as const;
  return whole(
    kernels.lendTo((lent) => encoded(output, picture, { encoders, kernels: lent, deadline, watch: new Stopwatch() })),
  );
}

function written(modifiers: string, file: Uint8Array, engine: Engine, deadline: Deadline) {
  return admitted(trialPlan(modifiers, file, engine), engine, deadline, (plan) => {
    const rendering = { engine, deadline, watch: new Stopwatch(), warnings: new Set<string>() };
    return whole(renderPicture(plan, streamsOf(file), rendering));
  });
}

function read(file: Uint8Array, engine: Engine, deadline: Deadline): Promise<Raster> {
  const { codecs, kernels } = engine;
  return admitted(trialPlan("fmt=png", file, engine), engine, deadline, async (plan) => {
    const { truncated } = plan;
    const studio = { sources: streamsOf(file), codecs, deadline, watch: new Stopwatch(), truncated };
    async function* painted(lent: Kernels) {
      yield await paint(plan, { ...studio, kernels: lent, warnings: new Set<string>() });
    }
    for await (const raster of kernels.lendTo(painted)) return raster;
    throw new TypeError("nothing was painted");
  });
}

function admitted<T>(plan: Plan, { gate }: Engine, deadline: Deadline, work: (plan: Plan) => Promise<T>): Promise<T> {
  return gate.admit(plan.claim, deadline, { capacity: SETTINGS.MemoryBudget, graceMs: 0 }, () => work(plan));
}

function streamsOf(file: Uint8Array) {
  const picture = {
    bytes: file.length,
    async *open() {
      yield file;
    },
  };
  return { picture, mask: undefined };
}

/** What the header says of a file that is there as a whole. */
function factsOf(file: Uint8Array): SourceFacts {
  const sniffing = sniffingOf(file);
  let step = sniffing.next();
  while (!step.done) {
    const { at, length } = step.value;
    step = sniffing.next(new DataView(file.buffer, file.byteOffset + at, Math.min(length, file.length - at)));
  }
  return step.value;
}

function whole(pieces: Pieces): Promise<Uint8Array<ArrayBuffer>> {
  return wholeFile({ pieces, isMade: () => {} });
}
