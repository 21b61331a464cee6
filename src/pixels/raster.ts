import type { Rgb } from "../plan/colour.ts";
import { type Point, pixelCount, type Size } from "../plan/size.ts";

/** A picture of output size: RGBA8, rows from the top, not premultiplied. */
export interface Raster {
  readonly size: Size;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A raster of one colour; undefined is fully transparent. */
export function filledRaster(size: Size, colour: Rgb | undefined): Raster {
  const data = new Uint8Array(pixelCount(size) * 4);
  if (colour !== undefined) {
    // Bytes in memory order are red, green, blue, alpha: little-endian everywhere WebAssembly runs.
    const [red, green, blue] = colour;
    new Uint32Array(data.buffer).fill(((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
  }
  return { size, data };
}

/** Lays a row of RGBA8 pixels into the raster, its first pixel at `at`. */
export function placeRowInto({ size, data }: Raster, row: Uint8Array, at: Point): void {
  data.set(row, (at.y * size.width + at.x) * 4);
}
