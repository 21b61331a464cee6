/**
 * Adds Paeth's prediction to filtered bytes, mod 256: of left a, above b and corner c the one that is nearest to
 * p = a + b − c, the first of equals. Source: PNG (Third Edition), 9.4.
 *
 * Eight values of sixteen bits, 0..255. The lower of a and b is it if max(a, b) ≤ 3c − a − b, the higher if that is
 * ≤ min(a, b), else c; where both hold, all three are equal. What is added goes by bytes, whose upper ones stay zeros.
 * The next pixel waits for `left`: only five steps lie between it and the result.
 */
export function addPaeth(left: v128, above: v128, corner: v128, filtered: v128): v128 {
  const turn = i16x8.sub(i16x8.sub(i16x8.add(corner, i16x8.shl(corner, 1)), above), left);
  const low = i16x8.min_s(left, above);
  const high = i16x8.max_s(left, above);
  const toLow = v128.andnot(i8x16.sub(low, corner), i16x8.gt_s(high, turn));
  const toHigh = v128.andnot(i8x16.sub(high, corner), i16x8.gt_s(turn, low));
  return i8x16.add(i8x16.add(toLow, toHigh), i8x16.add(corner, filtered));
}

/**
 * Adds the average of left and above, rounded down, to filtered bytes, mod 256. Source: PNG (Third Edition), 9.2.
 *
 * Left, above and the result are complements, so that only two steps lie between the first and the last: with
 * a' = 255 − a, 255 − (x + floor((a + b) / 2)) = ceil((a' + b') / 2) − x.
 */
export function addAverage(left: v128, above: v128, filtered: v128): v128 {
  return i8x16.sub(i8x16.avgr_u(left, above), filtered);
}

/** Eight bytes, of the lower half, as values of sixteen bits. */
export function wordsOf(bytes: v128): v128 {
  return i16x8.extend_low_i8x16_u(bytes);
}

/** Values of sixteen bits, 0..255, as bytes of both halves. */
export function bytesOf(words: v128): v128 {
  return i8x16.narrow_i16x8_u(words, words);
}
