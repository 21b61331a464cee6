import type { Filter } from "../../plan/drawing.ts";
import { FILTERS } from "../filters.ts";

/** Places a pixel is sampled at, across and down: the kernel's (wasm/kernels/turn/tile.ts). */
export const PHASES = 1024;
/** Pixels that a sample is weighed of, across and down. */
export const TAPS = 4;

/** Weights are multiples of this, so that any sum of them is exact in a float of 32 bits. */
const UNIT = 2 ** -22;

/**
 * The weights of four neighbouring pixels, for a place that lies p / PHASES of a pixel behind the middle of the second, one
 * phase p behind the other. Those of a phase add up to exactly 1.
 *
 * `sharp2` would need 6 × 6 pixels: it is `bicub` here (decision 015).
 */
export function phasesOf(filter: Filter): Float32Array<ArrayBuffer> {
  const { weight } = FILTERS[filter === "sharp2" ? "bicub" : filter];
  const weights = new Float32Array(PHASES * TAPS);
  for (let phase = 0; phase < PHASES; phase++) {
    // Sums are rounded, not weights, as in taps.ts: the last of them is 1.
    let sum = 0;
    let before = 0;
    for (let tap = 0; tap < TAPS; tap++) {
      sum += weight(Math.abs(tap - 1 - phase / PHASES));
      const now = Math.round(sum / UNIT) * UNIT;
      weights[phase * TAPS + tap] = now - before;
      before = now;
    }
  }
  return weights;
}
