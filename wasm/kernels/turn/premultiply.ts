import { PIXEL } from "../../lanes/pixel";
import { product, products } from "../../lanes/premultiplied";

/**
 * Pixels → premultiplied floats: c · a for a colour, 255 · a for alpha.
 *
 * @param from  byte address of `count` RGBA8 pixels, any alignment
 * @param count any value
 * @param to    byte address of `count` float pixels
 */
export function premultiplyRow(from: usize, count: u32, to: usize): void {
  const end = from + ((<usize>count) << 2);
  for (; from + 8 <= end; from += 8, to += 2 * PIXEL) {
    const two = products(from);
    v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(two)));
    v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(two)), PIXEL);
  }
  if (from < end) v128.store(to, f32x4.convert_i32x4_s(product(from)));
}
