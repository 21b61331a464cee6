import type { Codecs } from "../codec/codecs.ts";
import type { Decoder, DecoderMaker } from "../codec/decoder.ts";
import { Fault } from "../faults.ts";
import { FILTERS } from "../pixels/filters.ts";
import type { Kernels } from "../pixels/kernels.ts";
import type { KernelPool } from "../pixels/pool.ts";
import { filledRaster, type Raster, releaseRaster } from "../pixels/raster.ts";
import { resampler, resamplerBytes } from "../pixels/resampler.ts";
import type { Craft } from "../plan/budget.ts";
import type { Encoding, Output } from "../plan/output.ts";
import type { Plan } from "../plan/plan.ts";
import { pixelCount, type Size } from "../plan/size.ts";
import { Canvas } from "./canvas.ts";
import type { Deadline } from "./deadline.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** What rendering needs besides its plan. */
export interface Engine {
  readonly codecs: Codecs;
  readonly kernels: KernelPool;
}

/** What the engine can do, and what it takes, as the planner asks for it. */
export function craftOf({ codecs }: Engine): Craft {
  return {
    ...codecs,
    resamplerBytes: (resample, alpha) => resamplerBytes({ ...resample, filter: FILTERS[resample.filter], alpha }),
  };
}

/** The bytes of the source file, in chunks, and how many there are. */
export interface SourceStream {
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** A finished file, and what was wrong with the source of which it was made nevertheless. */
export interface Rendition {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly warnings: readonly string[];
}

/**
 * Work after which the deadline is looked at, some ten milliseconds of it: bytes of the source that come in, steps of its
 * decoder, samples that are gone through. A look costs a millisecond.
 */
const BYTES_A_BREATH = 1_048_576;
const STEPS_A_BREATH = 100_000;
const SAMPLES_A_BREATH = 8_000_000;

/** Carries a plan out. */
export async function renderPicture(
  plan: Plan,
  source: SourceStream,
  { codecs, kernels }: Engine,
  deadline: Deadline,
  watch: Stopwatch,
): Promise<Rendition> {
  const raster = filledRaster(plan.view.size, plan.view.background);
  try {
    const warnings = await kernels.lend((instance) =>
      draw(plan, source, codecs.decoders[plan.source.format], instance, raster, deadline, watch),
    );
    const bytes = await encode(plan.output, raster, codecs, deadline);
    watch.lap("encode");
    return { bytes, warnings };
  } finally {
    releaseRaster(raster);
  }
}

/** Decodes and resamples what is seen of the source into the raster; what was wrong with the source. */
async function draw(
  plan: Plan,
  source: SourceStream,
  maker: DecoderMaker,
  kernels: Kernels,
  raster: Raster,
  deadline: Deadline,
  watch: Stopwatch,
): Promise<readonly string[]> {
  const rows = resampler(kernels, {
    ...plan.resample,
    filter: FILTERS[plan.resample.filter],
    background: plan.view.background,
    alpha: plan.source.alpha,
  });
  const decoder = maker.make(kernels, plan.source, source.bytes, { ...plan.decode, wanted: rows.wanted });
  const canvas = new Canvas(rows, raster, plan);
  const breath = new Breath(deadline);
  watch.lap("decode");
  for await (const chunk of source.chunks) {
    watch.lap("read");
    decoder.push(chunk);
    await breath.after(chunk.length / BYTES_A_BREATH);
    if (await drain(decoder, canvas, breath, watch)) return decoder.warnings;
  }
  await deadline.beforeBlocking(blockingMs(maker, plan.source.size));
  await decoder.end();
  if (!(await drain(decoder, canvas, breath, watch))) throw new Fault("sourceBroken", "rows are missing");
  return decoder.warnings;
}

/** Gives the strips that are ready to the canvas; true when it has all it wants. */
async function drain(decoder: Decoder, canvas: Canvas, breath: Breath, watch: Stopwatch): Promise<boolean> {
  let steps = decoder.steps;
  for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) {
    watch.lap("decode");
    const samples = strip.rows > 0 ? canvas.take(strip) : 0;
    watch.lap("steps");
    if (canvas.isComplete) return true;
    await breath.after((decoder.steps - steps) / STEPS_A_BREATH + samples / SAMPLES_A_BREATH);
    steps = decoder.steps;
  }
  watch.lap("decode");
  return false;
}

/** Adds work up, and takes a breath when it is enough. */
class Breath {
  readonly #deadline: Deadline;
  #work = 0;

  constructor(deadline: Deadline) {
    this.#deadline = deadline;
  }

  /** @param share of what may be done between two breaths */
  async after(share: number): Promise<void> {
    this.#work += share;
    if (this.#work < 1) return;
    this.#work = 0;
    await this.#deadline.breathe();
  }
}

function encode<Kind extends Encoding>(
  output: Output<Kind>,
  raster: Raster,
  { encoders }: Codecs,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = encoders[output.encoder];
  return blocking(encoder, raster.size, deadline, () => encoder.encode(raster, output));
}

async function blocking<T>(
  codec: { readonly blockingMsPerMegapixel: number },
  size: Size,
  deadline: Deadline,
  work: () => Promise<T>,
): Promise<T> {
  await deadline.beforeBlocking(blockingMs(codec, size));
  const result = await work();
  await deadline.breathe();
  return result;
}

function blockingMs({ blockingMsPerMegapixel }: { readonly blockingMsPerMegapixel: number }, size: Size): number {
  return (blockingMsPerMegapixel * pixelCount(size)) / 1e6;
}
