import { constants, deflateRawSync, deflateSync } from "node:zlib";
import { ADAM7, type Chunk, headerBody, type PngHeader, pngOf } from "./png-bytes.ts";
import { adlerOf, joined, piecesOf } from "./png-chunks.ts";
import { randomNumbers } from "./random.ts";
import { STRATEGIES } from "./zlib-streams.ts";

/**
 * Sound PNGs of every kind, from seeds: rows of random *filtered* bytes, since any such bytes are the rows of some picture.
 * What picture that is, another decoder says.
 */

/** Every colour type with its depths, and samples a pixel. Source: PNG (Third Edition), 11.2.1. */
export const PNG_KINDS: readonly (readonly [colourType: number, depth: number, channels: number])[] = [
  ...[1, 2, 4, 8, 16].map((depth) => [0, depth, 1] as const),
  ...[8, 16].map((depth) => [2, depth, 3] as const),
  ...[1, 2, 4, 8].map((depth) => [3, depth, 1] as const),
  ...[8, 16].map((depth) => [4, depth, 2] as const),
  ...[8, 16].map((depth) => [6, depth, 4] as const),
];

/** Rows and bytes a row, without the filter type, of a picture or of each pass of it that has pixels. */
export interface RowsOf {
  readonly rows: number;
  readonly rowBytes: number;
}

export function passesOf({ width, height, depth, colourType, interlace = 0 }: PngHeader): readonly RowsOf[] {
  const channels = PNG_KINDS.find(([type]) => type === colourType)?.[2] ?? 1;
  const passes = interlace === 1 ? ADAM7 : [{ x: 0, y: 0, stepX: 1, stepY: 1 }];
  return passes
    .map(({ x, y, stepX, stepY }) => ({
      rows: Math.ceil((height - y) / stepY),
      columns: Math.ceil((width - x) / stepX),
    }))
    .filter(({ rows, columns }) => rows > 0 && columns > 0)
    .map(({ rows, columns }) => ({ rows, rowBytes: Math.ceil((columns * channels * depth) / 8) }));
}

export interface SampleOptions {
  /** Whether chunks stand before and behind the data that are not needed. */
  readonly ancillary?: boolean;
  /** Whether some of it may be transparent; else chance decides. */
  readonly transparency?: boolean;
  /** Whether all kinds of content and of blocks are in it, one behind the other, and not one of each. */
  readonly mixed?: boolean;
}

/** A PNG with this header, of which the seed decides the rest: its rows, compression, palette, and chunks. */
export function samplePng(header: PngHeader, seed: number, options: SampleOptions = {}): Uint8Array<ArrayBuffer> {
  const next = randomNumbers(seed);
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  const { mixed = false } = options;
  const rows = filteredRows(header, mixed, upTo);
  const stream = mixed
    ? deflatedInParts(rows, upTo)
    : deflateSync(rows, { ...anyDeflation(upTo), windowBits: 9 + upTo(6), strategy: anyStrategy(upTo) });
  const { ancillary = next() < 0.5, transparency = next() < 0.5 } = options;
  const some = (chunks: readonly Chunk[]) => (ancillary ? chunks.filter(() => next() < 0.4) : []);
  return pngOf([
    ["IHDR", headerBody(header)],
    ...some(BEFORE_PALETTE),
    ...colourChunks(header, transparency, upTo),
    ...some(BEFORE_DATA),
    ...piecesOf(stream, pieceLengths(stream.length, upTo)),
    ...some(BEHIND_DATA),
    ["IEND", new Uint8Array(0)],
  ]);
}

type UpTo = (most: number) => number;

const anyDeflation = (upTo: UpTo) => ({ level: upTo(9), memLevel: 1 + upTo(8) });
const anyStrategy = (upTo: UpTo) => STRATEGIES[upTo(4)] ?? constants.Z_DEFAULT_STRATEGY;

/** A zlib stream in parts, each compressed its own way, which look back upon those before. Source: RFC 1950, 2.2. */
function deflatedInParts(rows: Uint8Array, upTo: UpTo): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x9c)];
  for (let at = 0, end = 0; at < rows.length; at = end) {
    end = Math.min(rows.length, at + 1 + upTo(40_000));
    const dictionary = rows.subarray(Math.max(0, at - 32_768), at);
    const way = { ...anyDeflation(upTo), strategy: anyStrategy(upTo), finishFlush: constants.Z_SYNC_FLUSH };
    parts.push(deflateRawSync(rows.subarray(at, end), dictionary.length > 0 ? { ...way, dictionary } : way));
  }
  return joined([...parts, deflateRawSync(new Uint8Array()), adlerOf(rows)]);
}

