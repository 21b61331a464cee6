import { type BenchWorker, post } from "./bench-worker.ts";
import type { EncodeCase } from "./encode-cases.ts";
import type { Pixels } from "./encode-pixels.ts";
import type { Encoded } from "./in-worker/encode-pixels.ts";
import { BAR_WARM_UP, roundsOf } from "./pairs.ts";
import type { Options } from "./part.ts";
import type { SharpMaker } from "./peers/sharp.ts";
import { decodeFile, psnr } from "./reference.ts";
import { repeatsOf } from "./repeats.ts";
import { inRounds, median, pairwise, type Quartiles } from "./statistics.ts";

/** What one encoder made of a picture. */
interface Made {
  /** The median. */
  readonly ms: number;
  readonly bytes: number;
  /** Decibels, of the file decoded again to the pixels that were encoded; Infinity where they are the same. */
  readonly psnr: number;
}

export interface EncodeMeasured {
  readonly ours: Made;
  readonly sharp: Made;
  /** Our time divided by sharp's in the same round. */
  readonly ratio: Quartiles;
}

/** Where pictures are encoded: both sides find the pixels in memory. */
export interface EncodeBench {
  readonly worker: BenchWorker;
  readonly sharp: SharpMaker;
  /** Names of the pictures that the Worker has. */
  readonly sent: Set<string>;
}

/** Encodes a picture in workerd and by sharp in turns, either of them as often in one sample. */
export async function measuredEncoding(
  one: EncodeCase,
  pixels: Pixels,
  { worker, sharp, sent }: EncodeBench,
  options: Options,
): Promise<EncodeMeasured> {
  const { picture, output } = one;
  const { size, data } = pixels.raster;
  if (!sent.has(picture)) {
    await post(worker.url, "pixels", { name: picture, width: `${size.width}`, height: `${size.height}` }, data);
    sent.add(picture);
  }
  const inWorkerd = (times: number, keep: Readonly<Record<string, string>> = {}) =>
    post(worker.url, "encode", { name: picture, output: JSON.stringify(output), times: String(times), ...keep });
  const bySharp = () => one.sharp(sharp(pixels.rgb, { raw: { ...size, channels: 3 } })).toBuffer();

  const runs = (times: number) => [
    async () => measuredBy(await inWorkerd(times)).ms,
    async () => {
      const started = performance.now();
      for (let time = 0; time < times; time++) await bySharp();
      return (performance.now() - started) / times;
    },
  ];
  const warm = await inRounds(runs(1), BAR_WARM_UP);
  const times = repeatsOf(Math.min(...warm.map(median)));
  const [ours = [], theirs = []] = await inRounds(runs(times), roundsOf(options));
  const file = new Uint8Array(await (await inWorkerd(1, { keep: "" })).arrayBuffer());
  return {
    ours: await madeOf(ours, file, pixels),
    sharp: await madeOf(theirs, await bySharp(), pixels),
    ratio: pairwise(ours, theirs),
  };
}

function measuredBy(reply: Response): Encoded {
  return JSON.parse(reply.headers.get("X-Measured") ?? "") as Encoded;
}

/** @throws Error where the file has not the size that was encoded */
async function madeOf(times: readonly number[], file: Uint8Array, { rgb }: Pixels): Promise<Made> {
  const decoded = await decodeFile(file);
  if (decoded.length !== rgb.length) throw new Error("it is decoded to another size");
  return { ms: median(times), bytes: file.length, psnr: psnr(decoded, 3, rgb) };
}
