import { Fault } from "../faults.ts";
import type { Craft } from "./craft.ts";
import { type Drawing, mayBeTransparent } from "./drawing.ts";
import type { SourceFacts } from "./facts.ts";
import type { Encoding, Output } from "./output.ts";
import { pixelCount, type Size } from "./size.ts";
import { makesRaster, type RasterPlan } from "./steps.ts";

/** A source file as far as planning needs to know it. */
interface SourceFile {
  readonly facts: SourceFacts;
  /** Its length. */
  readonly bytes: number;
}

/** The files that a picture is made of. */
export interface SourceFiles {
  readonly picture: SourceFile;
  readonly mask: SourceFile | undefined;
}

/** Bytes that carrying a plan out holds at most, by what holds them. */
export interface Peak {
  /** Memory of the kernels, which is used for one thing after the other. */
  readonly kernels: number;
  /** Beside the kernels while decoding: files that must be there as a whole, one after the other. */
  readonly source: number;
  /** All rasters that are there at one time. */
  readonly raster: number;
  readonly encoder: number;
  /** At the worst of all times. */
  readonly total: number;
}

const BYTES_A_PIXEL = 4;

/**
 * Adds up what a plan holds.
 *
 * @throws Fault `memoryBudget` with the numbers, where it is more than the budget
 */
export function peakOf(
  plan: RasterPlan & { readonly size: Size; readonly output: Output },
  files: SourceFiles,
  craft: Craft,
  budget: number,
): Peak {
  const { output, size } = plan;
  const times = [...timesOf(plan, 0, { files, craft })];
  const encoder = encoderBytes(craft, size, output);
  const kernels = Math.max(0, ...times.map((time) => time.kernels));
  // What one decoder held may still be there when the next one begins: the collector comes when it likes.
  let source = 0;
  let total = rasterBytes(size) + encoder;
  for (const time of times) {
    source += time.source;
    total = Math.max(total, source + time.raster);
  }
  const peak = {
    kernels,
    source,
    raster: Math.max(rasterBytes(size), ...times.map(({ raster }) => raster)),
    encoder,
    // The memory of kernels never shrinks: it is there from the beginning to the end.
    total: kernels + total,
  };
  refuseAbove(budget, peak);
  return peak;
}

/** What is held while one thing is done. */
type Time = Pick<Peak, "kernels" | "source" | "raster">;

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
  const { source, decode, resample } = drawing;
  // Memory depends on how wide a picture is decoded, and hardly on which part of it.
  const wanted = { x: 0, y: 0, width: Math.ceil(resample.source.width), height: Math.ceil(resample.source.height) };
  const decoder = craft.decoders[source.format].memory(source, bytes, { ...decode, wanted });
  const kernels = decoder.kernels + craft.resamplerBytes(resample, mayBeTransparent(drawing));
  return { kernels, source: decoder.beside, raster };
}

function rasterBytes(size: Size): number {
  return pixelCount(size) * BYTES_A_PIXEL;
}

function encoderBytes<Kind extends Encoding>({ encoders }: Craft, size: Size, output: Output<Kind>): number {
  return encoders[output.encoder].memory(size, output);
}

function refuseAbove(budget: number, { total, kernels, source, raster, encoder }: Peak): void {
  if (total <= budget) return;
  const parts = [`source ${source}`, `kernels ${kernels}`, `raster ${raster}`, `encoder ${encoder}`].join(", ");
  throw new Fault("memoryBudget", `${total} bytes (${parts}), at most ${budget}`, { mayBeTold: true });
}
