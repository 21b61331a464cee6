/**
 * Cells are boxes of source pixels, added up. Four rows of them lie side by side, two cells of a row in a vector, so that
 * a dot product with two weights needs no shuffle. Pair p of row r is at 64 p + 16 r, sixteen bits a sum:
 *
 *   red 2p, red 2p+1 | green 2p, green 2p+1 | blue 2p, blue 2p+1 | alpha 2p, alpha 2p+1
 */
export const PAIR: usize = 64;

/** The lower halves of four 32-bit sums each of two cells → one vector of a row of cells; `even` has no upper halves. */
export function pairOf(even: v128, odd: v128): v128 {
  return v128.or(even, i32x4.shl(odd, 16));
}
