import { FILTERS } from "../src/pixels/filters.ts";
import type { Size } from "../src/plan/size.ts";
import { loadSharp } from "./peers/sharp.ts";
import { readSource, type SourceName, sourceOf } from "./sources.ts";

const CHANNELS = 3;

/** A whole source, decoded by libjpeg-turbo or libpng: red, green and blue, 0..255, over black where it has alpha. */
export interface Decoded {
  readonly size: Size;
  readonly rgb: Uint8Array | Float32Array;
}

export async function decodeSource(name: SourceName): Promise<Decoded> {
  const { size, png } = sourceOf(name);
  const file = readSource(name);
  if (png?.colours === "RGBA") return { size, rgb: await decodeOverBlack(file) };
  return { size, rgb: await (png?.colours === "RGB16" ? decodeDeep(file) : decodeFile(file)) };
}

async function decodeOverBlack(file: Uint8Array): Promise<Float32Array> {
  const sharp = await loadSharp();
  const rgba = await sharp(file, { limitInputPixels: false, ignoreIcc: true }).raw().toBuffer();
  const rgb = new Float32Array((rgba.length / 4) * CHANNELS);
  for (let at = 0; at < rgb.length; at++) {
    const pixel = Math.floor(at / CHANNELS) * 4;
    rgb[at] = ((rgba[pixel + (at % CHANNELS)] ?? 0) * (rgba[pixel + 3] ?? 0)) / 255;
  }
  return rgb;
}

async function decodeDeep(file: Uint8Array): Promise<Float32Array> {
  const sharp = await loadSharp();
  const deep = sharp(file, { limitInputPixels: false, ignoreIcc: true }).toColourspace("rgb16");
  const bytes = await deep.raw({ depth: "ushort" }).toBuffer();
  const samples = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return Float32Array.from(samples, (sample) => sample / 257);
}

/** The pixels of a file: RGB8. */
export async function decodeFile(file: Uint8Array): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(file, { limitInputPixels: false, ignoreIcc: true }).toColourspace("srgb").removeAlpha().raw().toBuffer();
}

/**
 * What a rendition should be: Lanczos3 over every pixel of the source, in float64, rows and columns one after the
 * other. Not rounded in between, edges repeated.
 */
export function reference({ size: from, rgb }: Decoded, to: Size): Float64Array {
  const across = axis(from.width, to.width);
  const down = axis(from.height, to.height);
  const narrow = new Float64Array(to.width * from.height * CHANNELS);
  for (let y = 0, at = 0; y < from.height; y++) {
    const row = y * from.width * CHANNELS;
    for (const { first, weights } of across) {
      for (let channel = 0; channel < CHANNELS; channel++, at++) {
        let sum = 0;
        for (let tap = 0, input = row + first * CHANNELS + channel; tap < weights.length; tap++, input += CHANNELS) {
          sum += (weights[tap] ?? 0) * (rgb[input] ?? 0);
        }
        narrow[at] = sum;
      }
    }
  }
  const rowSamples = to.width * CHANNELS;
  const picture = new Float64Array(rowSamples * to.height);
  for (const [y, { first, weights }] of down.entries()) {
    for (const [tap, weight] of weights.entries()) {
      const row = (first + tap) * rowSamples;
      for (let x = 0; x < rowSamples; x++) {
        picture[y * rowSamples + x] = (picture[y * rowSamples + x] ?? 0) + weight * (narrow[row + x] ?? 0);
      }
    }
  }
  return picture.map((value) => Math.min(255, Math.max(0, value)));
}

/** For each output the inputs that it is made of, and their weights, which add up to 1. Pixel i lies at i + ½. */
function axis(inputs: number, outputs: number): readonly { first: number; weights: Float64Array }[] {
  const { support, weight } = FILTERS.sharp2;
  const factor = inputs / outputs;
  const stretch = Math.max(1, factor);
  return Array.from({ length: outputs }, (_, output) => {
    const middle = (output + 0.5) * factor;
    const low = Math.floor(middle - support * stretch);
    const high = Math.ceil(middle + support * stretch);
    const first = Math.max(0, low);
    const weights = new Float64Array(Math.min(inputs - 1, high) - first + 1);
    let sum = 0;
    for (let input = low; input <= high; input++) {
      const tap = Math.min(Math.max(input - first, 0), weights.length - 1);
      const share = weight(Math.abs(input + 0.5 - middle) / stretch);
      weights[tap] = (weights[tap] ?? 0) + share;
      sum += share;
    }
    return { first, weights: weights.map((share) => share / sum) };
  });
}

/**
 * How near a raster comes to the reference, in decibels, over red, green and blue, over black where it has alpha.
 *
 * @param channels 1 (gray), 3 or 4 (the last is alpha)
 */
export function psnr(raster: Uint8Array, channels: number, wanted: ArrayLike<number>): number {
  let squares = 0;
  for (let at = 0; at < wanted.length; at++) {
    const pixel = Math.floor(at / CHANNELS);
    const channel = channels < CHANNELS ? 0 : at % CHANNELS;
    const alpha = channels > CHANNELS ? (raster[pixel * channels + CHANNELS] ?? 0) / 255 : 1;
    squares += ((raster[pixel * channels + channel] ?? 0) * alpha - (wanted[at] ?? 0)) ** 2;
  }
  return 10 * Math.log10(255 ** 2 / (squares / wanted.length));
}
