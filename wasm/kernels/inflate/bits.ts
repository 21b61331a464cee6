import { ZlibStream } from "./records";

/** Takes up to 16 bits, the first one lowest. Where the bytes have ended they are zeros. */
export function takeBits(stream: ZlibStream, count: u32): u32 {
  while (stream.count < count) {
    stream.bits |= (<u32>load<u8>(stream.at)) << stream.count;
    stream.at++;
    stream.count += 8;
  }
  const taken = stream.bits & ((1 << count) - 1);
  dropBits(stream, count);
  return taken;
}

/** Goes past bits that have been loaded. */
export function dropBits(stream: ZlibStream, count: u32): void {
  stream.bits >>= count;
  stream.count -= count;
}

/** Goes on at the next whole byte. */
export function dropToByte(stream: ZlibStream): void {
  stream.at -= <usize>(stream.count >> 3);
  stream.bits = 0;
  stream.count = 0;
}

/** How many unread bits there are; fewer than none where more were taken than had come. */
export function bitsLeft(stream: ZlibStream): i32 {
  return ((<i32>(stream.end - stream.at)) << 3) + <i32>stream.count;
}

/**
 * Keeps what a loop over symbols has come to: of its unread bits those of a byte that has been begun, the others are
 * loaded again.
 */
export function keepBits(stream: ZlibStream, bits: u64, count: u32, at: usize): void {
  stream.at = at - <usize>(count >> 3);
  stream.count = count & 7;
  stream.bits = <u32>bits & ((1 << (count & 7)) - 1);
}
