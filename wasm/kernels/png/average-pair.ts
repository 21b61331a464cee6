import { addAverage } from "./lanes";

/**
 * `unfilterAverage` of two rows, one below the other, as `unfilterPaethPair` does it: in one vector, the lower row two
 * pixels behind.
 *
 *   pixel n of the upper row | pixel n − 2 of the lower row
 *
 * - A pixel a step, eight bytes read and written: up to 7 bytes behind the rows.
 *
 * @param from  byte address of `bytes` filtered bytes of the upper row, any alignment; `next` of the lower
 * @param above byte address of the row above the upper, as it was before it was filtered
 * @param to    byte address of `bytes` bytes for the upper row, overlapping none of the others; `below` for the lower
 * @param bytes whole pixels, at least two
 * @param pixel bytes of a pixel, 1..8
 */
export function unfilterAveragePair(
  from: usize,
  next: usize,
  above: usize,
  to: usize,
  below: usize,
  bytes: u32,
  pixel: u32,
): void {
  const zero = i64x2.splat(0);
  const none = v128.not(zero);
  const end = to + bytes;
  const start = to + 2 * pixel;
  let left = none;
  let before = none;
  // Of nothing in the lower half comes nothing: complements of zeros.
  for (; to < start; to += pixel, from += pixel, above += pixel) {
    const over = v128.not(v128.load64_zero(above));
    before = left;
    left = addAverage(left, over, v128.load64_zero(from));
    v128.store64_lane(to, v128.not(left), 0);
  }
  for (; to < end; to += pixel, from += pixel, above += pixel, next += pixel, below += pixel) {
    const over = v128.shuffle<i64>(v128.not(v128.load64_zero(above)), before, 0, 2);
    before = left;
    left = addAverage(left, over, v128.load64_lane(next, v128.load64_zero(from), 1));
    const pixels = v128.not(left);
    v128.store64_lane(to, pixels, 0);
    v128.store64_lane(below, pixels, 1);
  }
  // Of the upper half nothing is stored any more.
  for (const stop = below + 2 * pixel; below < stop; next += pixel, below += pixel) {
    const over = v128.shuffle<i64>(none, before, 0, 2);
    before = left;
    left = addAverage(left, over, v128.load64_lane(next, zero, 1));
    v128.store64_lane(below, v128.not(left), 1);
  }
}
