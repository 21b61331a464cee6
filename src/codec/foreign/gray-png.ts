import { lumaOf } from "../../pixels/luma.ts";
import type { Raster } from "../../pixels/raster.ts";
import type { Output } from "../../plan/output.ts";
import type { Size } from "../../plan/size.ts";
import { physOf } from "../density.ts";
import { AROUND, chunkInto } from "./png-chunks.ts";

type Options = Pick<Output<"png">, "alpha" | "dpi">;

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const GRAY = 0;
const GRAY_ALPHA = 4;
const PAETH = 4;

/** Rows are filtered and compressed in bands of about so many bytes. */
const BAND_BYTES = 262_144;
/** Bands on their way, and what zlib holds. */
const BESIDE_BYTES = 4 * BAND_BYTES;
/** What is compressed is held twice, in pieces and as a file; noise grows a little. */
const HELD_A_BYTE = 2 * 1.002;

/** Bytes that `encodeGrayPng` holds at most beside the raster. */
export function grayPngBytes({ width, height }: Size, { alpha }: Pick<Options, "alpha">): number {
  return BESIDE_BYTES + Math.ceil(height * (1 + width * (alpha ? 2 : 1)) * HELD_A_BYTE);
}

/**
 * Encodes the luma of a raster, 0.299 R + 0.587 G + 0.114 B, as a PNG of one channel, or of two with alpha.
 *
 * Filters here, and leaves compressing to the platform, which does it in pieces. Every row goes through Paeth's filter:
 * trying all five made photographs smaller by 1.5 %. Source: PNG (Third Edition), 9.2, 11.2.1.
 */
export async function encodeGrayPng({ size, data }: Raster, options: Options): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = await deflated(filteredBands({ size, data }, options.alpha));
  const tag = options.dpi === undefined ? [] : [physOf(options.dpi)];
  const bytes = [...tag, ...pieces].reduce((sum, { length }) => sum + length, 0);
  const header = headerOf(size, options.alpha);
  const file = new Uint8Array(SIGNATURE.length + header.length + bytes + AROUND * (3 + tag.length));
  file.set(SIGNATURE);
  let at = chunkInto(file, SIGNATURE.length, "IHDR", header);
  for (const content of tag) at = chunkInto(file, at, "pHYs", content);
  at = chunkInto(file, at, "IDAT", ...pieces);
  chunkInto(file, at, "IEND");
  return file;
}

/** Eight bits a channel; compression, filters and interlacing are the only, the usual, and none. */
function headerOf({ width, height }: Size, alpha: boolean): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, alpha ? GRAY_ALPHA : GRAY, 0, 0, 0], 8);
  return header;
}

/** A zlib stream of these bytes, in pieces. */
async function deflated(bands: Iterable<Uint8Array<ArrayBuffer>>): Promise<readonly Uint8Array[]> {
  const { readable, writable } = new CompressionStream("deflate");
  const pieces: Uint8Array[] = [];
  const collect = async () => {
    for await (const piece of readable) pieces.push(piece);
  };
  const feed = async () => {
    const writer = writable.getWriter();
    for (const band of bands) await writer.write(band);
    await writer.close();
  };
  await Promise.all([collect(), feed()]);
  return pieces;
}

function* filteredBands({ size, data }: Raster, alpha: boolean): Generator<Uint8Array<ArrayBuffer>> {
  const { width, height } = size;
  const rowBytes = width * (alpha ? 2 : 1);
  const rows = Math.max(1, Math.floor(BAND_BYTES / (rowBytes + 1)));
  let above = new Uint8Array(rowBytes);
  let row = new Uint8Array(rowBytes);
  for (let top = 0; top < height; top += rows) {
    const band = new Uint8Array(Math.min(rows, height - top) * (rowBytes + 1));
    for (let at = 0, y = top; at < band.length; at += rowBytes + 1, y++) {
      grayInto(row, data.subarray(y * width * 4, (y + 1) * width * 4), alpha);
      band[at] = PAETH;
      paethInto(band.subarray(at + 1, at + 1 + rowBytes), row, above, alpha ? 2 : 1);
      [above, row] = [row, above];
    }
    yield band;
  }
}

function grayInto(row: Uint8Array, pixels: Uint8Array, alpha: boolean): void {
  for (let from = 0, to = 0; from < pixels.length; from += 4) {
    const [red = 0, green = 0, blue = 0] = [pixels[from], pixels[from + 1], pixels[from + 2]];
    row[to++] = lumaOf(red, green, blue);
    if (alpha) row[to++] = pixels[from + 3] ?? 0;
  }
}

/** What a row differs by from what its left, upper and upper left neighbours foretell. */
function paethInto(filtered: Uint8Array, row: Uint8Array, above: Uint8Array, channels: number): void {
  // Left of the first pixel lie zeros, of which the upper neighbour is always foretold.
  for (let at = 0; at < channels; at++) filtered[at] = (row[at] ?? 0) - (above[at] ?? 0);
  for (let at = channels; at < row.length; at++) {
    const left = row[at - channels] ?? 0;
    const up = above[at] ?? 0;
    const corner = above[at - channels] ?? 0;
    const byLeft = Math.abs(up - corner);
    const byUp = Math.abs(left - corner);
    const byCorner = Math.abs(left + up - 2 * corner);
    const foretold = byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    filtered[at] = (row[at] ?? 0) - foretold;
  }
}
