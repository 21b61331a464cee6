/**
 * Bytes → the RGBA8 pixels they stand for.
 *
 * - Four pixels a step: up to 3 bytes behind the bytes are read, up to 12 behind the pixels are written.
 *
 * @param from  byte address of `count` bytes, any alignment
 * @param table byte address of 256 pixels
 * @param to    byte address of `count` pixels, overlapping neither
 * @param count pixels, any value
 */
export function lookUpBytes(from: usize, table: usize, to: usize, count: u32): void {
  for (const end = from + count; from < end; from += 4, to += 16) {
    // One by one: to join them in a vector takes as long as to store them.
    store<u32>(to, load<u32>(table + ((<usize>load<u8>(from)) << 2)));
    store<u32>(to, load<u32>(table + ((<usize>load<u8>(from, 1)) << 2)), 4);
    store<u32>(to, load<u32>(table + ((<usize>load<u8>(from, 2)) << 2)), 8);
    store<u32>(to, load<u32>(table + ((<usize>load<u8>(from, 3)) << 2)), 12);
  }
}
