import type { Raster } from "../../src/pixels/raster.ts";
import type { Orientation } from "../../src/plan/orientation.ts";
import type { Point, Rect, Size } from "../../src/plan/size.ts";
import { randomBytes } from "./random.ts";

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

export function picture(size: Size, colourAt: (x: number, y: number) => Rgba): Raster {
  const data = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) data.set(colourAt(x, y), (y * size.width + x) * 4);
  }
  return { size, data };
}

/** Every byte for itself: the hardest picture for a filter. */
export function noise(size: Size, seed: number, opaque: boolean): Raster {
  const data = randomBytes(size.width * size.height * 4, seed);
  if (opaque) for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { size, data };
}

/** Gentle ramps, different in every channel and direction, as lossy codecs keep them best. */
export function ramps(size: Size): Raster {
  const level = (at: number, length: number) => Math.round((at / Math.max(1, length - 1)) * 255);
  return picture(size, (x, y) => [level(x, size.width), level(y, size.height), 128, 255]);
}

export function rowOf({ size, data }: Raster, y: number): Uint8Array<ArrayBuffer> {
  return data.subarray(y * size.width * 4, (y + 1) * size.width * 4);
}

/**
 * Levels of RGBA, each colour times its alpha: the colour of a pixel that is all but invisible hangs on the last bits of its
 * alpha, and what shows of it counts.
 */
export function premultiplied(levels: ArrayLike<number>): Float64Array {
  return Float64Array.from(levels, (value, at) => (at % 4 === 3 ? value : (value * (levels[at | 3] ?? 0)) / 255));
}

/** The pixels of a part of a picture. */
export function partOf(whole: Raster, { x, y, width, height }: Rect): Raster {
  const rows = Array.from({ length: height }, (_, row) => rowOf(whole, y + row).subarray(x * 4, (x + width) * 4));
  return { size: { width, height }, data: Uint8Array.from(Buffer.concat(rows)) };
}

type Side = "top" | "bottom" | "left" | "right";

/**
 * Where the first row and the first column of the file are seen, as the specification puts it.
 * Source: Exif 2.32, 4.6.4, tag 274: "1 = the 0th row is at the visual top, the 0th column at the visual left" and so on.
 */
export const SPECIFIED: readonly (readonly [orientation: Orientation, firstRow: Side, firstColumn: Side])[] = [
  [1, "top", "left"],
  [2, "top", "right"],
  [3, "bottom", "right"],
  [4, "bottom", "left"],
  [5, "left", "top"],
  [6, "right", "top"],
  [7, "right", "bottom"],
  [8, "left", "bottom"],
];

/**
 * Where a place of the file is seen, and the size of what is seen: the plain twin of src/plan/orientation.ts.
 *
 * @param extent of what lies there: 1 for a pixel, 0 for a line between two
 */
export function seenAt({ x, y }: Point, extent: 0 | 1, file: Size, orientation: Orientation): Point & Size {
  const [, firstRow, firstColumn] = SPECIFIED[orientation - 1] ?? [1, "top", "left"];
  // How far a row or column lies from the top or the left of what is seen, if number 0 lies on `side`.
  const fromStart = (side: Side, at: number, length: number) =>
    side === "top" || side === "left" ? at : length - extent - at;
  const alongRows = fromStart(firstRow, y, file.height);
  const alongColumns = fromStart(firstColumn, x, file.width);
  return firstRow === "top" || firstRow === "bottom"
    ? { x: alongColumns, y: alongRows, width: file.width, height: file.height }
    : { x: alongRows, y: alongColumns, width: file.height, height: file.width };
}

/** A picture as it is seen that lies like this in its file. */
export function seenUpright({ size, data }: Raster, orientation: Orientation): Raster {
  const { width, height } = seenAt({ x: 0, y: 0 }, 1, size, orientation);
  const seen = new Uint8Array(data.length);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const to = seenAt({ x, y }, 1, size, orientation);
      const from = (y * size.width + x) * 4;
      seen.set(data.subarray(from, from + 4), (to.y * width + to.x) * 4);
    }
  }
  return { size: { width, height }, data: seen };
}
