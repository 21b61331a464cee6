import { addPaeth, bytesOf } from "./lanes";

/**
 * Undoes the filter Paeth: out[i] = from[i] + Paeth's prediction from out[i − pixel], above[i] and above[i − pixel], mod
 * 256; zeros stand to the left of the rows. Source: PNG (Third Edition), 9.4.
 *
 * - A pixel a step, eight bytes read and written: up to 7 bytes behind the rows.
 *
 * @param from  byte address of `bytes` filtered bytes, any alignment; so are `above` and `to`, which must not overlap
 * @param above byte address of the row above, as it was before it was filtered
 * @param bytes whole pixels
 * @param pixel bytes of a pixel, 1..8
 */
export function unfilterPaeth(from: usize, above: usize, to: usize, bytes: u32, pixel: u32): void {
  let left = i64x2.splat(0);
  let corner = left;
  for (const end = to + bytes; to < end; to += pixel, from += pixel, above += pixel) {
    const over = v128.load8x8_u(above);
    left = addPaeth(left, over, corner, v128.load8x8_u(from));
    corner = over;
    v128.store64_lane(to, bytesOf(left), 0);
  }
}
