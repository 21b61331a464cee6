import { Fault } from "../faults.ts";
import { type Claim, claimOf } from "./claim.ts";
import type { CodecUse, Craft } from "./craft.ts";
import { decodingOf } from "./decoding.ts";
import type { Delivery } from "./delivery.ts";
import { type Drawing, mayBeTransparent } from "./drawing.ts";
import { type EncodingMemory, encodingMemory } from "./encoding-memory.ts";
import type { SourceFacts } from "./facts.ts";
import type { Output } from "./output.ts";
import { pixelCount, type Size } from "./size.ts";
import { makesRaster, type RasterPlan } from "./steps.ts";
import { bandOf, keepsRowsApart, onFullBand } from "./streaming.ts";

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

/** What is decided about a picture before its bytes are added up. */
export interface Undertaking extends RasterPlan {
  readonly size: Size;
  readonly output: Output;
  readonly instead: Output | undefined;
  readonly streams: boolean;
  readonly delivery: Delivery;
}

/** Bytes that carrying a plan out holds at most, by what holds them. */
export interface Peak {
  /** Memory of the kernels: used for one thing after the other, or for all of them at once where rows are streamed. */
  readonly kernels: number;
  /** Beside the kernels while decoding: files, or pictures, that must be there as a whole, one after the other. */
  readonly source: number;
  /** All rasters that are there at one time; a band of one where rows are streamed. */
  readonly raster: number;
  readonly encoder: number;
  /** What is held of the file beside its encoder. */
  readonly file: number;
  /** At the worst of all times. */
  readonly total: number;
}

export interface Holding {
  readonly peak: Peak;
  readonly claim: Claim;
}

const BYTES_A_PIXEL = 4;

/** Adds up what a plan holds: at its peak, and as the gate counts it. */
export function holdingOf(plan: Undertaking, files: SourceFiles, craft: Craft): Holding {
  const encoding = encodingMemory(plan, craft);
  return plan.streams
    ? whileStreaming(plan, encoding, { files, craft })
    : oneAfterTheOther(plan, encoding, { files, craft });
}

/** First the raster is made, then it is encoded. */
function oneAfterTheOther(plan: Undertaking, encoding: EncodingMemory, counting: Counting): Holding {
  const { beside: encoder, file, uses } = encoding;
  const times = [...timesOf(plan, 0, counting)];
  const raster = rasterBytes(plan.size);
  // The memory of kernels never shrinks: it is there from the beginning to the end.
  const kernels = Math.max(encoding.kernels, ...times.map((time) => time.kernels));
  const peak = {
    kernels,
    source: times.reduce((sum, { source }) => sum + source, 0),
    raster: Math.max(raster, ...times.map((time) => time.raster)),
    encoder,
    file,
    total:
      kernels +
      Math.max(
        raster + encoder + file,
        mostWhileDrawing(times, ({ source }) => source),
      ),
  };
  const whileEncoding = raster + encoder - (uses?.bytes ?? 0) + file;
  const own = kernels + Math.max(whileEncoding, mostWhileDrawing(times, ownOf));
  return { peak, claim: claimOf(own, [uses, ...times.map((time) => time.uses)]) };
}

/** Everything is there at once, but for the steps, which follow one another. */
function whileStreaming(plan: Undertaking, encoding: EncodingMemory, { files, craft }: Counting): Holding {
  const { size, drawing, steps, instead } = plan;
  const band = bandOf(size);
  const raster = rasterBytes(band);
  const drawn = drawing && whileDrawing(drawing, files.picture.bytes, raster, craft);
  const scratch = steps.map((step) => (keepsRowsApart(step) ? craft.stepBytes(onFullBand(step, band), band) : 0));
  const kernels = encoding.kernels + (drawn?.kernels ?? 0) + Math.max(0, ...scratch);
  // Where it has to be made again, what the first decoder held may still be there: the collector comes when it likes.
  const decoders = instead === undefined ? 1 : 2;
  const ofSource = drawn === undefined ? 0 : decoders * ownOf(drawn);
  const { beside: encoder, file, uses } = encoding;
  const source = ofSource + (drawn?.uses?.bytes ?? 0);
  const peak = { kernels, source, raster, encoder, file, total: kernels + source + raster + encoder + file };
  const own = kernels + ofSource + raster + encoder - (uses?.bytes ?? 0) + file;
  return { peak, claim: claimOf(own, [uses, drawn?.uses]) };
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

function ownOf({ source, uses }: Time): number {
  return source - (uses?.bytes ?? 0);
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

/** A plan holds more than the budget: the numbers. */
export function overBudget(budget: number, { total, source, kernels, raster, encoder, file }: Peak): Fault {
  const parts = Object.entries({ source, kernels, raster, encoder, file }).map(([name, bytes]) => `${name} ${bytes}`);
  return new Fault("memoryBudget", `${total} bytes (${parts.join(", ")}), at most ${budget}`, { mayBeTold: true });
}

/** The file has to be there as a whole, which is all that is too much of it. */
export function tooLargeForCondition(budget: number, { total, file }: Peak): Fault {
  const others = total - file;
  const detail = `its file may take ${file} bytes, in pieces and joined, and ${others} are held beside it, at most ${budget} in all`;
  return new Fault("saveTooLargeForCondition", detail, { mayBeTold: true });
}
