import { alphaOf, PIXEL, storePixel } from "../../lanes/pixel";

/**
 * Premultiplied float pixels → RGBA8 with their own alpha: c' = c · 255 / a, halves rounded up, clamped.
 *
 * Divides by the alpha before clamping: a filter that overshoots to a = 260 overshot the colour by as much.
 * Where alpha rounds to 0 the pixel is all zeros, so that nothing invisible survives in the file.
 *
 * @param from  byte address of `count` float pixels
 * @param to    byte address of `count` RGBA8 pixels
 */
export function unpremultiplyRow(from: usize, to: usize, count: u32): void {
  const end = from + <usize>count * PIXEL;
  for (; from < end; from += PIXEL, to += 4) {
    const px = v128.load(from);
    const alpha = alphaOf(px);
    const colour = f32x4.div(f32x4.mul(px, f32x4.splat(255.0)), alpha);
    const straight = f32x4.replace_lane(colour, 3, f32x4.extract_lane(px, 3));
    storePixel(to, v128.and(straight, f32x4.ge(alpha, f32x4.splat(0.5))));
  }
}
