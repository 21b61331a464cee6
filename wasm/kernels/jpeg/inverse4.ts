import { HALF_AFTER_COLUMNS, HALF_AFTER_ROWS, interleaveLow, narrowed } from "./inverse-lanes";

/** In pairs, for x0 and x2: their sum, their difference; for x1 and x3: what outputs 0, 1 get, and 3, 2 lose. */
const WEIGHTS: usize = memory.data<i16>([8192, 8192, 8192, -8192, 10703, 4433, 4433, -10703], 16);

/**
 * The 4-point inverse transform of the 4×4 lowest frequencies: the block at half its size, within 1 of real numbers.
 *
 * With C = √2·cos(π/8) and S = √2·sin(π/8), a pass is: out[0], out[3] = x0 + x2 ± (C·x1 + S·x3),
 * out[1], out[2] = x0 − x2 ± (S·x1 − C·x3).
 *
 * - Products of coefficient and step wrap at 16 bits, the rest saturates: any input has an output.
 *
 * @param block        byte address of 64 i16 coefficients, row by row, 16-aligned; left as it is
 * @param quantisation byte address of their 64 u16 steps, in the same order, 16-aligned
 * @param to           byte address of the top left of 4×4 samples, any alignment
 * @param stride       bytes from one row of samples to the next
 */
export function inverse4(block: usize, quantisation: usize, to: usize, stride: usize): void {
  const x0 = i16x8.mul(v128.load64_zero(block), v128.load64_zero(quantisation));
  const x1 = i16x8.mul(v128.load64_zero(block, 16), v128.load64_zero(quantisation, 16));
  const x2 = i16x8.mul(v128.load64_zero(block, 32), v128.load64_zero(quantisation, 32));
  const x3 = i16x8.mul(v128.load64_zero(block, 48), v128.load64_zero(quantisation, 48));
  const bySum = v128.load32_splat(WEIGHTS);
  const byDifference = v128.load32_splat(WEIGHTS, 4);
  const byOuter = v128.load32_splat(WEIGHTS, 8);
  const byInner = v128.load32_splat(WEIGHTS, 12);

  const x02 = interleaveLow(x0, x2);
  const x13 = interleaveLow(x1, x3);
  const half = i32x4.splat(HALF_AFTER_COLUMNS);
  const sum = i32x4.add(i32x4.dot_i16x8_s(x02, bySum), half);
  const difference = i32x4.add(i32x4.dot_i16x8_s(x02, byDifference), half);
  const outer = i32x4.dot_i16x8_s(x13, byOuter);
  const inner = i32x4.dot_i16x8_s(x13, byInner);
  // Outputs of columns a to d: a0 b0 c0 d0 a1 b1 c1 d1 | a2 b2 c2 d2 a3 b3 c3 d3
  const y01 = narrowed(i32x4.add(sum, outer), i32x4.add(difference, inner));
  const y23 = narrowed(i32x4.sub(difference, inner), i32x4.sub(sum, outer));

  // Columns a and c, b and d are now what coefficients 0 and 2, 1 and 3 were: a0 c0 a1 c1 … | b0 d0 b1 d1 …
  const ac = v128.shuffle<i16>(y01, y23, 0, 2, 4, 6, 8, 10, 12, 14);
  const bd = v128.shuffle<i16>(y01, y23, 1, 3, 5, 7, 9, 11, 13, 15);
  const rowHalf = i32x4.splat(HALF_AFTER_ROWS);
  const rowSum = i32x4.add(i32x4.dot_i16x8_s(ac, bySum), rowHalf);
  const rowDifference = i32x4.add(i32x4.dot_i16x8_s(ac, byDifference), rowHalf);
  const rowOuter = i32x4.dot_i16x8_s(bd, byOuter);
  const rowInner = i32x4.dot_i16x8_s(bd, byInner);
  const left = i16x8.shr_s(narrowed(i32x4.add(rowSum, rowOuter), i32x4.add(rowDifference, rowInner)), 7);
  const right = i16x8.shr_s(narrowed(i32x4.sub(rowDifference, rowInner), i32x4.sub(rowSum, rowOuter)), 7);

  // Bytes by columns, four rows each → by rows.
  const columns = i8x16.narrow_i16x8_u(left, right);
  const rows = v128.shuffle<i8>(columns, columns, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  v128.store32_lane(to, rows, 0);
  to += stride;
  v128.store32_lane(to, rows, 1);
  to += stride;
  v128.store32_lane(to, rows, 2);
  to += stride;
  v128.store32_lane(to, rows, 3);
}
