import { PIXEL } from "../../lanes/pixel";

/**
 * The vertical pass, one row at a time: sum += row · weight.
 *
 * @param sum   byte address of `count` float pixels, changed in place
 * @param row   byte address of `count` float pixels, not overlapping `sum`
 * @param count pixels, any value
 */
export function accumulateRow(sum: usize, row: usize, weight: f32, count: u32): void {
  const by = f32x4.splat(weight);
  const end = sum + <usize>count * PIXEL;
  for (; sum < end; sum += PIXEL, row += PIXEL) {
    v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(v128.load(row), by)));
  }
}
