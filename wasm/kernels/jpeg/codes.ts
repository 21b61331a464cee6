import { Scan } from "./records";

/**
 * A table of codes, as src/codec/jpeg/huffman.ts lays it out:
 *
 * - 1024 entries of 32 bits, by the next 10 bits of the data, of what stands there (`ENTRY_…`);
 * - 18 i32: behind the last code of each length, left-justified to 16 bits; none is larger than the last of them;
 * - 18 i32: by length, what is added to a code for its place among the symbols;
 * - 256 symbols;
 * - 4096 u16, in tables for AC alone: by the next 12 bits, how many of them hold whole coefficients (bits 0 to 3), and
 *   by how much these advance (bits 4 to 15), 2048 more at the end of the block, 1000 where there is none.
 */
export const LOOKAHEAD: i32 = 10;
const LIMITS: usize = 4096;
const OFFSETS: usize = LIMITS + 72;
const SYMBOLS: usize = OFFSETS + 72;
const LEAPS: usize = SYMBOLS + 256;
const LEAP_LOOKAHEAD: i32 = 12;

/**
 * An entry for a whole coefficient: bits 0 to 6 its length with its value, 8 to 15 how far it advances (128 at the end
 * of the block), 16 to 31 the value. Otherwise bit 7 is set, bits 0 to 6 are the length of the code, 0 where it is
 * longer than the look-ahead, and 8 to 15 its symbol.
 */
export const ENTRY_PARTIAL: i32 = 0x80;
export const ENTRY_LENGTH: i32 = 0x7f;

/** The entry for what `bits` begin with. */
export function entryOf(table: usize, bits: u64): i32 {
  return load<i32>(table + ((<usize>(bits >> (64 - LOOKAHEAD))) << 2));
}

/** How far the next 12 bits leap, and how long that is. */
export function leapOf(table: usize, bits: u64): i32 {
  return load<u16>(table + ((<usize>(bits >> (64 - LEAP_LOOKAHEAD))) << 1), LEAPS);
}

/** Length and symbol of a code within the look-ahead: length << 8 | symbol; 0 for a longer one. */
export function shortCodeOf(entry: i32): i32 {
  // The symbol of a longer one is entered as 0.
  return ((entry & ENTRY_LENGTH) << 8) | ((entry >> 8) & 0xff);
}

/**
 * The same of a code longer than the look-ahead. One that the table does not have means 0, and is a bit longer than any:
 * libjpeg has read that far when it gives up (jpeg_huff_decode in jdhuff.c).
 */
export function longCodeOf(scan: Scan, table: usize, bits: u64): i32 {
  const code = <i32>(bits >> 48);
  let length = LOOKAHEAD + 1;
  while (length <= 16 && code >= load<i32>(table + ((<usize>length) << 2), LIMITS)) length++;
  if (length > 16) {
    scan.incomplete = 1;
    return 17 << 8;
  }
  const at = load<i32>(table + ((<usize>length) << 2), OFFSETS) + (code >> (16 - length));
  return (length << 8) | <i32>load<u8>(table + <usize>(at & 255), SYMBOLS);
}

/** Four bytes, the first one uppermost. */
export function bigEndian(at: usize): u64 {
  return <u64>bswap<u32>(load<u32>(at));
}

/**
 * The value that stands in the uppermost `size` bits, 1 … 15. Source: T.81, F.2.2.1 (EXTEND).
 *
 * Without a branch: signs cannot be foretold.
 */
export function extended(bits: u64, size: i32): i32 {
  const value = <i32>(bits >> <u64>(64 - size));
  const isNegative = (value - (1 << (size - 1))) >> 31;
  return value + (isNegative & (1 - (1 << size)));
}
