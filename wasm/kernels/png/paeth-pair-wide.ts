import { addPaeth, bytesOf } from "./lanes";

/**
 * `unfilterPaeth` of two rows, one below the other, for pixels that take a vector each. The lower row is a pixel behind:
 * what it waits for, and what the upper waits for, have nothing to do with one another.
 *
 * - A pixel a step, eight bytes read and written: up to 7 bytes behind the rows.
 *
 * @param from  byte address of `bytes` filtered bytes of the upper row, any alignment; `next` of the lower
 * @param above byte address of the row above the upper, as it was before it was filtered
 * @param to    byte address of `bytes` bytes for the upper row, overlapping none of the others; `below` for the lower
 * @param bytes whole pixels, at least one
 * @param pixel bytes of a pixel, 1..8
 */
export function unfilterPaethPairWide(
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
  let corner = v128.load8x8_u(above);
  let upper = addPaeth(zero, corner, zero, v128.load8x8_u(from));
  let upperLeft = zero;
  let lower = zero;
  v128.store64_lane(to, bytesOf(upper), 0);
  for (to += pixel; to < end; to += pixel, next += pixel, below += pixel) {
    from += pixel;
    above += pixel;
    lower = addPaeth(lower, upper, upperLeft, v128.load8x8_u(next));
    v128.store64_lane(below, bytesOf(lower), 0);
    const over = v128.load8x8_u(above);
    upperLeft = upper;
    upper = addPaeth(upper, over, corner, v128.load8x8_u(from));
    corner = over;
    v128.store64_lane(to, bytesOf(upper), 0);
  }
  lower = addPaeth(lower, upper, upperLeft, v128.load8x8_u(next));
  v128.store64_lane(below, bytesOf(lower), 0);
}
