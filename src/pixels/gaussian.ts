import type { FilterShape } from "./filters.ts";

/**
 * How one axis is blurred: filtered while it is scaled to `cells`, of which `covers`, from `from` on, stand for its
 * pixels; then scaled back by the second filter. Lengths before the first scaling are in pixels, behind it in cells.
 */
export interface AxisBlur {
  readonly first: FilterShape;
  /** What of the axis becomes cells; may begin before it, and end beyond. */
  readonly window: Stretch;
  readonly cells: number;
  readonly inner: Stretch;
  /** Undefined where each pixel stayed a cell, and nothing is left to be done. */
  readonly second: FilterShape | undefined;
}

interface Stretch {
  readonly from: number;
  readonly covers: number;
}

/**
 * Below this, nothing of a level is left of the weight of a neighbour: e^(−1 / (2 · 0.15²)) is 2e-10. The same as in
 * plan/operations.ts.
 */
export const LEAST_SIGMA = 0.15;
/**
 * Standard deviations after which a weight is 0: what lies beyond is 0.00006 of all, a 60th of a level. The same as in
 * plan/operations.ts.
 */
export const REACH = 4;
/** From here on it takes less to shrink, blur and enlarge than to blur. */
const SHRUNK_FROM = 2.5;
/**
 * Standard deviations in cells, of the filters that shrink and enlarge. A wave that the coarse grid shows wrongly, or the
 * fine one of which it is made, is left with e^(−2π² / (1/a² + 1/b²)) of its height: 0.00008. The second has
 * seven cells, which is as many as eight weights hold wherever they begin.
 */
const SHRINKING = 1.13;
const ENLARGING = 0.875;
/** Cells beyond either end that the second filter sees. */
const MARGIN = 3;

/** Leaves an axis as it is. */
const UNTOUCHED: FilterShape = { support: 0.5, weight: (distance) => (distance < 0.5 ? 1 : 0) };

/** Whether a blur of this standard deviation, in pixels, changes anything. */
export function isBlurred(sigma: number): boolean {
  return sigma >= LEAST_SIGMA;
}

/**
 * A Gaussian over an axis of so many pixels.
 *
 * A wide one is two of which the squares of the standard deviations add up: the first shrinks the axis, and has
 * nine weights a pixel, the second enlarges it, and has eight, however wide the blur.
 *
 * @param sigma standard deviation, in pixels
 */
export function gaussianOf(length: number, sigma: number): AxisBlur {
  if (!isBlurred(sigma)) return keptOf(length, UNTOUCHED);
  // Half a pixel further: the first pixel that is left out is not the one that lies right there.
  if (sigma < SHRUNK_FROM) return keptOf(length, gaussian(sigma, REACH * sigma + 0.5));
  const factor = sigma / Math.hypot(SHRINKING, ENLARGING);
  const cells = Math.ceil(length / factor) + 2 * MARGIN;
  return {
    first: gaussian(SHRINKING),
    window: { from: -MARGIN * factor, covers: cells * factor },
    cells,
    inner: { from: MARGIN, covers: length / factor },
    second: gaussian(ENLARGING),
  };
}

/** One filter, without any scaling. */
export function keptOf(length: number, filter: FilterShape): AxisBlur {
  const whole = { from: 0, covers: length };
  return { first: filter, window: whole, cells: length, inner: whole, second: undefined };
}

/** The filter that is left for an axis when the other has a second one. */
export function secondOf({ second }: AxisBlur): FilterShape {
  return second ?? UNTOUCHED;
}

function gaussian(sigma: number, support = REACH * sigma): FilterShape {
  const scale = -1 / (2 * sigma * sigma);
  return { support, weight: (distance) => (distance < support ? Math.exp(distance * distance * scale) : 0) };
}
