import { averageOf, paethOf } from "./lanes";

/**
 * What each filter would leave of a row: the sum of its bytes, as numbers of −128..127 without their signs, in the order
 * None, Sub, Up, Average, Paeth; and how many bytes Sub and Up would leave as zeros. Source: PNG (Third Edition), 12.7.
 *
 * - Sixteen bytes a step: up to 15 bytes behind the rows are read, and do not count.
 * - `pixel` bytes before `row` and before `above` are read: zeros, which stand to the left of a picture.
 *
 * @param row   byte address of `bytes` bytes, any alignment; so is `above`, the row above
 * @param bytes at most 2²⁴: sums have 32 bits
 * @param pixel bytes of a pixel, 1..8
 * @param to    byte address of seven numbers of 32 bits
 */
export function weighFilters(row: usize, above: usize, bytes: u32, pixel: u32, to: usize): void {
  const zero = i64x2.splat(0);
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  let none = zero,
    sub = zero,
    up = zero,
    average = zero,
    paeth = zero;
  let sameAsLeft: u32 = 0,
    sameAsAbove: u32 = 0;
  const end = row + bytes;
  for (; row < end; row += 16, above += 16) {
    // Of zeros everything foretells zeros: what lies behind the row adds nothing.
    const inside = i8x16.lt_u(places, i8x16.splat(<i8>min<usize>(end - row, 16)));
    const own = v128.and(v128.load(row), inside);
    const left = v128.and(v128.load(row - pixel), inside);
    const over = v128.and(v128.load(above), inside);
    const corner = v128.and(v128.load(above - pixel), inside);
    const bySub = i8x16.sub(own, left);
    const byUp = i8x16.sub(own, over);
    none = i32x4.add(none, sizesOf(own));
    sub = i32x4.add(sub, sizesOf(bySub));
    up = i32x4.add(up, sizesOf(byUp));
    average = i32x4.add(average, sizesOf(i8x16.sub(own, averageOf(left, over))));
    paeth = i32x4.add(paeth, sizesOf(i8x16.sub(own, paethOf(left, over, corner))));
    sameAsLeft += popcnt(i8x16.bitmask(i8x16.eq(bySub, zero)));
    sameAsAbove += popcnt(i8x16.bitmask(i8x16.eq(byUp, zero)));
  }
  const behind = <u32>(row - end);
  store<u32>(to, sumOf(none));
  store<u32>(to, sumOf(sub), 4);
  store<u32>(to, sumOf(up), 8);
  store<u32>(to, sumOf(average), 12);
  store<u32>(to, sumOf(paeth), 16);
  store<u32>(to, sameAsLeft - behind, 20);
  store<u32>(to, sameAsAbove - behind, 24);
}

/** Sixteen bytes without their signs, added up by fours; that of −128 is 128. */
function sizesOf(bytes: v128): v128 {
  return i32x4.dot_i16x8_s(i16x8.extadd_pairwise_i8x16_u(i8x16.abs(bytes)), i16x8.splat(1));
}

function sumOf(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
