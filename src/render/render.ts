import type { Codecs } from "../codec/codecs.ts";
import type { Decoder } from "../codec/decoder.ts";
import { Fault } from "../faults.ts";
import { FILTERS } from "../pixels/filters.ts";
import type { KernelPool } from "../pixels/pool.ts";
import { filledRaster, placeRowInto, type Raster } from "../pixels/raster.ts";
import { type Resampler, resampler } from "../pixels/resampler.ts";
import type { Plan } from "../plan/plan.ts";
import { pixelCount, type Size } from "../plan/size.ts";
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

/** Samples after which the deadline is looked at. */
const SAMPLES_A_BREATH = 1_000_000;
const CHANNELS = 4;
/** Bytes of the source after which it is looked at, where they yield no rows. */
const BYTES_A_BREATH = 262_144;

/** Carries a plan out: the bytes of the finished file. */
export async function renderPicture(
  plan: Plan,
  source: SourceStream,
  { codecs, kernels }: Engine,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer>> {
  const raster = await kernels.lend((instance) => {
    const { window, size, filter } = plan.resample;
    const { background, at } = plan.view;
    const raster = filledRaster(plan.view.size, background);
    let y = at.y;
    const rows = resampler(
      instance,
      { source: plan.source.size, window, size, filter: FILTERS[filter], background },
      (row) => placeRowInto(raster, row, { x: at.x, y: y++ }),
    );
    return decodeInto(rows, raster, plan, source, codecs, deadline);
  });
  return encode(plan, raster, codecs, deadline);
}

async function decodeInto(
  rows: Resampler,
  raster: Raster,
  { source: facts }: Plan,
  source: SourceStream,
  { decoders }: Codecs,
  deadline: Deadline,
): Promise<Raster> {
  const maker = decoders[facts.format];
  const decoder = maker.make(facts, source.bytes);
  let sinceBreath = 0;
  for await (const chunk of source.chunks) {
    decoder.push(chunk);
    sinceBreath += chunk.length;
    if (sinceBreath >= BYTES_A_BREATH) {
      sinceBreath = 0;
      await deadline.breathe();
    }
    if (await drain(decoder, rows, facts.size, deadline)) return raster;
  }
  await deadline.beforeBlocking(blockingMs(maker, facts.size));
  await decoder.end();
  if (!(await drain(decoder, rows, facts.size, deadline))) throw new Fault("sourceBroken", "rows are missing");
  return raster;
}

/** Feeds the strips that are ready to the resampler; true when it has all the rows it wants. */
async function drain(decoder: Decoder, rows: Resampler, { width }: Size, deadline: Deadline): Promise<boolean> {
  let samples = 0;
  for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) {
    const end = Math.min(strip.y + strip.rows, rows.end);
    for (let y = Math.max(strip.y, rows.first); y < end; y++) {
      const at = (y - strip.y) * width * CHANNELS;
      rows.push(y, strip.data.subarray(at, at + width * CHANNELS));
      samples += width * CHANNELS;
      if (samples >= SAMPLES_A_BREATH) {
        samples = 0;
        await deadline.breathe();
      }
    }
    if (strip.y + strip.rows >= rows.end) return true;
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
