import { constants, deflateRawSync } from "node:zlib";
import { adlerOf, joined } from "./png-chunks.ts";

/** Zlib streams that cost little to make, and are meant to cost their reader much. */

const MEGABYTE = 1024 * 1024;
/** The first bytes: a window of 32 KB. Source: RFC 1950, 2.2. */
const ZLIB = Uint8Array.of(0x78, 0xda);
const [MORE, LAST] = [0, 1];

/** The same bytes so many times. */
export function repeated(bytes: Uint8Array, times: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes.length * times);
  for (let at = 0; at < all.length; at += bytes.length) all.set(bytes, at);
  return all;
}

/** A stream of so many zeros, made of one megabyte of them. */
export function zeros(count: number): Uint8Array<ArrayBuffer> {
  const megabytes = Math.floor(count / MEGABYTE);
  // Adler-32 of zeros: their first sum is 1, their second how many there are.
  const sum = count % 65_521;
  const adler = Uint8Array.of(sum >> 8, sum, 0, 1);
  return joined([ZLIB, repeated(zeroBlocks(MEGABYTE), megabytes), zeroBlocks(count % MEGABYTE), LAST_BLOCK, adler]);
}

/** Whole blocks that can be followed by any. */
function zeroBlocks(count: number): Uint8Array {
  return deflateRawSync(new Uint8Array(count), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
}

type Bits = readonly [value: number, bits: number];

/** Numbers of so many bits each, one behind the other, in whole bytes. Source: RFC 1951, 3.1.1. */
function packed(fields: readonly Bits[]): Uint8Array<ArrayBuffer> {
  const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, at) => (value >> at) & 1));
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, byte) =>
    bits.slice(byte * 8, byte * 8 + 8).reduce((sum, bit, at) => sum + (bit << at), 0),
  );
}

/** A block without content in fixed codes: its end is seven zeros. Source: RFC 1951, 3.2.6. */
const fixed = (last: number): readonly Bits[] => [
  [last, 1],
  [1, 2],
  [0, 7],
];
const LAST_BLOCK = packed(fixed(LAST));

/**
 * One in codes of its own, of which there is one of one bit: the end. Lengths are told by 18 for zeros, 1 and 0, in codes of
 * one, two and two bits. Source: RFC 1951, 3.2.7.
 */
const DYNAMIC: readonly Bits[] = [
  [MORE, 1],
  [2, 2],
  // 257 literals, a distance, 18 lengths of codes for lengths.
  [0, 5],
  [0, 5],
  [14, 4],
  ...[0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2].map((length): Bits => [length, 3]),
  // 138 + 118 zeros, 1, and 0 for the distance.
  [0, 1],
  [138 - 11, 7],
  [0, 1],
  [118 - 11, 7],
  [3, 2],
  [1, 2],
  [0, 1],
];

/** Blocks without content, in whole bytes, and how many they are. Source: RFC 1951, 3.2.4. */
const EMPTY_BLOCKS = {
  stored: { bytes: Uint8Array.of(MORE, 0, 0, 0xff, 0xff), blocks: 1 },
  fixed: { bytes: packed([0, 1, 2, 3].flatMap(() => fixed(MORE))), blocks: 4 },
  dynamic: { bytes: packed([...DYNAMIC, ...DYNAMIC]), blocks: 2 },
} as const;

/** A sound stream that begins with so many empty blocks. */
export function behindBlocks(
  of: keyof typeof EMPTY_BLOCKS,
  count: number,
  content: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const { bytes, blocks } = EMPTY_BLOCKS[of];
  return joined([ZLIB, repeated(bytes, count / blocks), deflateRawSync(content), adlerOf(content)]);
}
