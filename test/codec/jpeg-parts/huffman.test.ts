import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CodesKind, codeTable, codeTableBytes } from "../../../src/codec/jpeg/huffman.ts";
import { STANDARD_AC, STANDARD_DC } from "../../../src/codec/jpeg/standard-codes.ts";
import type { Codes } from "../../../src/codec/jpeg/tables.ts";
import { codesOf, STANDARD_TABLES } from "../../oracle/jpeg-annex-k.ts";
import { randomNumbers } from "../../support/random.ts";

const KINDS: readonly CodesKind[] = ["dc", "ac", "progressiveAc"];

const BLOCK = readFileSync(join(import.meta.dirname, "../../../wasm/kernels/jpeg/block.ts"), "utf8");
/** How far the end of a block advances: beyond all that a block has, whatever came before. */
const END_OF_BLOCK = Number(/END_OF_BLOCK: i32 = (\d+);/.exec(BLOCK)?.[1]);

/** Layout of a table, as wasm/kernels/jpeg/codes.ts has it. */
const LIMITS = 4096;
const OFFSETS = LIMITS + 72;
const SYMBOLS = OFFSETS + 72;
const LEAPS = SYMBOLS + 256;
/** Bits of the data by which an entry, and a leap, is looked up. */
const [LOOKAHEAD, LEAP_LOOKAHEAD] = [10, 12];

/** What the next bits mean when they are read one at a time. */
interface Read {
  /** Bits of the code; 0 where it is longer than what there is, or there is none. */
  readonly code: number;
  readonly symbol: number;
  /** Bits of the value behind it; undefined where they are not all there. */
  readonly value: number | undefined;
  readonly size: number;
}

/** The codes as texts of zeros and ones, and what they stand for. Source: ITU-T T.81, C.2. */
type Book = ReadonlyMap<string, number>;

function bookOf({ counts, symbols }: Codes): Book {
  return new Map(codesOf({ counts: [...counts], symbols: [...symbols] }));
}

/** Bit by bit. Source: T.81, F.2.2.1 to F.2.2.3. */
function read(bits: string, book: Book, kind: CodesKind): Read {
  for (let code = 1; code <= bits.length; code++) {
    const symbol = book.get(bits.slice(0, code));
    if (symbol === undefined) continue;
    const size = kind === "dc" ? symbol : symbol & 15;
    const behind = bits.slice(code, code + size);
    if (behind.length < size) return { code, symbol, size, value: undefined };
    const plain = size === 0 ? 0 : Number.parseInt(behind, 2);
    return { code, symbol, size, value: behind.startsWith("0") ? plain - 2 ** size + 1 : plain };
  }
  return { code: 0, symbol: 0, size: 0, value: undefined };
}

const text = (value: number, length: number) => value.toString(2).padStart(length, "0");

/** The entry of the look-up table: see `ENTRY_…` in wasm/kernels/jpeg/codes.ts. */
function entryOf(bits: string, book: Book, kind: CodesKind): number {
  const { code, symbol, size, value } = read(bits, book, kind);
  const isRunOfBands = kind === "progressiveAc" && size === 0 && symbol >> 4 < 15;
  if (code === 0 || value === undefined || isRunOfBands) return 0x80 | code | (symbol << 8);
  if (kind === "dc") return (code + size) | (size === 0 ? 0 : 1 << 8) | (value << 16);
  // Sixteen zeros; the end of the block; or so many zeros and a coefficient.
  const advance = size > 0 ? (symbol >> 4) + 1 : symbol === 0xf0 ? 16 : END_OF_BLOCK;
  return (code + size) | (advance << 8) | (value << 16);
}

/** Whole coefficients, one after the other, until the block is full. */
function leapOf(bits: string, book: Book): number {
  let [used, advance] = [0, 0];
  while (advance <= 63) {
    const { code, symbol, size, value } = read(bits.slice(used), book, "ac");
    if (code === 0 || value === undefined) break;
    used += code + size;
    advance += size === 0 && symbol !== 0xf0 ? 2048 : (symbol >> 4) + 1;
  }
  return used === 0 ? 1000 << 4 : (advance << 4) | used;
}

/** Holds that the table says of all bits that can come what reading them one at a time says. */
function expectAsTwin(codes: Codes, kind: CodesKind, what: string): void {
  const table = codeTable(codes, kind);
  const view = new DataView(table.buffer);
  const book = bookOf(codes);
  const wrong: string[] = [];
  for (let ahead = 0; ahead < 1 << LOOKAHEAD; ahead++) {
    const bits = text(ahead, LOOKAHEAD);
    const [got, want] = [view.getInt32(ahead * 4, true), entryOf(bits, book, kind)];
    if (got !== want) wrong.push(`${what}: entry ${bits} is ${got}, not ${want}`);
  }
  for (let ahead = 0; kind === "ac" && ahead < 1 << LEAP_LOOKAHEAD; ahead++) {
    const bits = text(ahead, LEAP_LOOKAHEAD);
    const [got, want] = [view.getUint16(LEAPS + ahead * 2, true), leapOf(bits, book)];
    if (got !== want) wrong.push(`${what}: leap ${bits} is ${got}, not ${want}`);
  }
  expect(wrong.slice(0, 3)).toEqual([]);
}

