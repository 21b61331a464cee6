import type { Raster } from "../../src/pixels/raster.ts";
import type { Size } from "../../src/plan/size.ts";
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
