import { alphaOf, storePixel, wholePixel } from "../../lanes/pixel";

/**
 * Lays a colour F of alpha f, 0 … 1, under RGBA8 pixels, in place: a' = a + f · (255 − a),
 * c' = (c · a + F · f · (255 − a)) / a' with the a' that is not rounded yet. Halves rounded up.
 *
 * Pixels that are opaque stay as they are, and where a' rounds to 0 the pixel is all zeros. Under an opaque colour all
 * is exact: what is divided is a whole number below 2^24, and 255 never leaves a half.
 *
 * @param pixels byte address of the first pixel, any alignment
 * @param count  any value
 * @param colour byte address of four f32: F · f, red to blue, and f
 */
export function fillRow(pixels: usize, count: u32, colour: usize): void {
  const vectors = pixels + ((<usize>(count & ~3)) << 2);
  const end = pixels + ((<usize>count) << 2);
  const under = v128.load(colour);
  // As unsigned numbers, pixels with the alpha on top: those of 255 are the largest.
  const opaque = i32x4.splat(0xff000000);

  let at = pixels;
  for (; at < vectors; at += 16) {
    if (i32x4.all_true(i32x4.ge_u(v128.load(at), opaque))) continue;
    fillPixel(at, under);
    fillPixel(at + 4, under);
    fillPixel(at + 8, under);
    fillPixel(at + 12, under);
  }
  for (; at < end; at += 4) fillPixel(at, under);
}

function fillPixel(at: usize, under: v128): void {
  const px = f32x4.convert_i32x4_s(wholePixel(at));
  const alpha = alphaOf(px);
  const through = f32x4.sub(f32x4.splat(255.0), alpha);
  // r g b 1 · a + Fr·f Fg·f Fb·f f · (255 − a): the sums of colour, and a' in the last lane.
  const sums = f32x4.add(f32x4.mul(f32x4.replace_lane(px, 3, 1.0), alpha), f32x4.mul(under, through));
  const whole = alphaOf(sums);
  const straight = f32x4.replace_lane(f32x4.div(sums, whole), 3, f32x4.extract_lane(sums, 3));
  storePixel(at, v128.and(straight, f32x4.ge(whole, f32x4.splat(0.5))));
}
