import { type CodecModules, codecsOf } from "../src/codec/codecs.ts";
import type { Encoder, Encoders } from "../src/codec/encoder.ts";
import { joined } from "../src/codec/joined.ts";
import { readWhole } from "../src/codec/jpeg/stretch-reader.ts";
import { sniffingOf } from "../src/codec/sniff.ts";
import { KernelPool } from "../src/pixels/pool.ts";
import type { SourceFacts } from "../src/plan/facts.ts";
import type { Encoding } from "../src/plan/output.ts";
import { type Plan, type PlanSettings, planPicture } from "../src/plan/plan.ts";
import { pixelCount } from "../src/plan/size.ts";
import { withoutCatalogs } from "../src/protocol/catalog-view.ts";
import { readRequest } from "../src/protocol/read.ts";
import { Deadline } from "../src/render/deadline.ts";
import { craftOf, type Engine } from "../src/render/engine.ts";
import { renderPicture } from "../src/render/render.ts";
import { Stopwatch } from "../src/render/stopwatch.ts";
import { readSettings } from "../src/settings/settings.ts";
import { type Pipeline, QUALITY, type Task } from "./job.ts";

/** A file in memory is pushed in pieces, as a bucket would give it. */
const CHUNK = 65_536;
const PATIENCE_MS = 120_000;

/** Whether rendering pauses now and then for timers to fire, as it does when a request waits for it. */
export interface Pace {
  readonly pauses: boolean;
}

/** As shipped: what is above MemoryBudget is refused here, too. */
export const SETTINGS = readSettings({ JpegQuality: `${QUALITY},0` });

type OurModules = CodecModules & { readonly kernels: WebAssembly.Module };

/** This project as a pipeline, without URL and bucket. All that the bench knows of rendering stands here. */
export function ours(modules: OurModules, { pauses }: Pace): Pipeline {
  const codecs = codecsOf(modules);
  const kernels = new KernelPool(modules.kernels);
  const encoding = { codecs, kernels };
  const leavingOff = { codecs: { ...codecs, encoders: asTheyAre(codecs.encoders) }, kernels };

  return async (file, task) => {
    const engine = task.output === "raster" ? leavingOff : encoding;
    const plan = planOf(file, task, SETTINGS, engine);
    const deadline = new (pauses ? Deadline : BreathlessDeadline)(Date.now(), PATIENCE_MS, "imageTimeout");
    try {
      const picture = { bytes: file.length, open: () => chunksOf(file) };
      const rendering = { engine, deadline, watch: new Stopwatch(), warnings: new Set<string>() };
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      for await (const piece of renderPicture(plan, { picture, mask: undefined }, rendering)) pieces.push(piece);
      const bytes = joined(pieces);
      return { bytes, kernelBytes: kernels.heldBytes };
    } finally {
      deadline.end();
    }
  };
}

/** @throws Fault where it is refused */
export function planOf(file: Uint8Array, task: Task, settings: PlanSettings, engine: Pick<Engine, "codecs">): Plan {
  const facts = factsOf(file);
  const asked = readRequest("picture", modifiersOf(task, facts), {
    catalogs: withoutCatalogs(new Map()),
    unknownMacro: "error",
  });
  return planPicture(asked, { picture: { facts, bytes: file.length }, mask: undefined }, settings, craftOf(engine));
}

/** A raster keeps the alpha of its source, which a JPEG would not. */
function modifiersOf({ size: { width, height }, output, tile, saved }: Task, { alpha }: SourceFacts): string {
  const part =
    tile === undefined ? `wid=${width}&hei=${height}&fit=stretch` : `scl=1&rect=${tile.x},${tile.y},${width},${height}`;
  const format = output === "raster" ? (alpha ? "png-alpha" : "png") : output;
  return `${part}&fmt=${format}${saved === true ? "&req=saveToFile" : ""}`;
}

/** Never pauses: what is left is the work. */
class BreathlessDeadline extends Deadline {
  override async breathe(): Promise<void> {
    this.check();
  }
}

function asTheyAre({ jpeg, mozjpeg, png, png8, squooshPng, webp }: Encoders): Encoders {
  return {
    jpeg: asItIs(jpeg),
    mozjpeg: asItIs(mozjpeg),
    png: asItIs(png),
    png8: asItIs(png8),
    squooshPng: asItIs(squooshPng),
    webp: asItIs(webp),
  };
}

/** Gives a copy of the raster for a file: the raster itself is given back. */
function asItIs<Kind extends Encoding>({ limits }: Encoder<Kind>): Encoder<Kind> {
  return {
    takes: "raster",
    limits,
    blockingMs: () => 0,
    memory: (size) => ({ kernels: 0, beside: pixelCount(size) * 4 }),
    encode: async ({ data }) => data.slice(),
  };
}

async function* chunksOf(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += CHUNK) yield file.subarray(at, at + CHUNK);
}

function factsOf(file: Uint8Array): SourceFacts {
  const facts = readWhole(sniffingOf(file), file);
  if (facts === undefined) throw new Error("a source that ends in its header");
  return facts;
}
