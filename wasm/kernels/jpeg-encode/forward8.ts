import { interleaveHigh, interleaveLow } from "../jpeg/inverse-lanes";

/**
 * The forward transform of a block, as libjpeg's jfdctint.c ("islow") does it to the bit: Loeffler, Ligtenberg and
 * Moschytz in 13-bit fixed point, rows with two bits of fraction first, then columns. Coefficients are eight times those
 * of the definition.
 *
 * Each weight is a sum of constants of the flow graph, 8192 standing for 1, so that two products are added at once.
 */

/** Byte addresses of pairs of weights, four bytes each. */
const WEIGHTS: usize = memory.data<i16>([
  10703, 4433, 4433, -10704, -6436, 9633, 9633, 6437, -4927, -7373, -7373, 4926, -4176, -20995, -20995, 4177,
]);

const OUT2: usize = 0;
const OUT6: usize = 4;
const Z3: usize = 8;
const Z4: usize = 12;
const OUT7: usize = 16;
const OUT1: usize = 20;
const OUT5: usize = 24;
const OUT3: usize = 28;

/** Eight vectors that a pass takes and leaves: line by line, eight 16-bit lanes each. */
const LINES: usize = memory.data(128, 16);

/**
 * @param from   byte address of the first of 8 × 8 samples 0..255, any alignment
 * @param stride bytes from one line to the next
 * @param to     byte address of 64 i16 in natural order, 16-aligned
 */
export function forward8(from: usize, stride: usize, to: usize): void {
  loadColumns(from, stride);
  transformLines(LINES, 2, 11, 1 << 10);
  // The level shift: 128 · 8 · 2² less in the sum of a row.
  v128.store(LINES, i16x8.sub(v128.load(LINES), i16x8.splat(4096)));
  transpose();
  transformLines(to, -2, 15, 1 << 14);
}

/** Column x of the samples as vector x. */
function loadColumns(from: usize, stride: usize): void {
  const below = from + (stride << 2);
  // Lines 0 4, 1 5, 2 6, 3 7, sample by sample, and so on: 0 2 4 6, then 0 1 2 … 7.
  const rows04 = bytesLow(v128.load64_zero(from), v128.load64_zero(below));
  const rows15 = bytesLow(v128.load64_zero(from + stride), v128.load64_zero(below + stride));
  const rows26 = bytesLow(v128.load64_zero(from + stride * 2), v128.load64_zero(below + stride * 2));
  const rows37 = bytesLow(v128.load64_zero(from + stride * 3), v128.load64_zero(below + stride * 3));
  const even0 = bytesLow(rows04, rows26),
    even4 = bytesHigh(rows04, rows26);
  const odd0 = bytesLow(rows15, rows37),
    odd4 = bytesHigh(rows15, rows37);
  storeWide(bytesLow(even0, odd0), 0);
  storeWide(bytesHigh(even0, odd0), 32);
  storeWide(bytesLow(even4, odd4), 64);
  storeWide(bytesHigh(even4, odd4), 96);
}

function storeWide(bytes: v128, at: usize): void {
  v128.store(LINES + at, i16x8.extend_low_i8x16_u(bytes));
  v128.store(LINES + at, i16x8.extend_high_i8x16_u(bytes), 16);
}

/**
 * One pass over the eight vectors of `LINES`, each lane for itself.
 *
 * @param shift how far sums without a product are shifted to the left; where it is negative, to the right, rounded
 * @param right how far those of products are shifted to the right, rounded by `half`
 */
