import type { Cells } from "./quantise-cells.ts";
import { type Nearest, nearestAmong } from "./quantise-nearest.ts";

/** After so many rounds little moves any more. */
const ROUNDS = 6;
const CELLS_A_PIECE = 2048;
/** Looking for the nearest of 256 takes as long as going through so many samples. */
const SAMPLES = 100;

/**
 * Moves the points of a palette to the means of the cells that are nearest to them, a few times over; the first `fixed` ones
 * stay where they are. Lloyd's algorithm: squared errors become fewer with every round.
 */
export function* moveToMeans(cells: Cells, points: Float64Array, fixed: number): Generator<number, void, undefined> {
  for (let round = 0; round < ROUNDS; round++) {
    const moved = yield* assignCells(cells, nearestAmong(points));
    if (moved === 0) return;
    const sums = new Float64Array(points.length);
    const weights = weightsOf(cells, points.length / 4, sums);
    for (let entry = fixed; entry < weights.length; entry++) {
      const weight = weights[entry] ?? 0;
      if (weight === 0) continue;
      for (let at = entry * 4; at < entry * 4 + 4; at++) points[at] = (sums[at] ?? 0) / weight;
    }
  }
}

/** Notes of every cell which point is nearest to it; how many have another one than before. */
export function* assignCells({ count, points, nearest }: Cells, among: Nearest): Generator<number, number, undefined> {
  let moved = 0;
  for (let cell = 0; cell < count; cell++) {
    const at = cell * 4;
    const entry = among.of(points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0, points[at + 3] ?? 0);
    // One more, so that what nothing was noted of differs from every entry.
    if (nearest[cell] !== entry + 1) moved++;
    nearest[cell] = entry + 1;
    if (cell % CELLS_A_PIECE === CELLS_A_PIECE - 1) yield CELLS_A_PIECE * SAMPLES;
  }
  return moved;
}

/** How many pixels each entry is nearest to, by what was noted of the cells. Adds their components up as well. */
export function weightsOf(
  { count, points, weights, nearest }: Cells,
  entries: number,
  sums = new Float64Array(entries * 4),
): Float64Array {
  const totals = new Float64Array(entries);
  for (let cell = 0; cell < count; cell++) {
    const entry = (nearest[cell] ?? 0) - 1;
    if (entry < 0) continue;
    const weight = weights[cell] ?? 0;
    totals[entry] = (totals[entry] ?? 0) + weight;
    for (let component = 0; component < 4; component++) {
      const at = entry * 4 + component;
      sums[at] = (sums[at] ?? 0) + weight * (points[cell * 4 + component] ?? 0);
    }
  }
  return totals;
}
