import { bitsLeft, keepBits } from "./bits";
import { copyMatch } from "./copy";
import { entryAt, extendedValue, IS_END, IS_LINK, IS_LITERAL, IS_SPECIAL, linkedEntry } from "./entries";
import { BAD_DISTANCE, BAD_LITERAL, DISTANCE_TOO_FAR } from "./faults";
import { GOES_ON, IS_CUT, IS_FULL, PHASE_BLOCK, PHASE_SYMBOLS, ZlibStream } from "./records";

/**
 * Decodes the last symbols, for which there are not as many bytes as decodeSymbols loads ahead: one at a time, and none
 * of which a bit is missing.
 */
export function decodeLastSymbols(stream: ZlibStream): u32 {
  while (stream.to < stream.limit) {
    const status = decodeSymbol(stream);
    if (status !== GOES_ON || stream.phase !== PHASE_SYMBOLS) return status;
  }
  return IS_FULL;
}

function decodeSymbol(stream: ZlibStream): u32 {
  const literals = stream.literals,
    there = bitsLeft(stream),
    bits = <u64>stream.bits | (load<u64>(stream.at) << (<u64>stream.count));
  let entry = entryAt(literals, <u32>bits & ((1 << stream.literalBits) - 1)),
    used = 0;
  if (entry & IS_LINK) {
    used = <i32>(entry & 63);
    entry = linkedEntry(literals, entry, bits >> <u64>used);
  }
  if (!(entry & (IS_LITERAL | IS_SPECIAL))) return repeat(stream, entry, bits, used, there);
  used += <i32>(entry & 63);
  if (used > there) return IS_CUT;
  if (entry & IS_END) stream.phase = PHASE_BLOCK;
  else if (entry & IS_LITERAL) store<u8>(stream.to++, <u8>(entry >> 16));
  else return BAD_LITERAL;
  goPast(stream, bits, used);
  return GOES_ON;
}

function repeat(stream: ZlibStream, lengthEntry: u32, bits: u64, before: i32, there: i32): u32 {
  const distances = stream.distances,
    length = <usize>extendedValue(lengthEntry, bits >> <u64>before);
  let used = before + <i32>(lengthEntry & 63);
  let entry = entryAt(distances, <u32>(bits >> <u64>used) & ((1 << stream.distanceBits) - 1));
  if (entry & IS_LINK) {
    used += <i32>(entry & 63);
    entry = linkedEntry(distances, entry, bits >> <u64>used);
  }
  const distance = <usize>extendedValue(entry, bits >> <u64>used);
  used += <i32>(entry & 63);
  if (used > there) return IS_CUT;
  if (entry & IS_SPECIAL) return BAD_DISTANCE;
  if (distance > stream.to - stream.window) return DISTANCE_TOO_FAR;
  copyMatch(stream.to, distance, length);
  stream.to += length;
  goPast(stream, bits, used);
  return GOES_ON;
}

/** Seven bytes of those in `bits` may be counted whole, and no symbol has more than 48 bits. */
function goPast(stream: ZlibStream, bits: u64, used: i32): void {
  keepBits(stream, bits >> <u64>used, stream.count + 56 - <u32>used, stream.at + 7);
}
