/**
 * RGB samples → opaque RGBA8.
 *
 * - Four pixels a step: up to 13 bytes behind the samples are read, up to 12 behind the pixels are written.
 *
 * @param from  byte address of `count` pixels of three samples, any alignment
 * @param to    byte address of `count` pixels, not overlapping them
 * @param count pixels, any value
 */
export function expandRgb(from: usize, to: usize, count: u32): void {
  const opaque = i32x4.splat(0xff000000);
  for (const end = to + ((<usize>count) << 2); to < end; from += 12, to += 16) {
    // r0 g0 b0 r1 g1 b1 … → r0 g0 b0 0 r1 g1 b1 0 …
    const spread = i8x16.swizzle(v128.load(from), i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
    v128.store(to, v128.or(spread, opaque));
  }
}

/**
 * Samples of gray and alpha → RGBA8.
 *
 * - Eight pixels a step: up to 14 bytes behind the samples are read, up to 28 behind the pixels are written.
 *
 * @param from  byte address of `count` pixels of two samples, any alignment
 * @param to    byte address of `count` pixels, not overlapping them
 * @param count pixels, any value
 */
export function expandGrayAlpha(from: usize, to: usize, count: u32): void {
  for (const end = to + ((<usize>count) << 2); to < end; from += 16, to += 32) {
    const pairs = v128.load(from);
    // y0 a0 y1 a1 … → y0 y0 y0 a0 y1 y1 y1 a1 …
    v128.store(to, i8x16.swizzle(pairs, i8x16(0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7)));
    v128.store(to, i8x16.swizzle(pairs, i8x16(8, 8, 8, 9, 10, 10, 10, 11, 12, 12, 12, 13, 14, 14, 14, 15)), 16);
  }
}
