import { plainAdler32 } from "../oracle/checksums.ts";

/** Bits as they stand in a deflate stream, as text: the first one first. */
export type Bits = string;

/** A number, its lowest bit first. Source: RFC 1951, 3.1.1. */
export function number(value: number, bits: number): Bits {
  return [...value.toString(2).padStart(bits, "0")].reverse().join("");
}

/** Whole bytes, where bits end at a whole one. */
export function bytesOf(...bytes: readonly number[]): Bits {
  return bytes.map((byte) => number(byte, 8)).join("");
}

/** A zlib stream of these blocks, whose content is told for its checksum. */
export function zlibOf(blocks: Bits, content: ArrayLike<number> = [], cmf = 0x78): Uint8Array {
  const sum = plainAdler32(Uint8Array.from(content));
  const bytes = (blocks.match(/.{1,8}/g) ?? []).map((byte) =>
    Number.parseInt([...byte.padEnd(8, "0")].reverse().join(""), 2),
  );
  return Uint8Array.of(...header(cmf), ...bytes, sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255);
}

/** The two bytes that a stream begins with, with the check that belongs to them. */
export function header(cmf: number, flags = 0): readonly number[] {
  return [cmf, flags + ((31 - ((cmf * 256 + flags) % 31)) % 31)];
}

export const FINAL = "1";
export const NOT_FINAL = "0";
export const STORED = "00";
export const FIXED = "10";
export const DYNAMIC = "01";
export const NO_SUCH_TYPE = "11";

/** The codes of symbols by the lengths of theirs; first bit first. Source: RFC 1951, 3.2.2. */
export function codesOf(lengths: readonly number[]): readonly Bits[] {
  let code = 0;
  const codes = lengths.map(() => "");
  for (let length = 1; length <= 15; length++) {
    for (const [symbol, own] of lengths.entries()) {
      if (own === length) codes[symbol] = (code++).toString(2).padStart(length, "0");
    }
    code *= 2;
  }
  return codes;
}

export const FIXED_CODES = codesOf(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
);
export const FIXED_DISTANCES = Array.from({ length: 32 }, (_, symbol) => symbol.toString(2).padStart(5, "0"));

const LENGTH_BASES = [
  ...[
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ],
];
const LENGTH_EXTRAS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASES = [
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097],
  ...[6145, 8193, 12289, 16385, 24577],
];
const DISTANCE_EXTRAS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

/** A match in these codes. Source: RFC 1951, 3.2.5. */
export function match(
  length: number,
  distance: number,
  literals: readonly Bits[] = FIXED_CODES,
  distances: readonly Bits[] = FIXED_DISTANCES,
): Bits {
  const far = LENGTH_BASES.findLastIndex((base) => base <= length);
  const away = DISTANCE_BASES.findLastIndex((base) => base <= distance);
  return [
    literals[257 + far],
    LENGTH_EXTRAS[far] ? number(length - (LENGTH_BASES[far] ?? 0), LENGTH_EXTRAS[far]) : "",
    distances[away],
    DISTANCE_EXTRAS[away] ? number(distance - (DISTANCE_BASES[away] ?? 0), DISTANCE_EXTRAS[away]) : "",
  ].join("");
}

/** In which order the lengths of the codes come in which lengths are coded. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** A code of every length and repetition: thirteen of four bits, six of five. */
const LENGTH_CODE = ORDER.map((_, symbol) => (symbol < 13 ? 4 : 5));

/** A length of a code, or one that is repeated: 16, 17 or 18, and how many times beyond the fewest. */
export type Length = number | readonly [16 | 17 | 18, number];

/** What a dynamic block begins with, behind its type. Everything may be wrong. Source: RFC 1951, 3.2.7. */
export function dynamicHeader(
  lengths: readonly Length[],
  literals: number,
  distances: number,
  lengthCode: readonly number[] = LENGTH_CODE,
): Bits {
  const codes = codesOf(LENGTH_CODE);
  return [
    ...[number(literals - 257, 5), number(distances - 1, 5), number(19 - 4, 4)],
    ...ORDER.map((symbol) => number(lengthCode[symbol] ?? 0, 3)),
    ...lengths.map((length) => {
      if (typeof length === "number") return codes[length];
      const [symbol, more] = length;
      return codes[symbol] + number(more, symbol === 16 ? 2 : symbol === 17 ? 3 : 7);
    }),
  ].join("");
}

/** Lengths by symbol, so many of them: what is not told is 0. */
export function lengthsWith(count: number, told: Readonly<Record<number, number>>): readonly number[] {
  return Array.from({ length: count }, (_, symbol) => told[symbol] ?? 0);
}
