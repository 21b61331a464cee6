import { DISTANCES, LITERALS } from "./alphabet";
import { putBits, putCode } from "./bits";
import { LENGTH_SYMBOLS, lengthsExtra, tellLengths } from "./code-lengths";
import { makeCodes } from "./codes";
import { DISTANCE_FREQUENCIES, LITERAL_FREQUENCIES } from "./frequencies";
import { makeLengths } from "./huffman";
import { Deflation } from "./records";

/** Bits of codes, at most: of literals one less than there may be, so that four of them go through at a time. */
const LITERAL_BITS: u32 = 14;
const DISTANCE_BITS: u32 = 15;
const TOLD_BITS: u32 = 7;
const LEAST_LITERALS: u32 = 257;
const LEAST_TOLD: u32 = 4;

/** Lengths of the codes of a block. */
export const LITERAL_LENGTHS: usize = memory.data(288, 16);
export const DISTANCE_LENGTHS: usize = memory.data(32, 16);
/** Both, one behind the other, and how they are told. */
const LENGTHS: usize = memory.data(320, 16);
const TOLD: usize = memory.data(4 * 320, 16);
const TOLD_FREQUENCIES: usize = memory.data(4 * 20, 16);
const TOLD_LENGTHS: usize = memory.data(20, 16);
const TOLD_CODES: usize = memory.data(4 * 20, 16);
/** In which order the lengths of the codes come in which lengths are told. */
const ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/**
 * Makes codes for what has been counted, and what is to be told of them. Source: RFC 1951, 3.2.7.
 *
 * @returns behind the last word of `TOLD`
 */
export function makeDynamicCodes(): usize {
  makeLengths(LITERAL_FREQUENCIES, LITERALS, LITERAL_BITS, LITERAL_LENGTHS);
  makeLengths(DISTANCE_FREQUENCIES, DISTANCES, DISTANCE_BITS, DISTANCE_LENGTHS);
  const literals = literalCount(),
    distances = usedOf(DISTANCE_LENGTHS, DISTANCES);
  memory.copy(LENGTHS, LITERAL_LENGTHS, <usize>literals);
  memory.copy(LENGTHS + <usize>literals, DISTANCE_LENGTHS, <usize>distances);
  const behind = tellLengths(LENGTHS, literals + distances, TOLD, TOLD_FREQUENCIES);
  makeLengths(TOLD_FREQUENCIES, LENGTH_SYMBOLS, TOLD_BITS, TOLD_LENGTHS);
  return behind;
}

/** Bits of a header, the type of the block not among them. */
export function dynamicHeaderBits(): u32 {
  let bits: u32 = 5 + 5 + 4 + 3 * toldCount();
  for (let symbol: u32 = 0; symbol < LENGTH_SYMBOLS; symbol++) {
    const length: u32 = load<u8>(TOLD_LENGTHS + <usize>symbol);
    bits += load<u32>(TOLD_FREQUENCIES + ((<usize>symbol) << 2)) * (length + lengthsExtra(symbol));
  }
  return bits;
}

/** Writes the header of a block, behind its type. */
export function putDynamicHeader(stream: Deflation, behind: usize): void {
  const count = toldCount();
  putBits(stream, literalCount() - LEAST_LITERALS, 5);
  putBits(stream, usedOf(DISTANCE_LENGTHS, DISTANCES) - 1, 5);
  putBits(stream, count - LEAST_TOLD, 4);
  for (let place: u32 = 0; place < count; place++) putBits(stream, toldLength(place), 3);
  makeCodes(TOLD_LENGTHS, LENGTH_SYMBOLS, TOLD_CODES);
  for (let told = TOLD; told < behind; told += 4) {
    const word = load<u32>(told),
      symbol = word & 31;
    putCode(stream, load<u32>(TOLD_CODES + ((<usize>symbol) << 2)));
    putBits(stream, word >> 5, lengthsExtra(symbol));
  }
}

function literalCount(): u32 {
  return max(LEAST_LITERALS, usedOf(LITERAL_LENGTHS, LITERALS));
}

/** How many symbols there are up to the last one that is used. */
function usedOf(lengths: usize, symbols: u32): u32 {
  let used = symbols;
  while (load<u8>(lengths + <usize>used - 1) === 0) used--;
  return used;
}

function toldCount(): u32 {
  let count = LENGTH_SYMBOLS;
  while (count > LEAST_TOLD && toldLength(count - 1) === 0) count--;
  return count;
}

function toldLength(place: u32): u32 {
  return load<u8>(TOLD_LENGTHS + <usize>load<u8>(ORDER + <usize>place));
}
