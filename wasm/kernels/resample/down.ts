import { PIXEL } from "../../lanes/pixel";

/** A row holds 64 times its levels, and weights are in units of 2^-14. */
const LEVEL_BITS = 20;

/**
 * The vertical pass for opaque pictures in encoded values: an output is the weighted sum of the rows as bytes, halves
 * rounded up, clamped.
 *
 * @param rows    byte address of `pairs` u32: where each pair of rows lies, as `weighAcross` makes them
 * @param weights byte address of 2·pairs i16
 * @param to      byte address of `count` RGBA8 pixels
 * @param count   any value
 */
export function weighDownOpaque(rows: usize, weights: usize, pairs: u32, to: usize, count: u32): void {
  const half = i32x4.splat(1 << (LEVEL_BITS - 1));
  const whole = (<usize>(count & ~3)) << 4;
  const end = (<usize>count) << 4;

  let column: usize = 0;
  for (; column < whole; column += 64, to += 16) {
    let a = half,
      b = half,
      c = half,
      d = half;
    for (let pair: u32 = 0; pair < pairs; pair++) {
      const by = v128.load32_splat(weights + ((<usize>pair) << 2));
      const at = <usize>load<u32>(rows + ((<usize>pair) << 2)) + column;
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(at), by));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(at, 16), by));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(at, 32), by));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(at, 48), by));
    }
    const ab = i16x8.narrow_i32x4_s(i32x4.shr_s(a, LEVEL_BITS), i32x4.shr_s(b, LEVEL_BITS));
    const cd = i16x8.narrow_i32x4_s(i32x4.shr_s(c, LEVEL_BITS), i32x4.shr_s(d, LEVEL_BITS));
    v128.store(to, i8x16.narrow_i16x8_u(ab, cd));
  }
  for (; column < end; column += 16, to += 4) {
    const sum = i32x4.shr_s(i32x4.add(weightedColumn(rows, weights, pairs, column), half), LEVEL_BITS);
    const words = i16x8.narrow_i32x4_s(sum, sum);
    v128.store32_lane(to, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/**
 * The vertical pass for all other pictures: an output is the weighted sum of the rows in levels, neither rounded nor
 * clamped, for `unpremultiply.ts` or `encode.ts`.
 *
 * @param to byte address of `count` float pixels
 */
export function weighDown(rows: usize, weights: usize, pairs: u32, to: usize, count: u32): void {
  const level = f32x4.splat(1.0 / <f32>(1 << LEVEL_BITS));
  const end = (<usize>count) << 4;
  for (let column: usize = 0; column < end; column += 16, to += PIXEL) {
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(weightedColumn(rows, weights, pairs, column)), level));
  }
}

function weightedColumn(rows: usize, weights: usize, pairs: u32, column: usize): v128 {
  let sum = i32x4.splat(0);
  for (let pair: usize = 0; pair < (<usize>pairs) << 2; pair += 4) {
    const at = <usize>load<u32>(rows + pair) + column;
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(at), v128.load32_splat(weights + pair)));
  }
  return sum;
}
