import { zigzagMask } from "./zigzag";

/**
 * Added to a float, this leaves its nearest integer in the lowest bits: beyond 2²³ there is no room for fractions, and
 * half as much again keeps negative ones there too.
 *
 * Both are loaded because V8 would build a constant vector anew wherever it is used. Byte addresses of four bytes each.
 */
const MAGIC: usize = memory.data<f32>([12582912]);
const MAGIC_BITS: usize = memory.data<i32>([0x4b400000]);

/**
 * Divides coefficients by eight times their quantisers, halves away from zero as in libjpeg's jcdctmgr.c.
 *
 * A factor is 1 / (8 · quantiser), larger by 2⁻¹⁸ of itself: halves come out beyond a half, and nothing else that a
 * coefficient of 16 bits can be over a quantiser up to 255 does. A test goes through all of them.
 *
 * @param from    byte address of 64 i16, natural order, 16-aligned, as `to`, which may be the same
 * @param factors byte address of 64 f32
 * @param present address of a u64: bit k is set where coefficient k, in zigzag order, is not zero
 */
export function quantise(from: usize, factors: usize, to: usize, present: usize): void {
  const low = quantised16(from, factors, to);
  const second = quantised16(from + 32, factors + 64, to + 32);
  const third = quantised16(from + 64, factors + 128, to + 64);
  const high = quantised16(from + 96, factors + 192, to + 96);
  store<u64>(present, zigzagMask(low, second, third, high));
}

/** Sixteen of them; saturated to bytes, which are zero where they are. */
function quantised16(from: usize, factors: usize, to: usize): v128 {
  const first = quantised8(v128.load(from), factors);
  const second = quantised8(v128.load(from, 16), factors + 32);
  v128.store(to, first);
  v128.store(to, second, 16);
  return i8x16.narrow_i16x8_s(first, second);
}

function quantised8(coefficients: v128, factors: usize): v128 {
  return i16x8.narrow_i32x4_s(
    nearest(i32x4.extend_low_i16x8_s(coefficients), v128.load(factors)),
    nearest(i32x4.extend_high_i16x8_s(coefficients), v128.load(factors, 16)),
  );
}

function nearest(coefficients: v128, factors: v128): v128 {
  const quotients = f32x4.mul(f32x4.convert_i32x4_s(coefficients), factors);
  return i32x4.sub(f32x4.add(quotients, v128.load32_splat(MAGIC)), v128.load32_splat(MAGIC_BITS));
}
