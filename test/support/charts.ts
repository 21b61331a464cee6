import { convertIndexedToRgb, decode, encode } from "fast-png";
import jpeg from "jpeg-js";
import type { Raster } from "../../src/pixels/raster.ts";
import { picture, type Rgba } from "./pictures.ts";

/** Four quarters: red, green / blue, white. Large flat areas survive JPEG and any resampling. */
export function quarters(width: number, height: number): Raster {
  return picture({ width, height }, (x, y) => {
    const right = x >= width / 2;
    if (y >= height / 2) return right ? [255, 255, 255, 255] : [0, 0, 255, 255];
    return right ? [0, 255, 0, 255] : [255, 0, 0, 255];
  });
}

/** Encoded by a library that has nothing to do with the product. */
export function pngOf({ size, data }: Raster): Uint8Array {
  return encode({ ...size, data, channels: 4 });
}

/** Decoded by a library that has nothing to do with the product. */
export function readPng(bytes: Uint8Array): Raster {
  const decoded = decode(bytes);
  const { width, height, palette } = decoded;
  const channels = palette?.[0]?.length ?? decoded.channels;
  const data = palette === undefined ? decoded.data : convertIndexedToRgb(decoded);
  return picture({ width, height }, (x, y) => {
    const at = (y * width + x) * channels;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, channels === 4 ? (data[at + 3] ?? 0) : 255];
  });
}

/** Decoded by a library that has nothing to do with the product. */
export function readJpeg(bytes: Uint8Array): Raster {
  const { width, height, data } = jpeg.decode(bytes, { useTArray: true });
  return { size: { width, height }, data: new Uint8Array(data) };
}

export function pixelAt({ size, data }: Raster, x: number, y: number): Rgba {
  const at = (y * size.width + x) * 4;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0];
}

/** Largest difference of any channel of two pixels. */
export function distance(one: Rgba, other: Rgba): number {
  return Math.max(...one.map((value, channel) => Math.abs(value - (other[channel] ?? 0))));
}
