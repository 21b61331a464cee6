import { deflateSync } from "node:zlib";
import { behindBlocks, repeated, zeros } from "./png-bomb-streams.ts";
import { type Chunk, headerBody, PNG_SIGNATURE, type PngHeader, pngOf } from "./png-bytes.ts";
import { joined, piecesOf } from "./png-chunks.ts";
import { passesOf } from "./png-samples.ts";
import { randomBytes } from "./random.ts";

/** A PNG that costs little to make, and is meant to cost its reader much. */
export interface Bomb {
  readonly what: string;
  readonly header: PngHeader;
  /** What stands behind IHDR. */
  readonly rest: () => readonly Uint8Array[];
  /** What it is refused with; absent where it is a picture. */
  readonly refused?: RegExp;
  /** What the picture of it is warned of; absent where nothing is wrong with it. */
  readonly warned?: RegExp;
}

export function bombFile({ header, rest }: Bomb): Uint8Array<ArrayBuffer> {
  return joined([PNG_SIGNATURE, chunk("IHDR", headerBody(header)), ...rest()]);
}

const EMPTY = new Uint8Array(0);
const MEGABYTE = 1024 * 1024;

function chunk(...parts: Chunk): Uint8Array<ArrayBuffer> {
  return pngOf([parts]).slice(PNG_SIGNATURE.length);
}

const letters = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const data = (stream: Uint8Array) => chunk("IDAT", stream);
const end = chunk("IEND", EMPTY);
const text = chunk("tEXt", letters("Comment\0"));
const empty = data(EMPTY);
/** What inflates to 500 MB, behind a keyword. */
const swollen = (type: string) => chunk(type, joined([letters("Comment\0\0"), zeros(500 * MEGABYTE)]));

const SMALL = { width: 20, height: 10, depth: 8, colourType: 2 } as const;
const ROWS = new Uint8Array(SMALL.height * (1 + SMALL.width * 3));
const sound = data(deflateSync(ROWS));

/** As wide as any, and nearly as many pixels as MaxSourcePixels allows. */
const WIDEST = { width: 65_500, height: 6000, depth: 8, colourType: 0 } as const;
const HEAVY = { width: 8000, height: 4000, depth: 16, colourType: 6, interlace: 1 } as const;
const NOISY = { width: 200, height: 100, depth: 8, colourType: 2 } as const;
const noise = () => deflateSync(joined(Array.from({ length: 100 }, (_, row) => randomBytes(601, row).fill(0, 0, 1))));
const tenMegabytes = () => repeated(randomBytes(MEGABYTE / 16, 1), 160);

/** Bytes of all rows, with their filter types. */
function rowBytesOf(header: PngHeader): number {
  return passesOf(header).reduce((sum, { rows, rowBytes }) => sum + rows * (1 + rowBytes), 0);
}

const FIRST_PASS = rowBytesOf({ ...WIDEST, width: Math.ceil(WIDEST.width / 8), height: WIDEST.height / 8 });

export const WIDEST_INTERLACED: Bomb = {
  what: "393 megapixels of black in 400 KB, interlaced",
  header: { ...WIDEST, interlace: 1 },
  rest: () => [data(zeros(rowBytesOf({ ...WIDEST, interlace: 1 }))), end],
};

export const BOMBS: readonly Bomb[] = [
  {
    what: "393 megapixels of black in 400 KB",
    header: WIDEST,
    rest: () => [data(zeros(rowBytesOf(WIDEST))), end],
  },
  {
    what: "393 megapixels in its header, a row of them, and a text of as many bytes as could have been more",
    header: WIDEST,
    rest: () => [data(zeros(1 + WIDEST.width)), swollen("zTXt"), end],
    warned: /after 1 of 6000 rows/,
  },
  {
    what: "the same, interlaced, and the first of its passes",
    header: { ...WIDEST, interlace: 1 },
    rest: () => [data(zeros(FIRST_PASS)), swollen("zTXt"), end],
    warned: /in pass 2 of 7/,
  },
  {
    what: "393 megapixels in its header, and a row of them",
    header: WIDEST,
    rest: () => [data(zeros(1 + WIDEST.width)), end],
    refused: /bytes hold at most/,
  },
  WIDEST_INTERLACED,
  {
    what: "32 megapixels of black of eight bytes each in 250 KB, interlaced",
    header: HEAVY,
    rest: () => [data(zeros(rowBytesOf(HEAVY))), end],
  },
  { what: "a profile that inflates to 500 MB", header: SMALL, rest: () => [swollen("iCCP"), sound, end] },
  { what: "a text that inflates to 500 MB", header: SMALL, rest: () => [swollen("zTXt"), sound, end] },
  { what: "a text that inflates to 500 MB, behind its data", header: SMALL, rest: () => [sound, swollen("zTXt"), end] },
  {
    what: "a million empty IDATs",
    header: SMALL,
    rest: () => [repeated(empty, 1_000_000), sound, end],
    refused: /more than \d+ chunks/,
  },
  {
    what: "a million empty IDATs behind its data",
    header: SMALL,
    rest: () => [sound, repeated(empty, 1_000_000), end],
    refused: /more than \d+ chunks/,
  },
  {
    what: "100,000 texts",
    header: SMALL,
    rest: () => [repeated(text, 100_000), sound, end],
    refused: /more than \d+ chunks|header does not end/,
  },
  {
    what: "100,000 texts behind its data",
    header: SMALL,
    rest: () => [sound, repeated(text, 100_000), end],
    refused: /more than \d+ chunks/,
  },
  {
    what: "an IDAT for every byte",
    header: NOISY,
    rest: () => [...piecesOf(noise(), [1]).map((piece) => chunk(...piece)), end],
  },
  { what: "a million stored blocks", header: SMALL, rest: () => [data(behindBlocks("stored", 1_000_000, ROWS)), end] },
  { what: "a million fixed blocks", header: SMALL, rest: () => [data(behindBlocks("fixed", 1_000_000, ROWS)), end] },
  { what: "200,000 dynamic blocks", header: SMALL, rest: () => [data(behindBlocks("dynamic", 200_000, ROWS)), end] },
  { what: "500 MB behind its last row", header: SMALL, rest: () => [data(zeros(500 * MEGABYTE)), end] },
  {
    what: "10 MB behind its compressed data",
    header: SMALL,
    rest: () => [sound, data(tenMegabytes()), end],
  },
  { what: "10 MB behind its end", header: SMALL, rest: () => [sound, end, tenMegabytes()] },
  {
    what: "2147483647 × 2147483647 pixels",
    header: { ...SMALL, width: 2 ** 31 - 1, height: 2 ** 31 - 1 },
    rest: () => [sound, end],
    refused: /2147483647 × 2147483647/,
  },
  {
    what: "2147483647 × 1 pixels",
    header: { width: 2 ** 31 - 1, height: 1, depth: 1, colourType: 0 },
    rest: () => [sound, end],
    refused: /2147483647 × 1/,
  },
  {
    what: "a palette of 65,535 bytes",
    header: { ...SMALL, colourType: 3 },
    rest: () => [chunk("PLTE", randomBytes(65_535, 1)), sound, end],
    refused: /65535 bytes: PLTE/,
  },
  {
    what: "a chunk of 2147483647 bytes, which are not there",
    header: SMALL,
    rest: () => [Uint8Array.of(0x7f, 0xff, 0xff, 0xff), letters("tEXt"), sound, end],
    refused: /header does not end/,
  },
];
