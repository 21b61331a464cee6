import { addPaeth, bytesOf, wordsOf } from "./lanes";

/**
 * `unfilterPaeth` of two rows, one below the other, for pixels of at most four bytes.
 *
 * A pixel waits for the one to its left, and a processor has little to do meanwhile: so both rows go in one vector. The
 * lower one is two pixels behind: one behind, it would wait for what the upper has just become.
 *
 *   pixel n of the upper row | pixel n − 2 of the lower row
 *
 * - A pixel a step, four bytes read and written: up to 3 bytes behind the rows.
 *
 * @param from  byte address of `bytes` filtered bytes of the upper row, any alignment; `next` of the lower
 * @param above byte address of the row above the upper, as it was before it was filtered
 * @param to    byte address of `bytes` bytes for the upper row, overlapping none of the others; `below` for the lower
 * @param bytes whole pixels, at least two
 * @param pixel bytes of a pixel, 1..4
 */
export function unfilterPaethPair(
  from: usize,
  next: usize,
  above: usize,
  to: usize,
  below: usize,
  bytes: u32,
  pixel: u32,
): void {
  const zero = i64x2.splat(0);
  const end = to + bytes;
  const start = to + 2 * pixel;
  let left = zero;
  let before = zero;
  let corner = zero;
  // Of nothing in the lower half comes nothing.
  for (; to < start; to += pixel, from += pixel, above += pixel) {
    const over = wordsOf(v128.load32_zero(above));
    before = left;
    left = addPaeth(left, over, corner, wordsOf(v128.load32_zero(from)));
    corner = over;
    v128.store32_lane(to, bytesOf(left), 0);
  }
  for (; to < end; to += pixel, from += pixel, above += pixel, next += pixel, below += pixel) {
    const over = v128.shuffle<i64>(wordsOf(v128.load32_zero(above)), before, 0, 2);
    before = left;
    left = addPaeth(left, over, corner, wordsOf(v128.load32_lane(next, v128.load32_zero(from), 1)));
    corner = over;
    const pixels = bytesOf(left);
    v128.store32_lane(to, pixels, 0);
    v128.store32_lane(below, pixels, 1);
  }
  // Of the upper half nothing is stored any more.
  for (const stop = below + 2 * pixel; below < stop; next += pixel, below += pixel) {
    const over = v128.shuffle<i64>(zero, before, 0, 2);
    before = left;
    left = addPaeth(left, over, corner, wordsOf(v128.load32_lane(next, zero, 1)));
    corner = over;
    v128.store32_lane(below, bytesOf(left), 1);
  }
}
