import { product, products, sumOfProducts } from "../../lanes/premultiplied";

/** Bytes of a cell of four u16, and of four u32. */
const NARROW: usize = 8;
const WIDE: usize = 16;

/**
 * Adds opaque pixels, or pixels of which alpha is a channel like the others, to cells that they need not lie beside: pixel
 * i, times `weight`, to cell ⌊i / each⌋ · step.
 *
 * - One of `each` and `step` is 1, the other a power of two.
 * - The weights of all the pixels that are added to a cell are at most 257, so that sums fit.
 *
 * @param from   byte address of `count` RGBA8 pixels, any alignment
 * @param count  any value
 * @param to     byte address of the cells: four u16 each, r g b a
 */
export function addPixels(from: usize, count: u32, each: u32, weight: u32, to: usize, step: u32): void {
  const by = i16x8.splat(<i16>weight);
  const end = from + ((<usize>count) << 2);
  const bytes = (<usize>each) << 2;
  if (each > 1) {
    for (; from + bytes <= end; from += bytes, to += NARROW) addNarrow(to, sumOf(from, from + bytes), by);
  } else if (step === 1) {
    for (; from + 8 <= end; from += 8, to += 2 * NARROW) {
      const two = i16x8.extend_low_i8x16_u(v128.load64_zero(from));
      v128.store(to, i16x8.add(v128.load(to), i16x8.mul(two, by)));
    }
  }
  const stride = each > 1 ? 0 : <usize>step * NARROW;
  for (; from < end; from += 4, to += stride) addNarrow(to, i16x8.extend_low_i8x16_u(v128.load32_zero(from)), by);
}

/** The sum of the pixels from `at` to `end`, an even number of them, in the lower half. */
function sumOf(at: usize, end: usize): v128 {
  let sum = i16x8.splat(0);
  for (; at < end; at += 8) sum = i16x8.add(sum, i16x8.extend_low_i8x16_u(v128.load64_zero(at)));
  return i16x8.add(sum, v128.shuffle<i64>(sum, sum, 1, 1));
}

function addNarrow(cell: usize, sum: v128, by: v128): void {
  v128.store64_lane(cell, i16x8.add(v128.load64_zero(cell), i16x8.mul(sum, by)), 0);
}

/**
 * The same of premultiplied pixels: c · a of a colour, and 255 · a of alpha.
 *
 * - The weights of all the pixels that are added to a cell are at most 32,768, so that sums stay below 2^31.
 *
 * @param to byte address of the cells: four u32 each
 */
export function addBlended(from: usize, count: u32, each: u32, weight: u32, to: usize, step: u32): void {
  const by = i32x4.splat(weight);
  const end = from + ((<usize>count) << 2);
  const bytes = (<usize>each) << 2;
  if (each > 1) {
    for (; from + bytes <= end; from += bytes, to += WIDE) addWide(to, sumOfProducts(from, from + bytes), by);
  } else if (step === 1) {
    for (; from + 8 <= end; from += 8, to += 2 * WIDE) {
      const two = products(from);
      addWide(to, i32x4.extend_low_i16x8_u(two), by);
      addWide(to + WIDE, i32x4.extend_high_i16x8_u(two), by);
    }
  }
  const stride = each > 1 ? 0 : <usize>step * WIDE;
  for (; from < end; from += 4, to += stride) addWide(to, product(from), by);
}

function addWide(cell: usize, sum: v128, by: v128): void {
  v128.store(cell, i32x4.add(v128.load(cell), i32x4.mul(sum, by)));
}
