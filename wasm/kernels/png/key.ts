/**
 * Makes the pixels transparent whose samples are those of the key, bit for bit.
 *
 * - Eight bytes are read a pixel: up to 7 behind the samples.
 *
 * @param from  byte address of the samples of `count` pixels, any alignment
 * @param key   byte address of the samples of the key, as they lie in a row; eight bytes are read
 * @param to    byte address of `count` pixels, opaque RGBA8
 * @param pixel bytes of the samples of a pixel, 1..8
 */
export function applyKey(from: usize, key: usize, to: usize, count: u32, pixel: u32): void {
  const mask = <u64>-1 >>> (64 - 8 * pixel);
  const wanted = load<u64>(key) & mask;
  for (const end = to + ((<usize>count) << 2); to < end; from += pixel, to += 4) {
    store<u8>(to, (load<u64>(from) & mask) === wanted ? 0 : 255, 3);
  }
}
