/**
 * What the inverse transforms share: 13-bit fixed point, two passes over the columns with a transposition in between.
 *
 * 8192 stands for 1; 10703 and 4433 for √2·cos(π/8) and √2·sin(π/8), rounded as libjpeg's jidctint.c rounds them.
 * A pass multiplies by √2 more than the definition for either axis, and the two divide by 8 together.
 *
 * Weights are loaded from static data: V8 would build a constant vector anew wherever it is used.
 */

/** Pass 1 keeps two bits of fraction: the half of a unit before `>> 11`. */
export const HALF_AFTER_COLUMNS: i32 = 1 << 10;

/**
 * Pass 2 ends in `>> 18`, done as `>> 11` and, of 16-bit lanes, `>> 7`: the half of a unit, and the level shift of 128.
 *
 * What saturates in between is 32767 >> 7 = 255 or negative, so the clamp to a byte gives what it would have given.
 */
export const HALF_AFTER_ROWS: i32 = (1 << 17) + (128 << 18);

/** a0 b0 a1 b1 a2 b2 a3 b3 */
export function interleaveLow(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

/** a4 b4 a5 b5 a6 b6 a7 b7 */
export function interleaveHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** The end of a pass: two times four sums as 16-bit lanes, saturated. */
export function narrowed(low: v128, high: v128): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, 11), i32x4.shr_s(high, 11));
}
