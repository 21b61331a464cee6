import { broken } from "./broken.ts";
import { COLOUR_TYPES } from "./colours.ts";
import type { PngHeader } from "./header.ts";
import { IHDR_BYTES } from "./ihdr.ts";

/** A file begins with it. Source: PNG (Third Edition), 5.2. */
export const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** What stands before the content of a chunk: its length and its type; and behind: its CRC. Source: 5.3. */
export const HEAD_BYTES = 8;
export const CRC_BYTES = 4;

const MOST_LENGTH = 2 ** 31 - 1;
/** Bit 5 of the first letter: a decoder that does not know the chunk may pass it over. Source: 5.4. */
const ANCILLARY = 0x20;

/** A chunk, of which the head was read. */
export interface Chunk {
  readonly type: string;
  /** Bytes of its content. */
  readonly length: number;
  /** Where in the file it begins. */
  readonly at: number;
}

/** @throws Fault where it is no head of a chunk */
export function readHead(head: DataView, at: number): Chunk {
  const length = head.getUint32(0);
  const letters = [head.getUint8(4), head.getUint8(5), head.getUint8(6), head.getUint8(7)] as const;
  if (!letters.every(isLetter)) throw broken(`something else than a chunk at byte ${at}`);
  const type = String.fromCharCode(...letters);
  if (length > MOST_LENGTH) throw broken(`a chunk of ${length} bytes: ${type} at byte ${at}`);
  return { type, length, at };
}

export function isCritical({ type }: Chunk): boolean {
  return (type.charCodeAt(0) & ANCILLARY) === 0;
}

function isLetter(byte: number): boolean {
  const upper = byte & ~0x20;
  return upper >= 0x41 && upper <= 0x5a;
}

/** What the length of a chunk is judged by. */
export interface Said {
  readonly header: PngHeader;
  /** Colours of the palette that count: 0 before there is one. */
  readonly colours: number;
}

/** What a chunk may be. Source: PNG (Third Edition), 5.6, 11.2, 11.3. */
export interface ChunkRule {
  /** Where it may stand; only image data may come more than once. */
  readonly place: "first" | "before data" | "data" | "last";
  /** From the shortest to the longest, in such steps; absent where pictures of this kind may not have it. */
  lengths(said: Said): readonly [least: number, most: number, step: number] | undefined;
}

/** All that means something here; what is not read has no rule to break. */
export const CHUNKS: ReadonlyMap<string, ChunkRule> = new Map<string, ChunkRule>([
  ["IHDR", { place: "first", lengths: () => exactly(IHDR_BYTES) }],
  ["PLTE", { place: "before data", lengths: ({ header }) => (hasPalette(header) ? [3, 768, 3] : undefined) }],
  ["IDAT", { place: "data", lengths: () => [0, MOST_LENGTH, 1] }],
  ["IEND", { place: "last", lengths: () => exactly(0) }],
  ["tRNS", { place: "before data", lengths: transparencyLengths }],
  ["pHYs", { place: "before data", lengths: () => exactly(9) }],
  ["eXIf", { place: "before data", lengths: () => [1, MOST_LENGTH, 1] }],
]);

function exactly(length: number) {
  return [length, length, 1] as const;
}

function hasPalette({ colourType }: PngHeader): boolean {
  return COLOUR_TYPES[colourType].palette !== "refused";
}

/** One gray or colour, 16 bits a sample; of a palette an alpha for some of its colours. Source: 11.3.1.1. */
function transparencyLengths({ header: { colourType }, colours }: Said) {
  const { alpha, samples } = COLOUR_TYPES[colourType];
  if (alpha) return undefined;
  return colourType === 3 ? ([1, colours, 1] as const) : exactly(2 * samples);
}
