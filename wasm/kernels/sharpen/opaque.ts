import { differenceOf } from "../../lanes/difference";
import { PIXEL, wholeLanes, wholePixel } from "../../lanes/pixel";

/**
 * `sharpenRow` for rows of which every pixel is opaque, and every pixel of their blur: c' = c + amount · (c − b) where
 * |c − b| ≥ threshold, halves rounded up, clamped.
 */
export function sharpenOpaqueRow(
  row: usize,
  blurred: usize,
  count: u32,
  amount: f32,
  threshold: f32,
  mono: bool,
): void {
  const vectors = row + ((<usize>(count & ~3)) << 2);
  const end = row + ((<usize>count) << 2);
  const by = f32x4.splat(amount);
  const least = f32x4.splat(threshold);
  for (; row < vectors; row += 16, blurred += 4 * PIXEL) {
    const px = v128.load(row);
    const near = i16x8.extend_low_i8x16_u(px);
    const far = i16x8.extend_high_i8x16_u(px);
    const a = sharpened(i32x4.extend_low_i16x8_u(near), v128.load(blurred), by, least, mono);
    const b = sharpened(i32x4.extend_high_i16x8_u(near), v128.load(blurred, PIXEL), by, least, mono);
    const c = sharpened(i32x4.extend_low_i16x8_u(far), v128.load(blurred, 2 * PIXEL), by, least, mono);
    const d = sharpened(i32x4.extend_high_i16x8_u(far), v128.load(blurred, 3 * PIXEL), by, least, mono);
    v128.store(row, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
  }
  for (; row < end; row += 4, blurred += PIXEL) {
    const px = sharpened(wholePixel(row), v128.load(blurred), by, least, mono);
    const words = i16x8.narrow_i32x4_s(px, px);
    v128.store32_lane(row, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

function sharpened(px: v128, blurred: v128, by: v128, least: v128, mono: bool): v128 {
  const level = f32x4.convert_i32x4_s(px);
  const difference = differenceOf(level, blurred, mono);
  const added = v128.and(f32x4.mul(difference, by), f32x4.ge(f32x4.abs(difference), least));
  return wholeLanes(f32x4.add(level, added));
}
