import type { Course } from "../plan/orientation.ts";
import { pixelCount, type Size } from "../plan/size.ts";
import type { Rgb } from "../protocol/rgb.ts";
import { lumaOf } from "./luma.ts";
import { release } from "./release.ts";

/** A picture of output size: RGBA8, rows from the top, not premultiplied. */
export interface Raster {
  readonly size: Size;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A raster of one colour; undefined is fully transparent. */
export function filledRaster(size: Size, colour: Rgb | undefined): Raster {
  const data = new Uint8Array(pixelCount(size) * 4);
  if (colour !== undefined) colourInto(data, colour);
  return { size, data };
}

/** Makes whole pixels all of one colour, or fully transparent. @param data begins at a multiple of 4 in its buffer */
export function colourInto(data: Uint8Array<ArrayBuffer>, colour: Rgb | undefined): void {
  // Bytes in memory order are red, green, blue, alpha: little-endian everywhere WebAssembly runs.
  const [red, green, blue, alpha] = colour === undefined ? [0, 0, 0, 0] : [...colour, 255];
  const pixel = ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  new Uint32Array(data.buffer, data.byteOffset, data.length / 4).fill(pixel);
}

/** Gives a raster's memory back at once: nobody may look at it any more. */
export function releaseRaster({ data }: Raster): void {
  release(data);
}

/** Lays a row of RGBA8 pixels into the raster: its first pixel at `start`, each other one a step further. */
export function placeRowInto({ size, data }: Raster, row: Uint8Array, { start, step }: Course): void {
  const first = start.y * size.width + start.x;
  const stride = step.y * size.width + step.x;
  if (stride === 1) {
    data.set(row, first * 4);
    return;
  }
  const to = new Uint32Array(data.buffer, data.byteOffset);
  const from = new Uint32Array(row.buffer, row.byteOffset, row.length / 4);
  for (let x = 0, at = first; x < from.length; x++, at += stride) to[at] = from[x] ?? 0;
}

/**
 * Lays a row of RGBA8 pixels into the alpha of the raster: their own alpha, or else their luma (0.299 R + 0.587 G + 0.114 B),
 * or what is missing to 255.
 */
export function maskRowInto(
  { size, data }: Raster,
  row: Uint8Array,
  { start, step }: Course,
  { ofAlpha, inverted }: { readonly ofAlpha: boolean; readonly inverted: boolean },
): void {
  const stride = (step.y * size.width + step.x) * 4;
  let to = (start.y * size.width + start.x) * 4 + 3;
  for (let at = 0; at < row.length; at += 4, to += stride) {
    const value = ofAlpha ? (row[at + 3] ?? 0) : lumaOf(row[at] ?? 0, row[at + 1] ?? 0, row[at + 2] ?? 0);
    data[to] = inverted ? 255 - value : value;
  }
}
