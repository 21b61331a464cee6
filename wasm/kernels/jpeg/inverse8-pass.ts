import { interleaveHigh, interleaveLow, narrowed } from "./inverse-lanes";

/** In pairs, for x0 and x4: their sum, their difference; for x2 and x6: what outputs 0 and 7 get, what 1 and 6 get. */
const EVEN: usize = memory.data<i16>([8192, 8192, 8192, -8192, 10703, 4433, 4433, -10704], 16);

/** For x0 and x2 alone: what outputs 0 and 7, 1 and 6, 2 and 5, 3 and 4 get. */
const EVEN_LOW: usize = memory.data<i16>([8192, 10703, 8192, 4433, 8192, -4433, 8192, -10703], 16);

/**
 * For x1, x3, x5, x7: what outputs 0 to 3 get; 7 to 4 get the opposite.
 *
 * The factored flow graph of jidctint.c multiplied out, which keeps every bit: it rounds nothing before a pass ends.
 * Some are therefore one off 8192·√2·cos(kπ/16).
 */
const ODD: usize = memory.data<i16>(
  [11363, 9633, 6437, 2260, 9633, -2259, -11362, -6436, 6437, -11362, 2261, 9633, 2260, -6436, 9633, -11363],
  16,
);

/**
 * One pass of the 8-point inverse transform over four columns, and the transposition.
 *
 * out[k] = (Σ weight[k][u] · in[u] + half) >> 11, saturated to 16 bits. An even coefficient adds the same to outputs k
 * and 7 − k, an odd one the opposite, so four sums of each make eight outputs.
 *
 * @param x04  coefficients 0 and 4 of four columns, interleaved; likewise the others
 * @param half added before the shift
 * @param to   byte address of 64 bytes, 16-aligned: four vectors, each the eight outputs of one column
 */
export function transformColumns(x04: v128, x26: v128, x13: v128, x57: v128, half: i32, to: usize): void {
  const rounding = i32x4.splat(half);
  const sum04 = i32x4.add(pairs(x04, EVEN), rounding);
  const difference04 = i32x4.add(pairs(x04, EVEN + 4), rounding);
  const outer26 = pairs(x26, EVEN + 8);
  const inner26 = pairs(x26, EVEN + 12);
  const even0 = i32x4.add(sum04, outer26);
  const even1 = i32x4.add(difference04, inner26);
  const even2 = i32x4.sub(difference04, inner26);
  const even3 = i32x4.sub(sum04, outer26);
  const odd0 = i32x4.add(pairs(x13, ODD), pairs(x57, ODD + 4));
  const odd1 = i32x4.add(pairs(x13, ODD + 8), pairs(x57, ODD + 12));
  const odd2 = i32x4.add(pairs(x13, ODD + 16), pairs(x57, ODD + 20));
  const odd3 = i32x4.add(pairs(x13, ODD + 24), pairs(x57, ODD + 28));
  storeTransposed(
    narrowed(i32x4.add(even0, odd0), i32x4.sub(even3, odd3)),
    narrowed(i32x4.add(even1, odd1), i32x4.sub(even2, odd2)),
    narrowed(i32x4.add(even2, odd2), i32x4.sub(even1, odd1)),
    narrowed(i32x4.add(even3, odd3), i32x4.sub(even0, odd0)),
    to,
  );
}

/** The same pass where coefficients 4 to 7 are zero. */
export function transformLowColumns(x02: v128, x13: v128, half: i32, to: usize): void {
  const rounding = i32x4.splat(half);
  const even0 = i32x4.add(pairs(x02, EVEN_LOW), rounding);
  const even1 = i32x4.add(pairs(x02, EVEN_LOW + 4), rounding);
  const even2 = i32x4.add(pairs(x02, EVEN_LOW + 8), rounding);
  const even3 = i32x4.add(pairs(x02, EVEN_LOW + 12), rounding);
  const odd0 = pairs(x13, ODD);
  const odd1 = pairs(x13, ODD + 8);
  const odd2 = pairs(x13, ODD + 16);
  const odd3 = pairs(x13, ODD + 24);
  storeTransposed(
    narrowed(i32x4.add(even0, odd0), i32x4.sub(even3, odd3)),
    narrowed(i32x4.add(even1, odd1), i32x4.sub(even2, odd2)),
    narrowed(i32x4.add(even2, odd2), i32x4.sub(even1, odd1)),
    narrowed(i32x4.add(even3, odd3), i32x4.sub(even0, odd0)),
    to,
  );
}

/** Both coefficients of each column times the two weights at an address, added up. */
function pairs(interleaved: v128, weights: usize): v128 {
  return i32x4.dot_i16x8_s(interleaved, v128.load32_splat(weights));
}

function storeTransposed(out04: v128, out15: v128, out26: v128, out37: v128, to: usize): void {
  // Outputs of columns a to d, 0a 0b 0c 0d 4a 4b 4c 4d and so on → 0a 2a 0b 2b 0c 2c 0d 2d
  const out02 = interleaveLow(out04, out26);
  const out13 = interleaveLow(out15, out37);
  const out46 = interleaveHigh(out04, out26);
  const out57 = interleaveHigh(out15, out37);
  // 0a 1a 2a 3a 0b 1b 2b 3b | 4a 5a 6a 7a 4b 5b 6b 7b
  const firstAB = interleaveLow(out02, out13);
  const lastAB = interleaveLow(out46, out57);
  const firstCD = interleaveHigh(out02, out13);
  const lastCD = interleaveHigh(out46, out57);
  v128.store(to, v128.shuffle<i64>(firstAB, lastAB, 0, 2));
  v128.store(to, v128.shuffle<i64>(firstAB, lastAB, 1, 3), 16);
  v128.store(to, v128.shuffle<i64>(firstCD, lastCD, 0, 2), 32);
  v128.store(to, v128.shuffle<i64>(firstCD, lastCD, 1, 3), 48);
}

/** Stores eight rows of eight 16-bit values, seven bits of fraction, clamped to bytes. */
export function storeSamples(rows: usize, to: usize, stride: usize): void {
  for (const end = rows + 128; rows < end; rows += 32) {
    const first = i16x8.shr_s(v128.load(rows), 7);
    const second = i16x8.shr_s(v128.load(rows, 16), 7);
    const samples = i8x16.narrow_i16x8_u(first, second);
    v128.store64_lane(to, samples, 0);
    v128.store64_lane(to + stride, samples, 1);
    to += stride << 1;
  }
}
