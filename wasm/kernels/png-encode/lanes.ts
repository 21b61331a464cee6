/**
 * Paeth's prediction from left a, above b and corner c: the one that is nearest to p = a + b − c, the first of equals.
 * Source: PNG (Third Edition), 9.4.
 *
 * Sixteen bytes. |p − a| = |b − c| and |p − b| = |a − c|. Where b and a lie on the same side of c, |p − c| is the sum of
 * both, and so never the only smallest; else it is their difference, which a byte holds.
 */
export function paethOf(left: v128, above: v128, corner: v128): v128 {
  const aboveOver = i8x16.sub_sat_u(above, corner);
  const aboveUnder = i8x16.sub_sat_u(corner, above);
  const leftOver = i8x16.sub_sat_u(left, corner);
  const leftUnder = i8x16.sub_sat_u(corner, left);
  const byLeft = v128.or(aboveOver, aboveUnder);
  const byAbove = v128.or(leftOver, leftUnder);
  const least = i8x16.min_u(byLeft, byAbove);
  const difference = i8x16.sub(i8x16.max_u(byLeft, byAbove), least);
  // Of two that lie on the same side both are over or both under; what equals c lies on no side.
  const sameSide = v128.or(i8x16.min_u(aboveOver, leftOver), i8x16.min_u(aboveUnder, leftUnder));
  const isOther = i8x16.eq(sameSide, i64x2.splat(0));
  const toCorner = v128.and(isOther, i8x16.lt_u(difference, least));
  const either = v128.bitselect(left, above, i8x16.eq(byLeft, least));
  return v128.bitselect(corner, either, toCorner);
}

/** The average of left and above, rounded down: complements are rounded up. Source: PNG (Third Edition), 9.2. */
export function averageOf(left: v128, above: v128): v128 {
  return v128.not(i8x16.avgr_u(v128.not(left), v128.not(above)));
}
