import { PAIR } from "../../lanes/cells";

/**
 * The horizontal pass, for four rows at once: an output is the weighted sum of `taps` neighbouring cells, divided by
 * 2^shift, halves rounded up, as sixteen bits. Rows come out in pairs, as the vertical pass takes them: a vector holds
 * red of the upper row and of the lower, green of both, blue, alpha.
 *
 * - `taps` is a multiple of 4; cells starts[i] … starts[i] + taps − 1 of all four rows may be read.
 * - The weights of an output, without their signs, times the largest cell stay under 2^31.
 *
 * @param cells   byte address of four rows of cells (lanes/cells.ts)
 * @param upper   byte address of rows 0 and 1 of the result: `count` vectors
 * @param lower   byte address of rows 2 and 3
 * @param starts  byte address of `count` u32: index of the first cell of each output, even
 * @param weights byte address of `count · taps` i16
 * @param shift   at least 1
 */
export function weighAcross(
  cells: usize,
  upper: usize,
  lower: usize,
  starts: usize,
  weights: usize,
  taps: u32,
  count: u32,
  shift: i32,
): void {
  const half = i32x4.splat(1 << (shift - 1));
  const stride = (<usize>taps) << 1;
  const end = upper + ((<usize>count) << 4);
  for (; upper < end; upper += 16, lower += 16, starts += 4) {
    let at = cells + ((<usize>load<u32>(starts)) << 5);
    let a = half,
      b = half,
      c = half,
      d = half;
    const next = weights + stride;
    for (; weights < next; weights += 8, at += 2 * PAIR) {
      // Two weights in every lane; each load of them serves four rows.
      const near = v128.load32_splat(weights);
      const far = v128.load32_splat(weights, 4);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(at), near));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(at, 16), near));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(at, 32), near));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(at, 48), near));
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(at, 64), far));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(at, 80), far));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(at, 96), far));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(at, 112), far));
    }
    v128.store(upper, rowPair(i32x4.shr_s(a, shift), i32x4.shr_s(b, shift)));
    v128.store(lower, rowPair(i32x4.shr_s(c, shift), i32x4.shr_s(d, shift)));
  }
}

/** r g b a of one row, r g b a of the next → r r g g b b a a */
function rowPair(one: v128, other: v128): v128 {
  const both = i16x8.narrow_i32x4_s(one, other);
  return v128.shuffle<i16>(both, both, 0, 4, 1, 5, 2, 6, 3, 7);
}
