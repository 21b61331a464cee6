import { deflateSync, inflateSync, type ZlibOptions } from "node:zlib";
import { type Chunk, PNG_SIGNATURE, type PngHeader, pngOf } from "./png-bytes.ts";

/** What a chunk adds to its content: length and type before it, and a CRC behind. Source: PNG (Third Edition), 5.3. */
const [HEAD, AROUND] = [8, 12];

/** The chunks of a file, as far as they are whole, or with what there is of the last; their CRCs are not looked at. */
export function chunksOf(file: Uint8Array, last: "whole" | "cut" = "whole"): readonly Chunk[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: Chunk[] = [];
  for (let at = PNG_SIGNATURE.length; at + HEAD <= file.length; ) {
    const length = view.getUint32(at);
    if (at + AROUND + length > file.length && last === "whole") break;
    const type = Buffer.from(file.subarray(at + 4, at + 8)).toString("latin1");
    chunks.push([type, new Uint8Array(file.subarray(at + 8, at + 8 + length))]);
    at += AROUND + length;
  }
  return chunks;
}

/** Where each whole chunk begins: with its length. */
export function chunkStarts(file: Uint8Array): readonly number[] {
  const starts: number[] = [];
  let at = PNG_SIGNATURE.length;
  for (const [, { length }] of chunksOf(file)) {
    starts.push(at);
    at += AROUND + length;
  }
  return starts;
}

/**
 * The zlib stream of a file: the contents of its IDAT chunks, one behind the other. Those that come again behind others are
 * not part of it. Source: PNG (Third Edition), 5.6 and 10.1.
 */
export function streamOf(file: Uint8Array, last: "whole" | "cut" = "whole"): Uint8Array<ArrayBuffer> {
  const chunks = chunksOf(file, last);
  const isData = ([type]: Chunk) => type === "IDAT";
  const first = chunks.findIndex(isData);
  const end = chunks.findIndex((chunk, at) => at > first && !isData(chunk));
  return joined(first < 0 ? [] : chunks.slice(first, end < 0 ? undefined : end).map(([, body]) => body));
}

/** What IHDR says, where it is the first chunk; of a file that has none, that it has no pixels. */
export function headerOf(file: Uint8Array): PngHeader {
  const [[type, body] = ["", new Uint8Array()]] = chunksOf(file, "cut");
  if (type !== "IHDR" || body.length < 13) return { width: 0, height: 0, depth: 0, colourType: 0 };
  const view = new DataView(body.buffer, body.byteOffset);
  const [depth = 0, colourType = 0, compression = 0, filter = 0, interlace = 0] = body.subarray(8);
  return { width: view.getUint32(0), height: view.getUint32(4), depth, colourType, compression, filter, interlace };
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts));
}

/** The stream in IDAT chunks of these lengths; of the last length, which is not 0, as many as it takes. */
export function piecesOf(stream: Uint8Array, lengths: readonly number[]): readonly Chunk[] {
  const pieces: Chunk[] = [];
  for (let at = 0; at < stream.length || pieces.length === 0; ) {
    const length = lengths[pieces.length] ?? lengths.at(-1) ?? stream.length;
    pieces.push(["IDAT", stream.subarray(at, at + length)]);
    at += length;
  }
  return pieces;
}

/** The file with other chunks where its IDATs were. */
export function withData(file: Uint8Array, data: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const chunks = chunksOf(file);
  const first = chunks.findIndex(([type]) => type === "IDAT");
  const others = chunks.filter(([type]) => type !== "IDAT");
  return pngOf(others.toSpliced(first < 0 ? others.length : first, 0, ...data));
}

/** The file with another zlib stream, in one chunk. */
export function withStream(file: Uint8Array, stream: Uint8Array): Uint8Array<ArrayBuffer> {
  return withData(file, [["IDAT", stream]]);
}

/** The file with other rows, behind their filter types, compressed anew. */
export function withRows(
  file: Uint8Array,
  change: (rows: Uint8Array<ArrayBuffer>) => Uint8Array,
  options: ZlibOptions = {},
): Uint8Array<ArrayBuffer> {
  return withStream(file, deflateSync(change(Uint8Array.from(inflateSync(streamOf(file)))), options));
}

/** Adler-32, as it stands behind a zlib stream. Source: RFC 1950, 8.2. */
export function adlerOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return Uint8Array.of(high >> 8, high, low >> 8, low);
}