function transformLines(to: usize, shift: i32, right: i32, half: i32): void {
  const x0 = v128.load(LINES),
    x1 = v128.load(LINES, 16),
    x2 = v128.load(LINES, 32),
    x3 = v128.load(LINES, 48);
  const x4 = v128.load(LINES, 64),
    x5 = v128.load(LINES, 80),
    x6 = v128.load(LINES, 96),
    x7 = v128.load(LINES, 112);
  const sum07 = i16x8.add(x0, x7),
    sum16 = i16x8.add(x1, x6),
    sum25 = i16x8.add(x2, x5),
    sum34 = i16x8.add(x3, x4);
  const difference34 = i16x8.sub(x3, x4),
    difference25 = i16x8.sub(x2, x5),
    difference16 = i16x8.sub(x1, x6),
    difference07 = i16x8.sub(x0, x7);
  const outer = i16x8.add(sum07, sum34),
    inner = i16x8.add(sum16, sum25);
  v128.store(to, shifted(i16x8.add(outer, inner), shift));
  v128.store(to, shifted(i16x8.sub(outer, inner), shift), 64);

  const rounding = i32x4.splat(half);
  const outerDifference = i16x8.sub(sum07, sum34),
    innerDifference = i16x8.sub(sum16, sum25);
  const low26 = interleaveLow(outerDifference, innerDifference),
    high26 = interleaveHigh(outerDifference, innerDifference);
  v128.store(
    to,
    narrowed(i32x4.add(pairs(low26, OUT2), rounding), i32x4.add(pairs(high26, OUT2), rounding), right),
    32,
  );
  v128.store(
    to,
    narrowed(i32x4.add(pairs(low26, OUT6), rounding), i32x4.add(pairs(high26, OUT6), rounding), right),
    96,
  );

  const z3 = i16x8.add(difference34, difference16),
    z4 = i16x8.add(difference25, difference07);
  const lowZ = interleaveLow(z3, z4),
    highZ = interleaveHigh(z3, z4);
  const lowZ3 = i32x4.add(pairs(lowZ, Z3), rounding),
    highZ3 = i32x4.add(pairs(highZ, Z3), rounding);
  const lowZ4 = i32x4.add(pairs(lowZ, Z4), rounding),
    highZ4 = i32x4.add(pairs(highZ, Z4), rounding);
  const low47 = interleaveLow(difference34, difference07),
    high47 = interleaveHigh(difference34, difference07);
  v128.store(to, narrowed(i32x4.add(pairs(low47, OUT7), lowZ3), i32x4.add(pairs(high47, OUT7), highZ3), right), 112);
  v128.store(to, narrowed(i32x4.add(pairs(low47, OUT1), lowZ4), i32x4.add(pairs(high47, OUT1), highZ4), right), 16);
  const low56 = interleaveLow(difference25, difference16),
    high56 = interleaveHigh(difference25, difference16);
  v128.store(to, narrowed(i32x4.add(pairs(low56, OUT5), lowZ4), i32x4.add(pairs(high56, OUT5), highZ4), right), 80);
  v128.store(to, narrowed(i32x4.add(pairs(low56, OUT3), lowZ3), i32x4.add(pairs(high56, OUT3), highZ3), right), 48);
}

function shifted(sums: v128, shift: i32): v128 {
  if (shift >= 0) return i16x8.shl(sums, shift);
  return i16x8.shr_s(i16x8.add(sums, i16x8.splat(2)), 2);
}

function pairs(interleaved: v128, weights: usize): v128 {
  return i32x4.dot_i16x8_s(interleaved, v128.load32_splat(WEIGHTS + weights));
}

function narrowed(low: v128, high: v128, right: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, right), i32x4.shr_s(high, right));
}

/** Lines of `LINES` become columns. */
function transpose(): void {
  const x0 = v128.load(LINES),
    x1 = v128.load(LINES, 16),
    x2 = v128.load(LINES, 32),
    x3 = v128.load(LINES, 48);
  const x4 = v128.load(LINES, 64),
    x5 = v128.load(LINES, 80),
    x6 = v128.load(LINES, 96),
    x7 = v128.load(LINES, 112);
  // Lines 0 and 4, lane by lane, and so on; then 0 2 4 6 and 1 3 5 7.
  const low04 = interleaveLow(x0, x4),
    low26 = interleaveLow(x2, x6),
    low15 = interleaveLow(x1, x5),
    low37 = interleaveLow(x3, x7);
  storeInterleaved(interleaveLow(low04, low26), interleaveLow(low15, low37), 0);
  storeInterleaved(interleaveHigh(low04, low26), interleaveHigh(low15, low37), 32);
  const high04 = interleaveHigh(x0, x4),
    high26 = interleaveHigh(x2, x6),
    high15 = interleaveHigh(x1, x5),
    high37 = interleaveHigh(x3, x7);
  storeInterleaved(interleaveLow(high04, high26), interleaveLow(high15, high37), 64);
  storeInterleaved(interleaveHigh(high04, high26), interleaveHigh(high15, high37), 96);
}

function storeInterleaved(even: v128, odd: v128, at: usize): void {
  v128.store(LINES + at, interleaveLow(even, odd));
  v128.store(LINES + at, interleaveHigh(even, odd), 16);
}

/** a0 b0 a1 b1 … of the first eight bytes, and of the last eight. */
function bytesLow(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

function bytesHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
