import { Deflation } from "./records";

/** Puts up to 24 bits behind those that there are, the first one lowest; three bytes behind those are written too. */
export function putBits(stream: Deflation, bits: u32, count: u32): void {
  const all = stream.bits | (bits << stream.count),
    there = stream.count + count;
  store<u32>(stream.to, all);
  stream.to += <usize>(there >> 3);
  stream.count = there & 7;
  stream.bits = there === 32 ? 0 : all >> (there & ~7);
}

/** Puts a code << 5 | length. */
export function putCode(stream: Deflation, code: u32): void {
  putBits(stream, code >> 5, code & 31);
}

/** Fills a byte that has been begun with zeros. */
export function fillByte(stream: Deflation): void {
  if (stream.count > 0) putBits(stream, 0, 8 - stream.count);
}
