import { HALF_AFTER_COLUMNS, HALF_AFTER_ROWS, interleaveHigh, interleaveLow } from "./inverse-lanes";
import { storeSamples, transformColumns, transformLowColumns } from "./inverse8-pass";

/** Eight rows of eight 16-bit values between the passes; nothing is kept there between calls. */
const BETWEEN: usize = memory.data(128, 16);

/**
 * The 8×8 inverse transform of one block, equal bit for bit to libjpeg's "islow" wherever that does not overflow.
 *
 * - Products of coefficient and step wrap at 16 bits, sums at 32, the rest saturates: any input has an output.
 *
 * @param block        byte address of 64 i16 coefficients, row by row, 16-aligned; left as it is
 * @param quantisation byte address of their 64 u16 steps, in the same order, 16-aligned
 * @param to           byte address of the top left of 8×8 samples, any alignment
 * @param stride       bytes from one row of samples to the next
 */
export function inverse8(block: usize, quantisation: usize, to: usize, stride: usize): void {
  v128.store(BETWEEN, i16x8.mul(v128.load(block), v128.load(quantisation)));
  v128.store(BETWEEN, i16x8.mul(v128.load(block, 16), v128.load(quantisation, 16)), 16);
  v128.store(BETWEEN, i16x8.mul(v128.load(block, 32), v128.load(quantisation, 32)), 32);
  v128.store(BETWEEN, i16x8.mul(v128.load(block, 48), v128.load(quantisation, 48)), 48);
  v128.store(BETWEEN, i16x8.mul(v128.load(block, 64), v128.load(quantisation, 64)), 64);
  v128.store(BETWEEN, i16x8.mul(v128.load(block, 80), v128.load(quantisation, 80)), 80);
  v128.store(BETWEEN, i16x8.mul(v128.load(block, 96), v128.load(quantisation, 96)), 96);
  v128.store(BETWEEN, i16x8.mul(v128.load(block, 112), v128.load(quantisation, 112)), 112);
  transformBetween(HALF_AFTER_COLUMNS);
  transformBetween(HALF_AFTER_ROWS);
  storeSamples(BETWEEN, to, stride);
}

/** One pass over all eight columns; columns come out as rows. */
function transformBetween(half: i32): void {
  const x0 = v128.load(BETWEEN);
  const x1 = v128.load(BETWEEN, 16);
  const x2 = v128.load(BETWEEN, 32);
  const x3 = v128.load(BETWEEN, 48);
  const x4 = v128.load(BETWEEN, 64);
  const x5 = v128.load(BETWEEN, 80);
  const x6 = v128.load(BETWEEN, 96);
  const x7 = v128.load(BETWEEN, 112);
  transformColumns(
    interleaveLow(x0, x4),
    interleaveLow(x2, x6),
    interleaveLow(x1, x3),
    interleaveLow(x5, x7),
    half,
    BETWEEN,
  );
  transformColumns(
    interleaveHigh(x0, x4),
    interleaveHigh(x2, x6),
    interleaveHigh(x1, x3),
    interleaveHigh(x5, x7),
    half,
    BETWEEN + 64,
  );
}

/**
 * The same of a block where only the 4×4 lowest frequencies may be other than zero; the same samples, sooner.
 *
 * What is outside them is ignored.
 */
export function inverse8low(block: usize, quantisation: usize, to: usize, stride: usize): void {
  const x0 = i16x8.mul(v128.load(block), v128.load(quantisation));
  const x1 = i16x8.mul(v128.load(block, 16), v128.load(quantisation, 16));
  const x2 = i16x8.mul(v128.load(block, 32), v128.load(quantisation, 32));
  const x3 = i16x8.mul(v128.load(block, 48), v128.load(quantisation, 48));
  transformLowColumns(interleaveLow(x0, x2), interleaveLow(x1, x3), HALF_AFTER_COLUMNS, BETWEEN);
  const y0 = v128.load(BETWEEN);
  const y1 = v128.load(BETWEEN, 16);
  const y2 = v128.load(BETWEEN, 32);
  const y3 = v128.load(BETWEEN, 48);
  transformLowColumns(interleaveLow(y0, y2), interleaveLow(y1, y3), HALF_AFTER_ROWS, BETWEEN);
  transformLowColumns(interleaveHigh(y0, y2), interleaveHigh(y1, y3), HALF_AFTER_ROWS, BETWEEN + 64);
  storeSamples(BETWEEN, to, stride);
}
