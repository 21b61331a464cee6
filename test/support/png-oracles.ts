import { PNG } from "pngjs";
import sharp from "sharp";
import type { Raster } from "../../src/pixels/raster.ts";
import { chunksOf } from "./png-chunks.ts";

/** Where IHDR has its depth and its colour type, in a file. Source: PNG (Third Edition), 5.2, 5.3 and 11.2.1. */
const [DEPTH, COLOUR_TYPE] = [24, 25];

/**
 * A sample of 16 bits in 8: v · 255 / 65535, rounded. There are no halves: v / 257 has none. Source: PNG (Third Edition), 13.12.
 */
const inEight = (sample: number) => Math.round(sample / 257);

/** More than a picture of a test has: some damaged files claim thousands of times as many, and would be given room for them. */
const MANY_PIXELS = 2_000_000;

/**
 * A PNG as pngjs reads it, in all its bits, then rounded to 8. It shares no code with anything here but zlib with Node.
 *
 * What it makes of a transparent colour is transparent black.
 */
export function pngjsPicture(file: Uint8Array): Raster {
  const of16 = file[DEPTH] === 16;
  if (mostPixels(file) > MANY_PIXELS) throw new Error("too many pixels");
  // Only of 16 bits, which pngjs would round on a way of its own: of fewer it gives the samples as they are.
  const { width, height, data } = PNG.sync.read(Buffer.from(file), { skipRescale: of16 });
  return { size: { width, height }, data: of16 ? Uint8Array.from(data, inEight) : Uint8Array.from(data) };
}

/** A PNG as libpng reads it, by way of libvips, in all its bits, then rounded to 8; profiles and gamma do not count. */
export async function libpngPicture(file: Uint8Array): Promise<Raster> {
  const of16 = file[DEPTH] === 16;
  const isGray = ((file[COLOUR_TYPE] ?? 0) & 2) === 0;
  const { data, info } = await sharp(file, { ignoreIcc: true, limitInputPixels: MANY_PIXELS })
    .toColourspace(of16 ? (isGray ? "grey16" : "rgb16") : "srgb")
    .raw({ depth: of16 ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const samples = of16
    ? Uint8Array.from(new Uint16Array(data.buffer, data.byteOffset, data.length / 2), inEight)
    : Uint8Array.from(data);
  return { size: { width, height }, data: inFourChannels(samples, channels) };
}

/** Of the headers in the file, of which it may have several: pngjs takes the last one. */
function mostPixels(file: Uint8Array): number {
  const headers = chunksOf(file).filter(([type, { length }]) => type === "IHDR" && length >= 8);
  const pixels = headers.map(([, body]) => {
    const view = new DataView(body.buffer);
    return view.getUint32(0) * view.getUint32(4);
  });
  return Math.max(0, ...pixels);
}

/** Gray, gray with alpha, RGB or RGBA as RGBA. */
function inFourChannels(samples: Uint8Array, channels: number): Uint8Array<ArrayBuffer> {
  const pixels = samples.length / channels;
  const isGray = channels < 3;
  const data = new Uint8Array(pixels * 4).fill(255);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      data[pixel * 4 + channel] = samples[pixel * channels + (isGray ? 0 : channel)] ?? 0;
    }
    if (channels % 2 === 0) data[pixel * 4 + 3] = samples[(pixel + 1) * channels - 1] ?? 0;
  }
  return data;
}

/** The same picture, in which what is fully transparent is black. */
export function withoutHidden({ size, data }: Raster): Raster {
  return { size, data: data.map((sample, at) => (data[at | 3] === 0 ? 0 : sample)) };
}
