import { PIXEL, wholePixel } from "../../lanes/pixel";

/**
 * Adds a row of premultiplied pixels to a row of float cells: cell i is the sum over columns i·box … (i + 1)·box − 1 of
 * c · a for a colour, and of 255 · a for alpha. Columns beyond the last repeat it.
 *
 * Premultiplied before any weighting, so that the colour of transparent pixels never bleeds into visible ones. Sums are
 * exact up to 2^24.
 *
 * @param from    byte address of RGBA8 pixels, any alignment
 * @param columns at least 1
 * @param box     a power of two
 * @param to      byte address of ⌈columns / box⌉ cells: four f32 each
 * @param begun   adds to what is there already
 */
export function blendRow(from: usize, columns: u32, box: u32, to: usize, begun: bool): void {
  const end = from + ((<usize>columns) << 2);
  const bytes = (<usize>box) << 2;
  if (box > 1) {
    for (; from + bytes <= end; from += bytes, to += PIXEL) addTo(to, blended(from, from + bytes), begun);
  } else {
    for (; from + 8 <= end; from += 8, to += 2 * PIXEL) {
      const two = products(from);
      addTo(to, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(two)), begun);
      addTo(to + PIXEL, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(two)), begun);
    }
  }
  for (; from < end; from += bytes, to += PIXEL) {
    let sum = f32x4.splat(0);
    for (let at = from; at < from + bytes; at += 4) sum = f32x4.add(sum, premultiplied(min(at, end - 4)));
    addTo(to, sum, begun);
  }
}

function addTo(cell: usize, sum: v128, begun: bool): void {
  v128.store(cell, begun ? f32x4.add(v128.load(cell), sum) : sum);
}

/** r·a g·a b·a 255·a of two pixels, as u16. */
function products(at: usize): v128 {
  const two = v128.load64_zero(at);
  const alpha = i8x16.swizzle(two, i8x16(3, 3, 3, 3, 7, 7, 7, 7, -1, -1, -1, -1, -1, -1, -1, -1));
  return i16x8.extmul_low_i8x16_u(v128.or(two, i32x4.splat(0xff000000)), alpha);
}

/** The sum of the pixels from `at` to `end`, an even number of them. */
function blended(at: usize, end: usize): v128 {
  let sum = f32x4.splat(0);
  for (; at < end; at += 8) {
    const two = products(at);
    const both = i32x4.add(i32x4.extend_low_i16x8_u(two), i32x4.extend_high_i16x8_u(two));
    sum = f32x4.add(sum, f32x4.convert_i32x4_s(both));
  }
  return sum;
}

function premultiplied(at: usize): v128 {
  const px = f32x4.convert_i32x4_s(wholePixel(at));
  return f32x4.mul(f32x4.replace_lane(px, 3, 255.0), f32x4.splat(<f32>load<u8>(at, 3)));
}
