/** Bytes of one pixel as four 32-bit floats: red, green, blue, alpha. */
export const PIXEL: usize = 16;

/** One RGBA8 pixel at `at`, widened to four whole numbers 0..255. */
export function wholePixel(at: usize): v128 {
  // r g b a 0 0 … → r,g,b,a as u32: two widening steps, unsigned.
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

/** Four floats as whole numbers, halves rounded up, NaN to 0. */
export function wholeLanes(value: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(value, f32x4.splat(0.5))));
}

/**
 * Stores four floats as one RGBA8 pixel: halves rounded up, clamped to 0..255, NaN to 0.
 *
 * The narrowing steps are signed, so the conversion must be signed as well: a large u32 would turn negative.
 */
export function storePixel(at: usize, value: v128): void {
  const whole = wholeLanes(value);
  const words = i16x8.narrow_i32x4_s(whole, whole);
  v128.store32_lane(at, i8x16.narrow_i16x8_u(words, words), 0);
}

/** Alpha of a float pixel in all four lanes. */
export function alphaOf(px: v128): v128 {
  return v128.shuffle<i32>(px, px, 3, 3, 3, 3);
}
