import { crc32, deflateSync } from "node:zlib";

/** PNG files from their parts, in every colour type and depth. Source: PNG (Third Edition), 5, 7, 8 and 11. */

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export type Chunk = readonly [type: string, body: Uint8Array];

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly compression?: number;
  readonly filter?: number;
  readonly interlace?: number;
}

export interface PngSpec extends PngHeader {
  /** Chunks between the header and the image data. */
  readonly before?: readonly Chunk[];
  /** The samples of a pixel: one, two, three or four, by the colour type. */
  readonly samples: (x: number, y: number) => readonly number[];
}

export function pngFile(spec: PngSpec): Uint8Array<ArrayBuffer> {
  const data = deflateSync(spec.interlace === 1 ? interlaced(spec) : lines(spec, { x: 0, y: 0, stepX: 1, stepY: 1 }));
  return pngOf([["IHDR", headerBody(spec)], ...(spec.before ?? []), ["IDAT", data], ["IEND", new Uint8Array(0)]]);
}

export function pngOf(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat([PNG_SIGNATURE, ...chunks.map(framed)]));
}

/** The chunks of a file, which may be cut off in its last one. */
export function chunksIn(file: Uint8Array): readonly Chunk[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const chunks: Chunk[] = [];
  for (let at = PNG_SIGNATURE.length; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    chunks.push([bytes.toString("latin1", at + 4, at + 8), file.slice(at + 8, at + 8 + bytes.readUInt32BE(at))]);
  }
  return chunks;
}

/** The same picture, its image data in chunks of so many bytes, in turn; 0 makes empty ones. */
export function withDataIn(lengths: readonly number[], file: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks = chunksIn(file);
  const data = Buffer.concat(chunks.filter(([type]) => type === "IDAT").map(([, body]) => body));
  const pieces: Chunk[] = [];
  for (let at = 0, piece = 0; at < data.length; piece++) {
    const length = lengths[piece % lengths.length] ?? 0;
    pieces.push(["IDAT", data.subarray(at, at + length)]);
    at += length;
  }
  const first = chunks.findIndex(([type]) => type === "IDAT");
  return pngOf([...chunks.slice(0, first), ...pieces, ...chunks.slice(first).filter(([type]) => type !== "IDAT")]);
}

export function headerBody(header: PngHeader): Uint8Array<ArrayBuffer> {
  const { width, height, depth, colourType, compression = 0, filter = 0, interlace = 0 } = header;
  const body = new Uint8Array(13);
  const view = new DataView(body.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  body.set([depth, colourType, compression, filter, interlace], 8);
  return body;
}

function framed([type, body]: Chunk): Uint8Array {
  const chunk = new Uint8Array(body.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length);
  chunk.set(Buffer.from(type, "latin1"), 4);
  chunk.set(body, 8);
  view.setUint32(body.length + 8, crc32(chunk.subarray(4, body.length + 8)));
  return chunk;
}

interface Pass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** First column and row of each pass of Adam7, and from one to the next. Source: PNG (Third Edition), 8.1. */
export const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];

function interlaced(spec: PngSpec): Uint8Array {
  return Buffer.concat(ADAM7.map((pass) => lines(spec, pass)));
}

/** The scanlines of a pass, each behind its filter byte 0; a pass without a column has no lines at all. */
function lines({ width, height, depth, samples }: PngSpec, { x: left, y: top, stepX, stepY }: Pass): Uint8Array {
  if (left >= width) return new Uint8Array(0);
  const all: Uint8Array[] = [];
  for (let y = top; y < height; y += stepY) {
    let bits = "";
    for (let x = left; x < width; x += stepX) {
      for (const sample of samples(x, y)) bits += sample.toString(2).padStart(depth, "0");
    }
    const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
    all.push(Uint8Array.of(0, ...bytes));
  }
  return Buffer.concat(all);
}
