import { fillByte, putBits } from "./bits";
import { Deflation } from "./records";

const MOST_STORED: usize = 65535;
const STORED: u32 = 0;

/** Bits of bytes that are stored, at most. */
export function storedBits(count: usize): u32 {
  const blocks = (count + MOST_STORED - 1) / MOST_STORED;
  return <u32>((count << 3) + blocks * (3 + 7 + 32));
}

/** Writes bytes as they are, in as many blocks as they need. Source: RFC 1951, 3.2.4. */
export function putStored(stream: Deflation, from: usize, count: usize, isFinal: u32): void {
  let at = from,
    left = count;
  while (left > 0) {
    const there = min(left, MOST_STORED);
    putBits(stream, (STORED << 1) | (there === left ? isFinal : 0), 3);
    fillByte(stream);
    store<u16>(stream.to, <u16>there);
    store<u16>(stream.to, <u16>~there, 2);
    memory.copy(stream.to + 4, at, there);
    stream.to += 4 + there;
    at += there;
    left -= there;
  }
}
