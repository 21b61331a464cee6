import { addAverage } from "./lanes";

/**
 * Undoes the filter Average: out[i] = from[i] + floor((out[i − pixel] + above[i]) / 2), mod 256; zeros stand to the left
 * of the row. Source: PNG (Third Edition), 9.2.
 *
 * - A pixel a step, eight bytes read and written: up to 7 bytes behind the rows.
 *
 * @param from  byte address of `bytes` filtered bytes, any alignment; so are `above` and `to`, which must not overlap
 * @param above byte address of the row above, as it was before it was filtered
 * @param bytes whole pixels
 * @param pixel bytes of a pixel, 1..8
 */
export function unfilterAverage(from: usize, above: usize, to: usize, bytes: u32, pixel: u32): void {
  let left = i8x16.splat(-1);
  for (const end = to + bytes; to < end; to += pixel, from += pixel, above += pixel) {
    left = addAverage(left, v128.not(v128.load64_zero(above)), v128.load64_zero(from));
    v128.store64_lane(to, v128.not(left), 0);
  }
}
