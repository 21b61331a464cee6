/** Filter types. Source: PNG (Third Edition), 9.2. */
export const NONE = 0;
export const SUB = 1;
export const UP = 2;
export const AVERAGE = 3;
export const PAETH = 4;

/** Of all of them. */
export const FILTERS = 5;

/** What the kernel finds of a row: what each filter leaves of it, and bytes that are as to their left, and as above. */
export const WEIGHT_FIELDS = ["none", "sub", "up", "average", "paeth", "sameAsLeft", "sameAsAbove"] as const;

/**
 * A row of which less than this part changes, from left to right or from above, is one of a drawing: there the same bytes
 * come again and again, which filters make different ones. Measured at zlib's level 6, drawings become smaller by up to a
 * fifth, with exceptions, and photographs larger by at most 0.1 %; of a half, a photograph on white paper grows by a fourth.
 */
const CHANGES_OF_DRAWING = 1 / 4;

/** Whether a row is better not filtered. */
export function isOfDrawing(sameAsLeft: number, sameAsAbove: number, bytes: number): boolean {
  return bytes - Math.max(sameAsLeft, sameAsAbove) < bytes * CHANGES_OF_DRAWING;
}

/** The least of these; of equals the first. */
export function leastOf(weights: readonly number[]): number {
  let least = 0;
  for (const [filter, weight] of weights.entries()) if (weight < (weights[least] ?? 0)) least = filter;
  return least;
}
