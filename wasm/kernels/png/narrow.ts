/**
 * Samples of sixteen bits, the upper byte first → bytes: round(v · 255 / 65535), which is v / 257 and so never a half.
 *
 * With k = round(v / 256) it is floor((v − k + 128) / 256), and no lane overflows.
 *
 * - Sixteen samples a step: up to 30 bytes behind the samples are read, up to 15 behind the bytes are written.
 *
 * @param from  byte address of `count` samples, any alignment
 * @param to    byte address of `count` bytes, not overlapping them
 * @param count samples, any value
 */
export function narrowSamples(from: usize, to: usize, count: u32): void {
  for (const end = to + count; to < end; from += 32, to += 16) {
    v128.store(to, i8x16.narrow_i16x8_u(narrowed(v128.load(from)), narrowed(v128.load(from, 16))));
  }
}

function narrowed(samples: v128): v128 {
  const value = i8x16.swizzle(samples, i8x16(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
  // (floor(v / 128) + 1) / 2, rounded down: v + 128 would have seventeen bits.
  const over256 = i16x8.avgr_u(i16x8.shr_u(value, 7), i64x2.splat(0));
  return i16x8.shr_u(i16x8.add(i16x8.sub(value, over256), i16x8.splat(128)), 8);
}
