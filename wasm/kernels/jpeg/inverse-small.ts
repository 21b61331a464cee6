/**
 * The 2-point inverse transform of the 2×2 lowest frequencies: the block at a quarter of its size.
 *
 * out = (x00 ± x01 ± x10 ± x11) / 8 + 128, halves up, clamped; exact, and in no need of vectors.
 *
 * @param block        byte address of 64 i16 coefficients, row by row; left as it is
 * @param quantisation byte address of their 64 u16 steps, in the same order
 * @param to           byte address of the top left of 2×2 samples, any alignment
 * @param stride       bytes from one row of samples to the next
 */
export function inverse2(block: usize, quantisation: usize, to: usize, stride: usize): void {
  const x00 = dequantised(block, quantisation);
  const x01 = dequantised(block + 2, quantisation + 2);
  const x10 = dequantised(block + 16, quantisation + 16);
  const x11 = dequantised(block + 18, quantisation + 18);
  const left0 = x00 + x01;
  const right0 = x00 - x01;
  const left1 = x10 + x11;
  const right1 = x10 - x11;
  store<u8>(to, <u8>level(left0 + left1));
  store<u8>(to, <u8>level(right0 + right1), 1);
  store<u8>(to + stride, <u8>level(left0 - left1));
  store<u8>(to + stride, <u8>level(right0 - right1), 1);
}

/** One sample, from DC alone: the block at an eighth of its size. */
export function inverse1(block: usize, quantisation: usize, to: usize): void {
  store<u8>(to, <u8>flatLevel(block, quantisation));
}

/**
 * `side`×`side` samples of one level, from DC alone: what the transform of that size makes of a block without AC.
 *
 * @param side 1, 2, 4 or 8
 */
export function inverseFlat(block: usize, quantisation: usize, to: usize, stride: usize, side: u32): void {
  const samples = i8x16.splat(<i8>flatLevel(block, quantisation));
  for (const end = to + <usize>side * stride; to !== end; to += stride) {
    if (side === 8) v128.store64_lane(to, samples, 0);
    else if (side === 4) v128.store32_lane(to, samples, 0);
    else if (side === 2) v128.store16_lane(to, samples, 0);
    else v128.store8_lane(to, samples, 0);
  }
}

/** The level of a block whose only coefficient is DC: DC / 8 + 128, halves up, clamped. */
function flatLevel(block: usize, quantisation: usize): i32 {
  return level(dequantised(block, quantisation));
}

/** One coefficient times its step, wrapped at 16 bits as in the larger transforms. */
function dequantised(coefficient: usize, step: usize): i32 {
  return <i32>(<i16>(<i32>load<i16>(coefficient) * <i32>load<i16>(step)));
}

/** sum / 8 + 128, halves up, clamped to 0..255 */
function level(sum: i32): i32 {
  return min(max((sum + (128 << 3) + 4) >> 3, 0), 255);
}
