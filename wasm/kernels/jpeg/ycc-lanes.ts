/**
 * YCbCr of JFIF, full range, with the roundings of libjpeg's jdcolor.c, in 16-bit lanes. `blue` and `red` are the
 * differences Cb' = Cb − 128 and Cr' = Cr − 128.
 *
 * Only the fractions of the factors are multiplied: whole multiples of a difference are added as they are. The factors
 * are arguments because a loop holds them in registers only if it loaded them: V8 builds a constant anew in every step.
 */

/** Byte addresses of 16 bytes each: eight equal lanes, or equal pairs. */
export const MIDDLE: usize = memory.data<i16>([128, 128, 128, 128, 128, 128, 128, 128], 16);
/** 0.402 in 15 bits: R = Y + Cr' + 0.402·Cr'. */
export const RED: usize = memory.data<i16>([13173, 13173, 13173, 13173, 13173, 13173, 13173, 13173], 16);
/** −0.228 in 15 bits: B = Y + 2·Cb' − 0.228·Cb'. */
export const BLUE: usize = memory.data<i16>([-7471, -7471, -7471, -7471, -7471, -7471, -7471, -7471], 16);
/** −0.34414 and 1 − 0.71414 in 16 bits, the five digits of jdcolor.c: G = Y − Cr' + (−0.34414·Cb' + 0.28586·Cr'). */
export const GREEN: usize = memory.data<i16>([-22554, 18734, -22554, 18734, -22554, 18734, -22554, 18734], 16);

/** R before clamping. */
export function redOf(y: v128, red: v128, factor: v128): v128 {
  return i16x8.add(i16x8.add(y, red), i16x8.q15mulr_sat_s(red, factor));
}

/** B before clamping. */
export function blueOf(y: v128, blue: v128, factor: v128): v128 {
  return i16x8.add(i16x8.add(y, i16x8.add(blue, blue)), i16x8.q15mulr_sat_s(blue, factor));
}

/** G before clamping; its two products are added before they are rounded. */
export function greenOf(y: v128, blue: v128, red: v128, factors: v128): v128 {
  // b0 r0 b1 r1 …, the two lanes that a dot product adds up.
  const low = rounded(i32x4.dot_i16x8_s(v128.shuffle<i16>(blue, red, 0, 8, 1, 9, 2, 10, 3, 11), factors));
  const high = rounded(i32x4.dot_i16x8_s(v128.shuffle<i16>(blue, red, 4, 12, 5, 13, 6, 14, 7, 15), factors));
  return i16x8.add(i16x8.sub(y, red), i16x8.narrow_i32x4_s(low, high));
}

function rounded(sums: v128): v128 {
  return i32x4.shr_s(i32x4.add(sums, i32x4.splat(1 << 15)), 16);
}
