import type { Codecs } from "../codec/codecs.ts";
import type { Decoder, DecoderMaker } from "../codec/decoder.ts";
import { Fault } from "../faults.ts";
import { FILTERS } from "../pixels/filters.ts";
import type { KernelPool } from "../pixels/pool.ts";
import { filledRaster, type Raster } from "../pixels/raster.ts";
import { resampler } from "../pixels/resampler.ts";
import type { Plan } from "../plan/plan.ts";
import { pixelCount, type Size } from "../plan/size.ts";
import { Canvas } from "./canvas.ts";
import type { Deadline } from "./deadline.ts";

/** What rendering needs besides its plan. */
export interface Engine {
  readonly codecs: Codecs;
  readonly kernels: KernelPool;
}

/** The bytes of the source file, in chunks, and how many there are. */
export interface SourceStream {
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Bytes of the source after which it is looked at, where they yield no rows. */
const BYTES_A_BREATH = 262_144;

/** Carries a plan out: the bytes of the finished file. */
export async function renderPicture(
  plan: Plan,
  source: SourceStream,
  { codecs, kernels }: Engine,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer>> {
  const maker = codecs.decoders[plan.source.format];
  // Made first: it may refuse the file, and a raster would have been made for nothing.
  const decoder = maker.make(plan.source, source.bytes);
  const raster = filledRaster(plan.view.size, plan.view.background);
  await kernels.lend(async (instance) => {
    const { window, size, filter } = plan.resample;
    const rows = resampler(instance, {
      source: plan.source.size,
      window,
      size,
      filter: FILTERS[filter],
      background: plan.view.background,
    });
    await decodeInto(new Canvas(rows, raster, plan, deadline), decoder, maker, source, plan, deadline);
  });
  return encode(plan, raster, codecs, deadline);
}

async function decodeInto(
  canvas: Canvas,
  decoder: Decoder,
  maker: DecoderMaker,
  source: SourceStream,
  { source: facts }: Plan,
  deadline: Deadline,
): Promise<void> {
  let sinceBreath = 0;
  for await (const chunk of source.chunks) {
    decoder.push(chunk);
    sinceBreath += chunk.length;
    if (sinceBreath >= BYTES_A_BREATH) {
      sinceBreath = 0;
      await deadline.breathe();
    }
    if (await drain(decoder, canvas)) return;
  }
  await deadline.beforeBlocking(blockingMs(maker, facts.size));
  await decoder.end();
  if (!(await drain(decoder, canvas))) throw new Fault("sourceBroken", "rows are missing");
}

/** Gives the strips that are ready to the canvas; true when it has all it wants. */
async function drain(decoder: Decoder, canvas: Canvas): Promise<boolean> {
  for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) {
    if (await canvas.take(strip)) return true;
  }
  return false;
}

function encode({ output }: Plan, raster: Raster, { encoders }: Codecs, deadline: Deadline) {
  // One arm an encoder: each takes its own kind of output, and the type checker sees that none is left out.
  switch (output.encoder) {
    case "jpeg":
      return blocking(encoders.jpeg, raster.size, deadline, () => encoders.jpeg.encode(raster, output));
    case "png":
      return blocking(encoders.png, raster.size, deadline, () => encoders.png.encode(raster, output));
  }
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
