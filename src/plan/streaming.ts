import type { Craft } from "./craft.ts";
import { bytesAsked, type Output } from "./output.ts";
import { from, intersection, isEmpty, whole } from "./rect.ts";
import type { Size } from "./size.ts";
import type { RasterPlan, Step, StepName, StepNamed } from "./steps.ts";

/** Steps that make each pixel of that pixel alone: they can be taken on some rows before there are others. */
const KEEPS_ROWS_APART = {
  blur: false,
  sharpen: false,
  tone: true,
  fade: true,
  fill: true,
  trim: true,
  turn: false,
  rescale: false,
  cut: false,
  quantise: false,
} as const satisfies Readonly<Record<StepName, boolean>>;

type RowStep = StepNamed<{ [Name in StepName]: (typeof KEEPS_ROWS_APART)[Name] extends true ? Name : never }[StepName]>;

/**
 * Whether the rows of a picture go from its decoder to its encoder as they come, and no raster of them is held: the encoder
 * takes rows, and takes them once; one source is drawn, from the top; and every step keeps rows apart.
 */
export function isStreamed({ drawing, mask, steps }: RasterPlan, output: Output, { encoders }: Craft): boolean {
  if (encoders[output.encoder].takes !== "rows" || bytesAsked(output) !== undefined) return false;
  if (mask !== undefined) return false;
  // All others begin with another side than the top.
  if (drawing !== undefined && drawing.orientation !== 1 && drawing.orientation !== 2) return false;
  return steps.every(keepsRowsApart);
}

/** A tone that looks at a median looks at all rows. */
export function keepsRowsApart(step: Step): step is RowStep {
  return KEEPS_ROWS_APART[step.step] && !(step.step === "tone" && step.survey !== undefined);
}

/** Bytes of a band: some rows of the longest that there are. */
const BAND_BYTES = 1_048_576;
/** More of them would only leave the processor's cache. */
const MOST_ROWS = 64;
const BYTES_A_PIXEL = 4;

/** The rows that are in the making at one time, where a picture is streamed; and that an encoder is given at once. */
export function bandOf({ width, height }: Size): Size {
  const rows = Math.max(1, Math.floor(BAND_BYTES / (width * BYTES_A_PIXEL)));
  return { width, height: Math.min(height, MOST_ROWS, rows) };
}

/**
 * What of a step is to be done on the rows from `top` on, counted from there; undefined where that is nothing. What a trim
 * trims to is left where it lies in the picture: its edges are fractions, which lose bits when they are moved.
 */
export function inBand<Taken extends RowStep>(step: Taken, top: number, band: Size): Taken | undefined {
  const within = intersection(from({ x: 0, y: top }, step.within), whole(band));
  return isEmpty(within) ? undefined : { ...step, within };
}

/** A step on as many rows as a band ever has of what it is taken on. */
export function onFullBand(step: RowStep, band: Size): RowStep {
  const { x, width, height } = step.within;
  return { ...step, within: { x, y: 0, width, height: Math.min(height, band.height) } };
}
