import type { Codes } from "./tables.ts";

/**
 * What the codes of a table are for: differences of DC, coefficients of a sequential scan, or those of a progressive
 * one, where the end of a block is the end of a run of blocks.
 */
export type CodesKind = "dc" | "ac" | "progressiveAc";

/** Bits of the data by which codes are looked up: one at a time, and several at a time. */
const LOOKAHEAD = 10;
const LEAP_LOOKAHEAD = 12;
const LONGEST = 16;

/** Where the parts of a table lie, in bytes; wasm/kernels/jpeg/codes.ts says what they are. */
const LIMITS = 4 << LOOKAHEAD;
const OFFSETS = LIMITS + 18 * 4;
const SYMBOLS = OFFSETS + 18 * 4;
const LEAPS = SYMBOLS + 256;
const BYTES_WITH_LEAPS = LEAPS + (2 << LEAP_LOOKAHEAD);

const PARTIAL = 0x80;
/** The symbol of sixteen zeros. */
const ZERO_RUN = 0xf0;
const END_OF_BLOCK = 128;
const LEAP_END = 2048;
const NO_LEAP = 1000 << 4;

export function codeTableBytes(kind: CodesKind): number {
  return kind === "ac" ? BYTES_WITH_LEAPS : LEAPS;
}

/**
 * A table of codes as the kernels read it: what the next bits of the data mean, for all that they can be.
 *
 * Source: ITU-T T.81, annex C and F.2.2.3.
 */
export function codeTable({ counts, symbols }: Codes, kind: CodesKind): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(codeTableBytes(kind));
  const lookup = new Int32Array(table.buffer, 0, 1 << LOOKAHEAD).fill(PARTIAL);
  const limits = new Int32Array(table.buffer, LIMITS, 18);
  const offsets = new Int32Array(table.buffer, OFFSETS, 18);
  table.set(symbols, SYMBOLS);

  let code = 0;
  let place = 0;
  for (let length = 1; length <= LONGEST; length++) {
    const count = counts[length - 1] ?? 0;
    offsets[length] = place - code;
    for (const end = place + count; place < end; place++, code++) {
      if (length <= LOOKAHEAD) enterInto(lookup, code, length, symbols[place] ?? 0, kind);
    }
    limits[length] = code << (LONGEST - length);
    code *= 2;
  }
  if (kind === "ac") leapsInto(new Uint16Array(table.buffer, LEAPS, 1 << LEAP_LOOKAHEAD), { limits, offsets, symbols });
  return table;
}

/** Enters a code at all places of the look-ahead that begin with it. */
function enterInto(lookup: Int32Array, code: number, length: number, symbol: number, kind: CodesKind): void {
  const rest = LOOKAHEAD - length;
  const size = kind === "dc" ? symbol : symbol & 15;
  for (let behind = 0; behind < 1 << rest; behind++) {
    lookup[(code << rest) | behind] = entryOf(length, symbol, size, behind, rest, kind);
  }
}

/** @param behind the `rest` bits that stand behind the code */
function entryOf(length: number, symbol: number, size: number, behind: number, rest: number, kind: CodesKind): number {
  const partial = PARTIAL | length | (symbol << 8);
  if (size > rest) return partial;
  const run = kind === "dc" ? 0 : symbol >> 4;
  if (size > 0) return (length + size) | ((run + 1) << 8) | (extended(behind >> (rest - size), size) << 16);
  if (kind === "progressiveAc" && run < 15) return partial;
  const advance = kind === "dc" ? 0 : symbol === ZERO_RUN ? 16 : END_OF_BLOCK;
  return length | (advance << 8);
}

/** Source: T.81, F.2.2.1 (EXTEND). */
function extended(bits: number, size: number): number {
  return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
}

interface LongCodes {
  readonly limits: Int32Array;
  readonly offsets: Int32Array;
  readonly symbols: Uint8Array;
}

/** How many whole coefficients the next bits hold, and by how much they advance. */
function leapsInto(leaps: Uint16Array, codes: LongCodes): void {
  for (let bits = 0; bits < leaps.length; bits++) {
    let used = 0;
    let advance = 0;
    while (advance <= 63) {
      const symbol = symbolAt((bits << used) & (leaps.length - 1), LEAP_LOOKAHEAD - used, codes);
      const length = symbol < 0 ? 0 : (symbol >> 8) + (symbol & 15);
      if (length === 0 || used + length > LEAP_LOOKAHEAD) break;
      used += length;
      advance += (symbol & 15) === 0 && (symbol & 255) !== ZERO_RUN ? LEAP_END : ((symbol >> 4) & 15) + 1;
    }
    leaps[bits] = used === 0 ? NO_LEAP : (advance << 4) | used;
  }
}

/**
 * The symbol whose code `ahead` begins with, and the length of that: length << 8 | symbol; −1 where not all of it is there.
 *
 * @param ahead as many bits as a leap has, of which the first `left` count
 */
function symbolAt(ahead: number, left: number, { limits, offsets, symbols }: LongCodes): number {
  const code = ahead << (LONGEST - LEAP_LOOKAHEAD);
  for (let length = 1; length <= left; length++) {
    if (code >= (limits[length] ?? 0)) continue;
    return (length << 8) | (symbols[(offsets[length] ?? 0) + (code >> (LONGEST - length))] ?? 0);
  }
  return -1;
}
