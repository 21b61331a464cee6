/**
 * Undoes the filter Up: out[i] = from[i] + above[i], mod 256. Source: PNG (Third Edition), 9.2.
 *
 * - Sixteen bytes a step: up to 15 bytes behind the rows are read and written.
 *
 * @param from  byte address of `bytes` filtered bytes, any alignment; so are `above` and `to`, which must not overlap
 * @param above byte address of the row above, as it was before it was filtered
 */
export function unfilterUp(from: usize, above: usize, to: usize, bytes: u32): void {
  for (const end = to + bytes; to < end; to += 16, from += 16, above += 16) {
    v128.store(to, i8x16.add(v128.load(from), v128.load(above)));
  }
}
