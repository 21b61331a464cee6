import { alphaOf, loadPixel, PIXEL } from "../../lanes/pixel";

/**
 * Widens a row of RGBA8 pixels to floats and premultiplies it: c' = c · a / 255, a' = a.
 *
 * Premultiplied before any weighting, so that the colour of transparent pixels never bleeds into visible ones.
 *
 * @param from  byte address of RGBA8 pixels, any alignment
 * @param to    byte address of `count` float pixels (16 bytes each)
 * @param count pixels, any value
 */
export function premultiplyRow(from: usize, to: usize, count: u32): void {
  const full = f32x4.splat(255.0);
  const end = from + ((<usize>count) << 2);
  for (; from < end; from += 4, to += PIXEL) {
    const px = loadPixel(from);
    // r·a g·a b·a | a·255, all over 255: alpha comes out as it was, opaque pixels exactly as they were.
    const by = f32x4.replace_lane(alphaOf(px), 3, 255.0);
    v128.store(to, f32x4.div(f32x4.mul(px, by), full));
  }
}
