/** The bits of alpha in a pixel, little-endian. */
const ALPHA: u32 = 0xff000000;

/**
 * Gives every pixel of a row an alpha of 255; its colour stays.
 *
 * @param row   byte address of `count` RGBA8 pixels, any alignment
 */
export function makeOpaque(row: usize, count: u32): void {
  const vectors = row + ((<usize>(count & ~3)) << 2);
  const end = row + ((<usize>count) << 2);
  for (; row < vectors; row += 16) v128.store(row, v128.or(v128.load(row), i32x4.splat(ALPHA)));
  for (; row < end; row += 4) store<u32>(row, load<u32>(row) | ALPHA);
}

/**
 * Turns the alpha of every pixel of a row about: a' = 255 − a; its colour stays.
 *
 * @param row   byte address of `count` RGBA8 pixels, any alignment
 */
export function invertAlpha(row: usize, count: u32): void {
  const vectors = row + ((<usize>(count & ~3)) << 2);
  const end = row + ((<usize>count) << 2);
  for (; row < vectors; row += 16) v128.store(row, v128.xor(v128.load(row), i32x4.splat(ALPHA)));
  for (; row < end; row += 4) store<u32>(row, load<u32>(row) ^ ALPHA);
}