/** Noise, a few values, long runs or next to nothing but zeros, under any filters or one alone. */
function filteredRows(header: PngHeader, mixed: boolean, upTo: UpTo): Uint8Array {
  const anyContent = () =>
    [() => upTo(255), () => upTo(3), () => (upTo(30) === 0 ? upTo(255) : 0)][upTo(2)] ?? (() => 0);
  let content = anyContent();
  let runs = upTo(2) === 0 ? 1 + upTo(20) : 1;
  const only = upTo(9);
  const rows = passesOf(header).flatMap(({ rows, rowBytes }) =>
    Array.from({ length: rows }, () => {
      if (mixed) {
        content = anyContent();
        runs = upTo(2) === 0 ? 1 + upTo(1000) : 1;
      }
      const row = new Uint8Array(1 + rowBytes);
      for (let at = 1; at < row.length; at += runs) row.fill(content(), at, at + runs);
      row[0] = only < 5 ? only : upTo(4);
      return row;
    }),
  );
  return Buffer.concat(rows);
}

/** PLTE and tRNS as the colour type wants or allows them: a palette has all the colours of its depth. */
function colourChunks({ colourType, depth }: PngHeader, transparency: boolean, upTo: UpTo): readonly Chunk[] {
  const bytes = (length: number, most = 255) => Uint8Array.from({ length }, () => upTo(most));
  const palette: Chunk = ["PLTE", bytes(3 * 2 ** Math.min(depth, 8))];
  const suggested = upTo(4) === 0 ? [palette] : [];
  const sample = () => [depth === 16 ? upTo(255) : 0, upTo(2 ** Math.min(depth, 8) - 1)];
  switch (colourType) {
    case 0:
      return transparency ? [["tRNS", Uint8Array.from(sample())]] : [];
    case 2:
      return [...suggested, ...(transparency ? [["tRNS", Uint8Array.from([0, 0, 0].flatMap(sample))] as const] : [])];
    case 3:
      return transparency ? [palette, ["tRNS", bytes(1 + upTo(2 ** depth - 1))]] : [palette];
    case 6:
      return suggested;
    default:
      return [];
  }
}

/** All in one, of a length each, a byte each, of any lengths, or empty ones between. */
function pieceLengths(length: number, upTo: UpTo): readonly number[] {
  const ways: readonly (() => readonly number[])[] = [
    () => [length],
    () => [1 + upTo(40)],
    () => [1],
    () => [...Array.from({ length: 20 }, () => upTo(30)), length],
    () => [0, 0, upTo(length), 0, 1 + upTo(50)],
  ];
  return (ways[upTo(ways.length - 1)] ?? (() => [length]))();
}

const words = (...values: readonly number[]) => {
  const body = new DataView(new ArrayBuffer(values.length * 4));
  for (const [at, value] of values.entries()) body.setUint32(at * 4, value);
  return new Uint8Array(body.buffer);
};
const text = (letters: string) => new Uint8Array(Buffer.from(letters, "latin1"));

/** Source: PNG (Third Edition), 5.6 and 11.3. */
export const BEFORE_PALETTE: readonly Chunk[] = [
  ["gAMA", words(45_455)],
  ["cHRM", words(31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6000)],
  ["sRGB", Uint8Array.of(0)],
  ["tIME", Uint8Array.of(7, 0xd0, 1, 1, 12, 34, 56)],
];
export const BEFORE_DATA: readonly Chunk[] = [
  ["pHYs", Uint8Array.of(...words(2835, 2835), 1)],
  ["tEXt", text("Comment\0IDAT")],
  ["prVt", text("a private chunk, not safe to copy")],
];
export const BEHIND_DATA: readonly Chunk[] = [
  ["tEXt", text("Comment\0behind the data")],
  ["zTXt", Uint8Array.of(...text("Comment\0\0"), ...deflateSync("compressed"))],
  ["iTXt", text("Comment\0\0\0en\0\0international")],
];
