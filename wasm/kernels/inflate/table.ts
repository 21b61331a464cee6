import {
  DISTANCE_BITS,
  distanceEntry,
  LENGTH_BITS,
  LITERAL_BITS,
  lengthEntry,
  linkEntry,
  literalEntry,
  noEntry,
} from "./entries";

/** What the symbols of a code mean. */
export const LITERALS: u32 = 0;
export const DISTANCES: u32 = 1;
export const LENGTHS: u32 = 2;

/** Bytes of the largest table of literals. */
export const LITERAL_ROOM: usize = 4 * (2048 + 336);

const MOST_BITS: u32 = 15;
/** By length: how many codes have it. */
const COUNTS: usize = memory.data(4 * 16, 16);
/** By length: where the symbols begin that have it, among the sorted ones. */
const STARTS: usize = memory.data(4 * 17, 16);
/** Symbols by the length of their codes. */
const SORTED: usize = memory.data(2 * 288, 16);

/**
 * Makes the table of a canonical Huffman code. Source: RFC 1951, 3.2.2.
 *
 * The first bit of a code is the lowest one of the place where its entry stands, and codes with fewer bits than the table
 * is looked up by stand at every place that begins with them. Those with more are behind links.
 *
 * Room for entries: one for each way in which its bits can stand, and those that links lead to. Behind a link are as many
 * as codes, if these have all the same length. They come sorted, so a link where the length changes is one of at most
 * three from 12 bits to 15 and of five from 10: no more than 288 + 3 · 16 of literals, 32 + 5 · 64 of distances.
 *
 * @param lengths bytes, the length of the code of each symbol, at most 15, or 0
 * @returns how many bits it is looked up by, at least 1; 0 where there is no such code
 */
export function makeTable(table: usize, meaning: u32, lengths: usize, symbols: u32): u32 {
  const longest = countLengths(lengths, symbols);
  const left = leftOver();
  if (left < 0) return 0;
  if (left > 0) {
    // One code alone has one bit, and no code is one too: zlib fails only where it comes (inflate_table in inftrees.c).
    if (longest > 1 || (longest === 1 && meaning === LENGTHS)) return 0;
    store<u32>(table, longest === 1 ? entryOf(meaning, firstWithLength(lengths), 1) : noEntry(1));
    store<u32>(table, noEntry(1), 4);
    return 1;
  }
  sortSymbols(lengths, symbols);
  const bits = min(longest, mostBits(meaning));
  const code = fillTable(table, meaning, bits);
  if (longest > bits) fillLinked(table, meaning, bits, code);
  return bits;
}

function mostBits(meaning: u32): u32 {
  return meaning === LITERALS ? LITERAL_BITS : meaning === DISTANCES ? DISTANCE_BITS : LENGTH_BITS;
}

function entryOf(meaning: u32, symbol: u32, bits: u32): u32 {
  if (meaning === LITERALS) return literalEntry(symbol, bits);
  return meaning === DISTANCES ? distanceEntry(symbol, bits) : lengthEntry(symbol, bits);
}

/** @returns the longest length */
function countLengths(lengths: usize, symbols: u32): u32 {
  for (let length: usize = 0; length <= MOST_BITS; length++) store<u32>(COUNTS + (length << 2), 0);
  let longest: u32 = 0;
  for (let symbol: usize = 0; symbol < symbols; symbol++) {
    const length: u32 = load<u8>(lengths + symbol);
    const count = COUNTS + ((<usize>length) << 2);
    store<u32>(count, load<u32>(count) + 1);
    longest = max(longest, length);
  }
  return longest;
}

function countOf(length: u32): u32 {
  return load<u32>(COUNTS + ((<usize>length) << 2));
}

/** How many codes of the longest length are left over; less than 0 where there are too many. */
function leftOver(): i32 {
  let left = 1;
  for (let length: u32 = 1; length <= MOST_BITS; length++) {
    left = (left << 1) - <i32>countOf(length);
    if (left < 0) return left;
  }
  return left;
}

function firstWithLength(lengths: usize): u32 {
  let symbol: u32 = 0;
  while (load<u8>(lengths + <usize>symbol) === 0) symbol++;
  return symbol;
}

function sortSymbols(lengths: usize, symbols: u32): void {
  let start: u32 = 0;
  for (let length: u32 = 1; length <= MOST_BITS; length++) {
    store<u32>(STARTS + ((<usize>length) << 2), start);
    start += countOf(length);
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length: usize = load<u8>(lengths + <usize>symbol);
    if (length === 0) continue;
    const place = load<u32>(STARTS + (length << 2));
    store<u16>(SORTED + ((<usize>place) << 1), <u16>symbol);
    store<u32>(STARTS + (length << 2), place + 1);
  }
}

function symbolAt(place: u32): u32 {
  return load<u16>(SORTED + ((<usize>place) << 1));
}

/**
 * Enters the codes of at most `bits` bits. The table for one bit more is twice the one before, and then the codes of that
 * length are entered.
 *
 * @returns the code behind the last one
 */
function fillTable(table: usize, meaning: u32, bits: u32): u32 {
  let code: u32 = 0,
    place: u32 = 0;
  for (let length: u32 = 1; length <= bits; length++) {
    const bytes = (<usize>2) << length;
    memory.copy(table + bytes, table, bytes);
    for (let count = countOf(length); count > 0; count--) {
      store<u32>(table + ((<usize>code) << 2), entryOf(meaning, symbolAt(place++), length));
      code = nextCode(code, length);
    }
  }
  return code;
}

/** Enters the codes of more than `bits` bits, those that begin with the same ones together. */
function fillLinked(table: usize, meaning: u32, bits: u32, first: u32): void {
  const mask: u32 = (1 << bits) - 1;
  let code = first,
    length = bits,
    count: u32 = 0,
    place = load<u32>(STARTS + ((<usize>bits) << 2)),
    from: u32 = 0,
    end: u32 = 1 << bits,
    begun: u32 = ~0;
  for (;;) {
    while (count === 0) {
      if (length === MOST_BITS) return;
      count = countOf(++length);
    }
    if ((code & mask) !== begun) {
      begun = code & mask;
      const more = bitsBehind(bits, length, count);
      from = end;
      end = from + (1 << more);
      store<u32>(table + ((<usize>begun) << 2), linkEntry(from, more, bits));
    }
    const entry = entryOf(meaning, symbolAt(place++), length - bits);
    for (let at = from + (code >> bits); at < end; at += 1 << (length - bits))
      store<u32>(table + ((<usize>at) << 2), entry);
    code = nextCode(code, length);
    count--;
  }
}

/** By how many bits a link goes on whose first code has `length`, of which there are `count`: those of its longest code. */
function bitsBehind(bits: u32, length: u32, count: u32): u32 {
  let more = length - bits,
    filled = count;
  while (filled < (<u32>1) << more) {
    more++;
    filled = (filled << 1) + countOf(bits + more);
  }
  return more;
}

/** The code behind `code`, the first bit lowest in both; what is behind the last one of all means nothing. */
function nextCode(code: u32, length: u32): u32 {
  const carried: u32 = (1 << length) - 1;
  if (code === carried) return 0;
  const bit: u32 = 1 << (31 - clz(code ^ carried));
  return (code & (bit - 1)) | bit;
}
