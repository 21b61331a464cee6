/** An opacity of 1. 255 of them and a half fit in 32 bits. */
const BITS = 24;

/**
 * Fades RGBA8 pixels in place: a' = round(a · opacity / 2^24), halves up; colours stay, and where alpha becomes 0 the pixel
 * is all zeros.
 *
 * @param pixels  byte address of the first pixel, any alignment
 * @param count   any value
 * @param opacity 0 … 2^24
 */
export function fadeRow(pixels: usize, count: u32, opacity: u32): void {
  const vectors = pixels + ((<usize>(count & ~3)) << 2);
  const end = pixels + ((<usize>count) << 2);
  const by = i32x4.splat(opacity);

  let at = pixels;
  for (; at < vectors; at += 16) v128.store(at, faded(v128.load(at), by));
  for (; at < end; at += 4) v128.store32_lane(at, faded(v128.load32_zero(at), by), 0);
}

/** Four pixels, each a number of 32 bits with the alpha on top. */
function faded(px: v128, by: v128): v128 {
  const half = i32x4.splat(1 << (BITS - 1));
  const alpha = i32x4.shr_u(i32x4.add(i32x4.mul(i32x4.shr_u(px, 24), by), half), BITS);
  const colour = v128.and(px, i32x4.splat(0x00ffffff));
  return v128.and(v128.or(colour, i32x4.shl(alpha, 24)), i32x4.ne(alpha, i32x4.splat(0)));
}
