/**
 * RGBA8 → RGB samples.
 *
 * - Four pixels a step: up to 12 bytes behind the pixels are read, up to 13 behind the samples are written.
 *
 * @param from  byte address of `count` pixels, any alignment
 * @param to    byte address of `count` pixels of three samples, not overlapping them
 * @param count pixels, any value
 */
export function packRgb(from: usize, to: usize, count: u32): void {
  for (const end = from + ((<usize>count) << 2); from < end; from += 16, to += 12) {
    v128.store(to, i8x16.swizzle(v128.load(from), i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1)));
  }
}

/**
 * RGBA8 → samples of gray: (19595 R + 38470 G + 7471 B + 32768) / 65536, rounded down, as src/pixels/luma.ts has it.
 *
 * - Four pixels a step: up to 12 bytes behind the pixels are read, up to 3 behind the samples are written.
 *
 * @param from  byte address of `count` pixels, any alignment
 * @param to    byte address of `count` samples, not overlapping them
 * @param count pixels, any value
 */
export function packGray(from: usize, to: usize, count: u32): void {
  for (const end = from + ((<usize>count) << 2); from < end; from += 16, to += 4) {
    v128.store32_lane(
      to,
      i8x16.swizzle(lumaOf(v128.load(from)), i8x16(0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1)),
      0,
    );
  }
}

/**
 * RGBA8 → samples of gray and alpha, gray as `packGray` has it.
 *
 * - Four pixels a step: up to 12 bytes behind the pixels are read, up to 6 behind the samples are written.
 *
 * @param from  byte address of `count` pixels, any alignment
 * @param to    byte address of `count` pixels of two samples, not overlapping them
 * @param count pixels, any value
 */
export function packGrayAlpha(from: usize, to: usize, count: u32): void {
  for (const end = from + ((<usize>count) << 2); from < end; from += 16, to += 8) {
    const pixels = v128.load(from);
    // y0 and a0 of both, y1 and a1 …
    const pairs = v128.shuffle<u8>(lumaOf(pixels), pixels, 0, 19, 4, 23, 8, 27, 12, 31, 0, 0, 0, 0, 0, 0, 0, 0);
    v128.store64_lane(to, pairs, 0);
  }
}

/** The luma of four pixels, a word each. Green's weight has no sign bit to spare, and comes in two halves. */
function lumaOf(pixels: v128): v128 {
  const weights = i16x8(19595, 19235, 7471, 19235, 19595, 19235, 7471, 19235);
  // r0 g0 b0 g0 r1 g1 b1 g1, sixteen bits each.
  const low = i8x16.swizzle(pixels, i8x16(0, -1, 1, -1, 2, -1, 1, -1, 4, -1, 5, -1, 6, -1, 5, -1));
  const high = i8x16.swizzle(pixels, i8x16(8, -1, 9, -1, 10, -1, 9, -1, 12, -1, 13, -1, 14, -1, 13, -1));
  const first = i32x4.dot_i16x8_s(low, weights);
  const second = i32x4.dot_i16x8_s(high, weights);
  const sums = i32x4.add(v128.shuffle<i32>(first, second, 0, 2, 4, 6), v128.shuffle<i32>(first, second, 1, 3, 5, 7));
  return i32x4.shr_u(i32x4.add(sums, i32x4.splat(32_768)), 16);
}