/** Holds that codes of up to 16 bits are found by their limits and offsets, and that nothing else is. */
function expectLongCodes(codes: Codes, what: string): void {
  const view = new DataView(codeTable(codes, "dc").buffer);
  const book = bookOf(codes);
  const limit = (length: number) => view.getInt32(LIMITS + length * 4, true);
  for (let bits = 0; bits < 1 << 16; bits += 7) {
    let length = 1;
    while (length <= 16 && bits >= limit(length)) length++;
    const place = length > 16 ? 0 : view.getInt32(OFFSETS + length * 4, true) + (bits >> (16 - length));
    const got = length > 16 ? [0, 0] : [length, view.getUint8(SYMBOLS + place)];
    const { code, symbol } = read(text(bits, 16), book, "dc");
    if (got[0] !== code || got[1] !== symbol)
      expect.fail(`${what}: ${text(bits, 16)} is ${got}, not ${code},${symbol}`);
  }
}

/** Codes as a file may have them: of any lengths, all bits taken or some left free, any symbols. */
function anyCodes(seed: number): Codes {
  const next = randomNumbers(seed);
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  const eager = next();
  const counts = new Uint8Array(16);
  let free = 1;
  let total = 0;
  for (let length = 0; length < 16 && total < 256; length++) {
    free *= 2;
    // Now few short codes, now many; the last length may take all that is left.
    const most = Math.min(free, 256 - total);
    const count = next() < eager ? upTo(Math.min(most, 1 + length * 2)) : length === 15 && next() < 0.5 ? most : 0;
    counts[length] = count;
    free -= count;
    total += count;
  }
  const kinds = [() => upTo(255), () => upTo(15), () => upTo(2) * 16 + upTo(3), () => [0, 0xf0, 1, 0x11][upTo(3)] ?? 0];
  const symbolOf = kinds[seed % kinds.length] ?? (() => 0);
  return { counts, symbols: Uint8Array.from({ length: total }, symbolOf) };
}

describe("a table of codes", () => {
  test.each(KINDS)("has as many bytes as are told beforehand: %s", (kind) => {
    expect(codeTable(anyCodes(1), kind).length).toBe(codeTableBytes(kind));
    expect(codeTableBytes(kind)).toBe(kind === "ac" ? LEAPS + (2 << LEAP_LOOKAHEAD) : LEAPS);
    expect(codeTableBytes(kind) % 4, "it is read by words").toBe(0);
  });

  test.each(KINDS)("says of the next bits what reading them one at a time says, whatever the codes: %s", (kind) => {
    for (let seed = 1; seed <= 60; seed++) expectAsTwin(anyCodes(seed), kind, `seed ${seed}`);
  });

  test("finds codes of any length among 16 bits, and none where there is none", () => {
    for (let seed = 1; seed <= 40; seed++) expectLongCodes(anyCodes(seed), `seed ${seed}`);
  });

  test.each([
    ["no codes", [], []],
    ["one code of one bit", [1], [0]],
    ["both codes of one bit", [2], [0, 0x11]],
    ["one code of sixteen bits", [...new Array(15).fill(0), 1], [0x11]],
    ["all 256 codes of eight bits", [0, 0, 0, 0, 0, 0, 0, 256], Array.from({ length: 256 }, (_, at) => at)],
    ["a code of each length", new Array(16).fill(1), Array.from({ length: 16 }, (_, at) => at * 16 + 1)],
    ["a code of each length and the one of all ones", [...new Array(15).fill(1), 2], new Array(17).fill(0xf0)],
    ["nothing but runs of zeros", [0, 4], [0xf0, 0xf0, 0xf0, 0xf0]],
    ["nothing but ends", [2], [0, 0]],
    // 16 + 16 + 16 + 15 coefficients in nine bits: one more may follow.
    ["runs that lead to the last coefficient", [0, 4], [0xf0, 0xe1, 0, 0x01]],
    ["runs that lead beyond it", [0, 4], [0xf0, 0xf1, 0, 0x01]],
    ["ends of runs of bands", [0, 4], [0, 0x10, 0xe0, 0xf0]],
  ])("is right for %s, too", (what, counts, symbols) => {
    // Byte counts: 256 codes of a length do not fit, as in DHT; 255 of them do.
    const fitting = counts.map((count) => Math.min(255, count));
    const codes = {
      counts: Uint8Array.from({ length: 16 }, (_, at) => fitting[at] ?? 0),
      symbols: Uint8Array.from(
        symbols.slice(
          0,
          fitting.reduce((sum, each) => sum + each, 0),
        ),
      ),
    };
    for (const kind of KINDS) expectAsTwin(codes, kind, what);
    expectLongCodes(codes, what);
  });

  test("does not depend on what the bytes that its codes were read from become", () => {
    const { counts, symbols } = anyCodes(3);
    const table = codeTable({ counts, symbols }, "ac");
    const copy = table.slice();
    symbols.fill(0);
    expect(table).toEqual(copy);
  });
});

describe("the codes of pictures that bring none", () => {
  test.each([0, 1] as const)("are those of annex K, number %i, and right in every kind of table", (slot) => {
    for (const [got, want] of [
      [STANDARD_DC[slot], STANDARD_TABLES.dc[slot]],
      [STANDARD_AC[slot], STANDARD_TABLES.ac[slot]],
    ] as const) {
      if (got === undefined) throw new Error("missing");
      expect({ counts: [...got.counts], symbols: [...got.symbols] }).toEqual(want);
      for (const kind of KINDS) expectAsTwin(got, kind, `slot ${slot}`);
      expectLongCodes(got, `slot ${slot}`);
    }
  });
});
