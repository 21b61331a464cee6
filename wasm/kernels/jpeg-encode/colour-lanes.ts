/**
 * RGB to YCbCr of JFIF with the roundings of libjpeg's jccolor.c, in 16-bit fixed point: 65536 stands for 1.
 *
 * Products are added in pairs, so a factor has sixteen bits and a sign. That of green in Y, 38470, is halved: as it is
 * even, floor((a + 38470·g) / 2¹⁶) = floor((floor(a / 2) + 19235·g) / 2¹⁵). Those of 0.5 are taken negative.
 *
 * Factors are loaded because V8 would build a constant vector anew wherever it is used.
 */

/** Byte addresses of four bytes each: factors of the channels that stand beside one another, red and blue, green and alpha. */
const LUMA_RED_BLUE: usize = memory.data<i16>([19595, 7471]);
const LUMA_GREEN: usize = memory.data<i16>([19235, 0]);
const BLUE_RED_BLUE: usize = memory.data<i16>([11059, -32768]);
const BLUE_GREEN: usize = memory.data<i16>([21709, 0]);
const RED_RED_BLUE: usize = memory.data<i16>([-32768, 5329]);
const RED_GREEN: usize = memory.data<i16>([27439, 0]);
const HALF: usize = memory.data<i32>([32768]);
/** The level shift of 128, and a half of a unit less one 65536th, as in jccolor.c. */
const MIDDLE: usize = memory.data<i32>([(128 << 16) + 32767]);

/** r0 b0 r1 b1 r2 b2 r3 b3 of four pixels RGBA8, as 16-bit lanes. */
export function redBlueOf(pixels: v128): v128 {
  return v128.and(pixels, i32x4.splat(0x00ff00ff));
}

/** g0 a0 g1 a1 g2 a2 g3 a3 */
export function greenAlphaOf(pixels: v128): v128 {
  return i16x8.shr_u(pixels, 8);
}

/** Y of sixteen pixels, as bytes. */
export function luma16(rb0: v128, rb1: v128, rb2: v128, rb3: v128, ga0: v128, ga1: v128, ga2: v128, ga3: v128): v128 {
  return i8x16.narrow_i16x8_u(
    i16x8.narrow_i32x4_s(luma4(rb0, ga0), luma4(rb1, ga1)),
    i16x8.narrow_i32x4_s(luma4(rb2, ga2), luma4(rb3, ga3)),
  );
}

function luma4(redBlue: v128, greenAlpha: v128): v128 {
  const half = i32x4.shr_s(i32x4.add(pairs(redBlue, LUMA_RED_BLUE), v128.load32_splat(HALF)), 1);
  return i32x4.shr_s(i32x4.add(half, pairs(greenAlpha, LUMA_GREEN)), 15);
}

/** Cb of eight pixels, as 16-bit lanes 0..255. */
export function blue8(rb0: v128, rb1: v128, ga0: v128, ga1: v128): v128 {
  return i16x8.narrow_i32x4_s(
    chroma4(rb0, ga0, BLUE_RED_BLUE, BLUE_GREEN),
    chroma4(rb1, ga1, BLUE_RED_BLUE, BLUE_GREEN),
  );
}

/** Cr of eight pixels. */
export function red8(rb0: v128, rb1: v128, ga0: v128, ga1: v128): v128 {
  return i16x8.narrow_i32x4_s(chroma4(rb0, ga0, RED_RED_BLUE, RED_GREEN), chroma4(rb1, ga1, RED_RED_BLUE, RED_GREEN));
}

function chroma4(redBlue: v128, greenAlpha: v128, factors: usize, green: usize): v128 {
  const without = i32x4.sub(v128.load32_splat(MIDDLE), pairs(redBlue, factors));
  return i32x4.shr_s(i32x4.sub(without, pairs(greenAlpha, green)), 16);
}

function pairs(lanes: v128, factors: usize): v128 {
  return i32x4.dot_i16x8_s(lanes, v128.load32_splat(factors));
}
