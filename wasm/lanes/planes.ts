/**
 * Pixels taken apart: three planes of 32-bit floats 0..255, red, green and blue, one behind the other. A plane is so many
 * vectors of four pixels; the last one is filled up with zeros, and what becomes of those is of no interest.
 */
export const VECTOR: usize = 16;

const RED_LUMA: f32 = 0.299;
const GREEN_LUMA: f32 = 0.587;
const BLUE_LUMA: f32 = 0.114;

/** Bytes of a plane. */
export function planeBytes(vectors: u32): usize {
  return (<usize>vectors) << 4;
}

/** Y = 0.299 R + 0.587 G + 0.114 B of four pixels, of the encoded values as they are. */
export function lumaOf(red: v128, green: v128, blue: v128): v128 {
  const warm = f32x4.add(f32x4.mul(red, f32x4.splat(RED_LUMA)), f32x4.mul(green, f32x4.splat(GREEN_LUMA)));
  return f32x4.add(warm, f32x4.mul(blue, f32x4.splat(BLUE_LUMA)));
}

/** Neither below `low` nor above `high`; not-a-number becomes `low`. */
export function clampTo(value: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(high, f32x4.pmax(low, value));
}
