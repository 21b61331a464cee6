import type { Filter } from "../plan/drawing.ts";

/** A resampling filter: its weight at a distance in output pixels (input pixels, when enlarging), and its reach. */
export interface FilterShape {
  /** The weight is 0 at this distance and beyond. */
  readonly support: number;
  /** `distance` ≥ 0 */
  weight(distance: number): number;
}

/** A filter for each axis. */
export interface AxisFilters {
  readonly across: FilterShape;
  readonly down: FilterShape;
}

/** The filters of `resMode=`. Source: protocol.md 3.1; which formulas they stand for: decision 005. */
export const FILTERS: Readonly<Record<Filter, FilterShape>> = {
  bilin: { support: 1, weight: (distance) => Math.max(0, 1 - distance) },
  bicub: { support: 2, weight: (distance) => keys(distance, -0.5) },
  sharp2: { support: 3, weight: (distance) => (distance < 3 ? lanczos3(distance) : 0) },
  bisharp: { support: 2, weight: (distance) => keys(distance, -0.75) },
};

/** sinc(x) · sinc(x / 3), with sin 3t = 3 sin t − 4 sin³ t: one sine instead of two. */
function lanczos3(x: number): number {
  if (x === 0) return 1;
  const third = (Math.PI * x) / 3;
  const square = Math.sin(third) ** 2;
  return (square * (3 - 4 * square)) / (3 * third * third);
}

/** Keys' cubic convolution; `a` is its slope at distance 1. */
function keys(x: number, a: number): number {
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  return 0;
}
