/** Where the k-th coefficient of the file lies in a block, row by row: 64 bytes. Source: ITU-T T.81, figure A.6. */
export const ZIGZAG: usize = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);

/**
 * Which of 64 bytes in natural order are not zero, one bit each in zigzag order. Only this is permuted: coefficients
 * themselves are fetched where there are any, which are few.
 *
 * A shuffle takes from two vectors, so each sixteen places of the order are gathered from what two or three hold; places
 * that a later shuffle fills have a 0 until then.
 */
export function zigzagMask(b0: v128, b1: v128, b2: v128, b3: v128): u64 {
  const none = i64x2.splat(0);
  // 0 1 8 16 9 2 3 10 17 24 (32) 25 18 11 4 5
  const first01 = v128.shuffle<i8>(b0, b1, 0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 0, 25, 18, 11, 4, 5);
  const first = v128.shuffle<i8>(first01, b2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 11, 12, 13, 14, 15);
  // 12 19 26 (33 40 48 41 34) 27 20 13 6 7 14 21 28
  const second01 = v128.shuffle<i8>(b0, b1, 12, 19, 26, 0, 0, 0, 0, 0, 27, 20, 13, 6, 7, 14, 21, 28);
  const second23 = v128.shuffle<i8>(b2, b3, 0, 0, 0, 1, 8, 16, 9, 2, 0, 0, 0, 0, 0, 0, 0, 0);
  const second = v128.shuffle<i8>(second01, second23, 0, 1, 2, 19, 20, 21, 22, 23, 8, 9, 10, 11, 12, 13, 14, 15);
  // 35 42 49 56 57 50 43 36 (29 22 15 23 30) 37 44 51
  const third23 = v128.shuffle<i8>(b2, b3, 3, 10, 17, 24, 25, 18, 11, 4, 0, 0, 0, 0, 0, 5, 12, 19);
  const third01 = v128.shuffle<i8>(b0, b1, 0, 0, 0, 0, 0, 0, 0, 0, 29, 22, 15, 23, 30, 0, 0, 0);
  const third = v128.shuffle<i8>(third23, third01, 0, 1, 2, 3, 4, 5, 6, 7, 24, 25, 26, 27, 28, 13, 14, 15);
  // 58 59 52 45 38 (31) 39 46 53 60 61 54 47 55 62 63
  const fourth23 = v128.shuffle<i8>(b2, b3, 26, 27, 20, 13, 6, 0, 7, 14, 21, 28, 29, 22, 15, 23, 30, 31);
  const fourth = v128.shuffle<i8>(fourth23, b1, 0, 1, 2, 3, 4, 31, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const low = <u32>i8x16.bitmask(i8x16.eq(first, none)) | ((<u32>i8x16.bitmask(i8x16.eq(second, none))) << 16);
  const high = <u32>i8x16.bitmask(i8x16.eq(third, none)) | ((<u32>i8x16.bitmask(i8x16.eq(fourth, none))) << 16);
  return ~(((<u64>high) << 32) | <u64>low);
}
