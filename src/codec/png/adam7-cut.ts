import type { Pass } from "./adam7-passes.ts";

/** How far an interlaced picture has come of which the rest is missing. */
export interface Cut {
  readonly passes: readonly Pass[];
  /** Whole passes, and rows of the next one. */
  readonly whole: number;
  readonly rows: number;
}

/** Pixels of a row that others stand in for. */
interface StandIn {
  readonly y: number;
  /** How far apart they are, from column 0 on. */
  readonly apart: number;
}

/** Whether row `y` of the picture has pixels of a pass, and these have come. */
export function hasCome({ passes, whole, rows }: Cut, pass: Pass, y: number): boolean {
  const row = (y - pass.y) / pass.stepY;
  if (row < 0 || !Number.isInteger(row)) return false;
  const at = passes.indexOf(pass);
  return at < whole || (at === whole && row < rows);
}

/**
 * The pixels that a row is shown with: each stands in for the block that it is the corner of, as interlaced pictures are
 * shown while they come. Undefined where not even the first pass has come.
 */
export function standInFor(cut: Cut, y: number): StandIn | undefined {
  const { passes, whole } = cut;
  const begun = passes[whole];
  if (begun !== undefined) {
    const corner = y - (y % begun.apart.height);
    // A row that is not of the pass that was begun is of one before it, and no further apart.
    const isOlder = (corner - begun.y) % begun.stepY !== 0;
    if (isOlder || hasCome(cut, begun, corner)) return { y: corner, apart: begun.apart.width };
  }
  const last = passes[whole - 1];
  return last && { y: y - (y % last.apart.height), apart: last.apart.width };
}

/** Gives every pixel of a row that of the corner of its block. The row begins with such a corner. */
export function spreadInto(row: Uint32Array, corners: Uint32Array, apart: number): void {
  for (let x = 0; x < row.length; x++) row[x] = corners[x - (x % apart)] ?? 0;
}

/**
 * Completes sums of which pixels are missing: a cell becomes the mean of those there are, and one without any is the next
 * one to its left that has some, or else to its right. False where none has any.
 *
 * @param sums  four a cell
 * @param white the same, of white pixels in all the places where pixels have come
 * @param full  what a cell of white has with all its pixels
 */
export function completeInto(
  sums: Uint16Array | Uint32Array,
  white: Uint16Array | Uint32Array,
  cells: number,
  full: number,
): boolean {
  const known = Array.from({ length: cells }, (_, cell) => cell).filter((cell) => (white[cell * 4] ?? 0) > 0);
  let next = known[0];
  if (next === undefined) return false;
  for (const cell of known) {
    const weight = white[cell * 4] ?? 0;
    for (let at = cell * 4; at < cell * 4 + 4; at++) sums[at] = Math.round(((sums[at] ?? 0) * full) / weight);
  }
  for (let cell = 0; cell < cells; cell++) {
    if ((white[cell * 4] ?? 0) > 0) next = cell;
    else sums.copyWithin(cell * 4, next * 4, next * 4 + 4);
  }
  return true;
}
