import { Fault } from "../faults.ts";
import { type Claim, claimOf } from "./claim.ts";
import type { CodecUse, Craft } from "./craft.ts";
import { decodingOf } from "./decoding.ts";
import { type Drawing, mayBeTransparent } from "./drawing.ts";
import type { SourceFacts } from "./facts.ts";
import type { Encoding, Output } from "./output.ts";
import { pixelCount, type Size } from "./size.ts";
import { makesRaster, type RasterPlan } from "./steps.ts";

/** A source file as far as planning needs to know it. */
export interface SourceFile {
  readonly facts: SourceFacts;
  /** Its length. */
  readonly bytes: number;
}

/** The files that a picture is made of. */
export interface SourceFiles {
  readonly picture: SourceFile;
  readonly mask: SourceFile | undefined;
  /** The mask belongs to the picture: it is of its size. */
  readonly isOwnMask?: boolean;
}

/** Bytes that carrying a plan out holds at most, by what holds them. */
export interface Peak {
  /** Memory of the kernels, which is used for one thing after the other. */
  readonly kernels: number;
  /** Beside the kernels while decoding: files, or pictures, that must be there as a whole, one after the other. */
  readonly source: number;
  /** All rasters that are there at one time. */
  readonly raster: number;
  readonly encoder: number;
  /** At the worst of all times. */
  readonly total: number;
}

const BYTES_A_PIXEL = 4;

/** Adds up what a plan holds: at its peak, and as the gate counts it. */
export function holdingOf(
  plan: RasterPlan & { readonly size: Size; readonly output: Output },
  files: SourceFiles,
  craft: Craft,
): { readonly peak: Peak; readonly claim: Claim } {
  const { output, size } = plan;
  const times = [...timesOf(plan, 0, { files, craft })];
  const encoder = encoderBytes(craft, size, output);
  const kernels = Math.max(0, ...times.map((time) => time.kernels));
  const raster = rasterBytes(size);
  // The memory of kernels never shrinks: it is there from the beginning to the end.
  const total =
    kernels +
    Math.max(
      raster + encoder.bytes,
      mostWhileDrawing(times, ({ source }) => source),
    );
  const peak = {
    kernels,
    source: times.reduce((sum, { source }) => sum + source, 0),
    raster: Math.max(raster, ...times.map((time) => time.raster)),
    encoder: encoder.bytes,
    total,
  };
  const ownOf = ({ source, uses }: Time) => source - (uses?.bytes ?? 0);
  const encoding = encoder.bytes - (encoder.uses?.bytes ?? 0);
  const own = kernels + Math.max(raster + encoding, mostWhileDrawing(times, ownOf));
  return { peak, claim: claimOf(own, [encoder.uses, ...times.map(({ uses }) => uses)]) };
}

/** What one decoder held may still be there when the next one begins: the collector comes when it likes. */
function mostWhileDrawing(times: readonly Time[], bytesOf: (time: Time) => number): number {
  let held = 0;
  let most = 0;
  for (const time of times) {
    held += bytesOf(time);
    most = Math.max(most, held + time.raster);
  }
  return most;
}

/** What is held while one thing is done. */
interface Time extends Pick<Peak, "kernels" | "source" | "raster"> {
  /** What of the source's is a codec's. */
  readonly uses?: CodecUse | undefined;
}

interface Counting {
  readonly files: SourceFiles;
  readonly craft: Craft;
}

/** @param beside bytes of rasters that are there all the time */
function* timesOf(plan: RasterPlan, beside: number, counting: Counting): Generator<Time> {
  const { canvas, drawing, mask, steps } = plan;
  const { files, craft } = counting;
  const first = beside + rasterBytes(canvas.size);
  yield { kernels: 0, source: 0, raster: first };
  if (drawing !== undefined) yield whileDrawing(drawing, files.picture.bytes, first, craft);
  if (mask !== undefined && files.mask !== undefined) yield whileDrawing(mask, files.mask.bytes, first, craft);
  let size = canvas.size;
  for (const step of steps) {
    const another = makesRaster(step) ? rasterBytes(step.size) : 0;
    const raster = beside + rasterBytes(size) + another;
    yield { kernels: craft.stepBytes(step, size), source: 0, raster };
    if (step.step === "tone" && step.survey !== undefined) yield* timesOf(step.survey, raster, counting);
    if (makesRaster(step)) size = step.size;
  }
}

function whileDrawing(drawing: Drawing, bytes: number, raster: number, craft: Craft): Time {
  const { source, resample } = drawing;
  const needs = craft.resampling(resample, mayBeTransparent(drawing));
  const decoder = craft.decoders[source.format].memory(source, bytes, decodingOf(drawing, needs));
  const kernels = decoder.kernels + needs.bytes;
  return { kernels, source: decoder.beside, raster, uses: decoder.uses };
}

function rasterBytes(size: Size): number {
  return pixelCount(size) * BYTES_A_PIXEL;
}

function encoderBytes<Kind extends Encoding>({ encoders }: Craft, size: Size, output: Output<Kind>) {
  const encoder = encoders[output.encoder];
  return { bytes: encoder.memory(size, output), uses: encoder.uses?.(size, output) };
}

/** @throws Fault `memoryBudget` with the numbers, where a plan holds more than the budget */
export function refuseAbove(budget: number, { total, kernels, source, raster, encoder }: Peak): void {
  if (total <= budget) return;
  const parts = [`source ${source}`, `kernels ${kernels}`, `raster ${raster}`, `encoder ${encoder}`].join(", ");
  throw new Fault("memoryBudget", `${total} bytes (${parts}), at most ${budget}`, { mayBeTold: true });
}
