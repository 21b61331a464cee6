import { PIXEL } from "../../lanes/pixel";

/**
 * The horizontal pass: every output pixel is a weighted sum of `taps` neighbouring input pixels.
 *
 * - `taps` is a multiple of 4; unused weights are 0.
 * - `starts[i] + taps` float pixels from `from` may be read, so the row ends in `taps` pixels of padding.
 *
 * @param from    byte address of float pixels
 * @param to      byte address of `count` float pixels
 * @param starts  byte address of `count` u32: index of the first input pixel of each output pixel
 * @param weights byte address of `count · taps` f32
 */
export function convolveRow(from: usize, to: usize, starts: usize, weights: usize, taps: u32, count: u32): void {
  const end = to + <usize>count * PIXEL;
  const stride = (<usize>taps) << 2;
  for (; to < end; to += PIXEL, starts += 4, weights += stride) {
    v128.store(to, weightedSum(from + <usize>load<u32>(starts) * PIXEL, weights, weights + stride));
  }
}

function weightedSum(px: usize, weight: usize, end: usize): v128 {
  // Four sums that do not wait for one another; one sum alone would be bound by the latency of the addition.
  let a = f32x4.splat(0),
    b = a,
    c = a,
    d = a;
  for (; weight < end; weight += 16, px += 4 * PIXEL) {
    a = f32x4.add(a, f32x4.mul(v128.load(px), v128.load32_splat(weight)));
    b = f32x4.add(b, f32x4.mul(v128.load(px, 16), v128.load32_splat(weight, 4)));
    c = f32x4.add(c, f32x4.mul(v128.load(px, 32), v128.load32_splat(weight, 8)));
    d = f32x4.add(d, f32x4.mul(v128.load(px, 48), v128.load32_splat(weight, 12)));
  }
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}
