/**
 * Values of fewer bits than eight → the RGBA8 pixels they stand for, as many at a time as a byte has.
 *
 * - The byte behind the last that is used is read, up to 28 behind the pixels are written.
 *
 * @param from  byte address of the byte that the first value is in
 * @param skip  bits of it that stand before the value, 0..7
 * @param table byte address of the pixels of each of the 256 bytes
 * @param to    byte address of `count` pixels, overlapping neither
 * @param count pixels, any value
 * @param depth bits of a value: 1, 2 or 4
 */
export function lookUpBits(from: usize, skip: u32, table: usize, to: usize, count: u32, depth: u32): void {
  const end = to + ((<usize>count) << 2);
  if (depth === 4) {
    for (; to < end; from++, to += 8) {
      store<u64>(to, load<u64>(table + (byteAt(from, skip) << 3)));
    }
  } else if (depth === 2) {
    for (; to < end; from++, to += 16) {
      v128.store(to, v128.load(table + (byteAt(from, skip) << 4)));
    }
  } else {
    for (; to < end; from++, to += 32) {
      const pixels = table + (byteAt(from, skip) << 5);
      v128.store(to, v128.load(pixels));
      v128.store(to, v128.load(pixels, 16), 16);
    }
  }
}

/** Eight bits, from any bit on. */
function byteAt(from: usize, skip: u32): usize {
  const both = ((<u32>load<u8>(from)) << 8) | <u32>load<u8>(from, 1);
  return (both >> (8 - skip)) & 0xff;
}
