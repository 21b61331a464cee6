const BASE: u32 = 65521;
/** Bytes that are summed before remainders are taken: of 5552 neither sum exceeds 32 bits. */
const STRETCH: usize = 5552;

/**
 * Adler-32 of `count` bytes more: a = 1 + Σ byte, b = Σ a, both modulo 65521; b << 16 | a. Source: RFC 1950, 8.2.
 *
 * @param adler of the bytes before; 1 at first
 * @param from  any address
 */
export function adler32(adler: u32, from: usize, count: usize): u32 {
  let a = adler & 0xffff,
    b = adler >> 16,
    at = from;
  const end = from + count;
  while (end - at >= 32) {
    const stop = at + (min(end - at, STRETCH) & ~31);
    const vectors = <u32>((stop - at) >> 5);
    let sums = i32x4.splat(0),
      before = i32x4.splat(0),
      weighed = i32x4.splat(0);
    for (; at < stop; at += 32) {
      const low = v128.load(at),
        high = v128.load(at, 16);
      before = i32x4.add(before, sums);
      sums = i32x4.add(
        sums,
        i32x4.extadd_pairwise_i16x8_u(
          i16x8.add(i16x8.extadd_pairwise_i8x16_u(low), i16x8.extadd_pairwise_i8x16_u(high)),
        ),
      );
      weighed = i32x4.add(
        weighed,
        weigh(low, i16x8(32, 31, 30, 29, 28, 27, 26, 25), i16x8(24, 23, 22, 21, 20, 19, 18, 17)),
      );
      weighed = i32x4.add(weighed, weigh(high, i16x8(16, 15, 14, 13, 12, 11, 10, 9), i16x8(8, 7, 6, 5, 4, 3, 2, 1)));
    }
    // Each of the 32 bytes of a pair of vectors is in b once for every byte behind it, itself included.
    b = (b + a * (vectors << 5) + (sumOf(before) << 5) + sumOf(weighed)) % BASE;
    a = (a + sumOf(sums)) % BASE;
  }
  for (; at < end; at++) {
    a += load<u8>(at);
    b += a;
  }
  return ((b % BASE) << 16) | (a % BASE);
}

function weigh(bytes: v128, low: v128, high: v128): v128 {
  return i32x4.add(
    i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), low),
    i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), high),
  );
}

function sumOf(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
