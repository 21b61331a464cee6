import { differenceOf } from "../../lanes/difference";
import { alphaOf, PIXEL, storePixel, wholePixel } from "../../lanes/pixel";

/** The blur is a weighted sum of values that were rounded to 64ths of a level. */
const STEPS: f32 = 64.0;

/**
 * Sharpens a row of RGBA8 pixels, in place, by its blur: v' = v + amount · (v − b), of colours times alpha and of alpha,
 * where |v − b| ≥ threshold; then c' = v' · 255 / a', halves rounded up, clamped.
 *
 * With `mono`, the difference of the luma, 0.299 r + 0.587 g + 0.114 b, stands for those of the three colours. A pixel
 * that nothing is added to stays as it is. Where a' rounds to 0 the pixel is all zeros.
 *
 * For the difference, v is rounded as it was before it was blurred: none is left where all is of one colour. Divides by
 * the alpha before it is clamped, as `unpremultiplyRow`.
 *
 * @param row       byte address of `count` RGBA8 pixels, any alignment
 * @param blurred   byte address of `count` premultiplied float pixels, in levels
 * @param threshold in levels; 0 is reached by every difference
 */
export function sharpenRow(row: usize, blurred: usize, count: u32, amount: f32, threshold: f32, mono: bool): void {
  const end = row + ((<usize>count) << 2);
  const full = f32x4.splat(255.0);
  const by = f32x4.splat(amount);
  const least = f32x4.splat(threshold);
  for (; row < end; row += 4, blurred += PIXEL) {
    const px = f32x4.convert_i32x4_s(wholePixel(row));
    // r·a g·a b·a 255·a, exactly.
    const product = f32x4.mul(f32x4.replace_lane(px, 3, 255.0), alphaOf(px));
    const rounded = f32x4.nearest(f32x4.mul(product, f32x4.splat(STEPS / 255.0)));
    const difference = differenceOf(f32x4.mul(rounded, f32x4.splat(1.0 / STEPS)), v128.load(blurred), mono);
    const reached = f32x4.ge(f32x4.abs(difference), least);
    if (!v128.any_true(reached)) continue;
    const added = v128.and(f32x4.mul(difference, by), reached);
    const sharp = f32x4.add(f32x4.div(product, full), added);
    const alpha = alphaOf(sharp);
    const colour = f32x4.div(f32x4.mul(sharp, full), alpha);
    const straight = f32x4.replace_lane(colour, 3, f32x4.extract_lane(sharp, 3));
    storePixel(row, v128.and(straight, f32x4.ge(alpha, f32x4.splat(0.5))));
  }
}
