import { alphaOf, PIXEL } from "../../lanes/pixel";

/** The table has an entry for every 64th of a level of light, both ends included: 255 · 64 + 1. */
const LIGHTEST: f32 = 16320.0;

/**
 * Premultiplied float pixels in linear light → RGBA8: c' = table[c / a · 16320], the index clamped and rounded; alpha
 * rounded and clamped. Otherwise as `unpremultiplyRow`.
 *
 * @param from  byte address of `count` float pixels
 * @param to    byte address of `count` RGBA8 pixels
 * @param table byte address of 16321 bytes
 */
export function encodeRow(from: usize, to: usize, count: u32, table: usize): void {
  const end = from + <usize>count * PIXEL;
  for (; from < end; from += PIXEL, to += 4) {
    const px = v128.load(from);
    const alpha = f32x4.extract_lane(px, 3);
    // Not-a-number fails this test as well.
    if (!(alpha >= 0.5)) {
      store<u32>(to, 0);
      continue;
    }
    const part = f32x4.div(f32x4.mul(px, f32x4.splat(LIGHTEST)), alphaOf(px));
    const index = i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(part, f32x4.splat(0.5))));
    const inside = i32x4.min_s(i32x4.max_s(index, i32x4.splat(0)), i32x4.splat(<i32>LIGHTEST));
    store<u8>(to, load<u8>(table + <usize>i32x4.extract_lane(inside, 0)));
    store<u8>(to, load<u8>(table + <usize>i32x4.extract_lane(inside, 1)), 1);
    store<u8>(to, load<u8>(table + <usize>i32x4.extract_lane(inside, 2)), 2);
    store<u8>(to, <u8>min<f32>(255.0, floor(alpha + 0.5)), 3);
  }
}
