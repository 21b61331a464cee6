import { type CodecModules, codecsOf } from "../src/codec/codecs.ts";
import type { Encoder } from "../src/codec/encoder.ts";
import { readWhole } from "../src/codec/jpeg/stretch-reader.ts";
import { sniffingOf } from "../src/codec/sniff.ts";
import { KernelPool } from "../src/pixels/pool.ts";
import type { SourceFacts } from "../src/plan/facts.ts";
import { planPicture } from "../src/plan/plan.ts";
import { readRequest } from "../src/protocol/read.ts";
import { Deadline } from "../src/render/deadline.ts";
import { craftOf, type Engine } from "../src/render/engine.ts";
import { renderPicture } from "../src/render/render.ts";
import { Stopwatch } from "../src/render/stopwatch.ts";
import { readSettings } from "../src/settings.ts";
import { type Output, type Pipeline, QUALITY } from "./job.ts";

/** A file in memory is pushed in pieces, as a bucket would give it. */
const CHUNK = 65_536;
const PATIENCE_MS = 120_000;

/** Whether rendering pauses now and then for timers to fire, as it does when a request waits for it. */
export interface Pace {
  readonly pauses: boolean;
}

/** This project as a pipeline, without URL and bucket. All that the bench knows of rendering stands here. */
export function ours(modules: CodecModules & { readonly kernels: WebAssembly.Module }, { pauses }: Pace): Pipeline {
  const codecs = codecsOf(modules);
  const kernels = new KernelPool(modules.kernels);
  const engines: Readonly<Record<Output, Pick<Engine, "codecs" | "kernels">>> = {
    jpeg: { codecs, kernels },
    raster: { codecs: { ...codecs, encoders: { ...codecs.encoders, jpeg: asItIs(codecs.encoders.jpeg) } }, kernels },
  };
  const settings = readSettings({ JpegQuality: `${QUALITY},0` });

  return async (file, { width, height }, output) => {
    const engine = engines[output];
    const asked = readRequest("picture", `wid=${width}&hei=${height}&fit=stretch`, {
      macros: new Map(),
      unknownMacro: "error",
    });
    const files = { picture: { facts: factsOf(file), bytes: file.length }, mask: undefined };
    const plan = planPicture(asked, files, settings, craftOf(engine));
    const deadline = new (pauses ? Deadline : BreathlessDeadline)(Date.now(), PATIENCE_MS, "imageTimeout");
    try {
      const picture = { bytes: file.length, open: () => chunksOf(file) };
      const { bytes } = await renderPicture(plan, { picture, mask: undefined }, engine, deadline, new Stopwatch());
      return { bytes, kernelBytes: kernels.heldBytes };
    } finally {
      deadline.end();
    }
  };
}

/** Never pauses: what is left is the work. */
class BreathlessDeadline extends Deadline {
  override async breathe(): Promise<void> {
    this.check();
  }
}

/** Gives a copy of the raster for a file: the raster itself is given back. */
function asItIs(encoder: Encoder<"jpeg">): Encoder<"jpeg"> {
  return { ...encoder, blockingMs: () => 0, encode: async ({ data }) => data.slice() };
}

async function* chunksOf(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += CHUNK) yield file.subarray(at, at + CHUNK);
}

function factsOf(file: Uint8Array): SourceFacts {
  const facts = readWhole(sniffingOf(file), file);
  if (facts === undefined) throw new Error("a source that ends in its header");
  return facts;
}
