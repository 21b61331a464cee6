import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import { TEXTBOOK } from "../oracle/filters.ts";

/** A decoded picture: RGBA8, rows from the top, not premultiplied. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Decoded by pngjs, which shares no code with the Worker. Samples of 16 bits are scaled to 8 with rounding. */
export function pngPixels(file: Buffer): Pixels {
  const { width, height, data } = PNG.sync.read(file);
  return { width, height, data };
}

/**
 * Decoded by jpeg-js, which shares no code with the Worker.
 *
 * It repeats chroma samples where libjpeg interpolates them: single pixels differ, averages do not.
 */
export function jpegPixels(file: Buffer): Pixels {
  const { width, height, data } = jpeg.decode(file, { useTArray: true, formatAsRGBA: true, maxMemoryUsageInMB: 2048 });
  return { width, height, data };
}

export function pixelsOf(file: Buffer): Pixels {
  return file[0] === 0x89 ? pngPixels(file) : jpegPixels(file);
}

/** @param level effort of the compressor: 0 stores the samples as they are */
export function pngFile({ width, height, data }: Pixels, level = 9): Buffer {
  return PNG.sync.write(Object.assign(new PNG({ width, height }), { data: Buffer.from(data) }), {
    deflateLevel: level,
  });
}

export function jpegFile({ width, height, data }: Pixels, quality = 90): Buffer {
  return jpeg.encode({ width, height, data }, quality).data;
}

/** A picture in which every pixel differs from its neighbours and no two halves look alike. */
export function testPattern(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      data.set([(255 * x) / width, (255 * y) / height, ((x >> 2) + (y >> 2)) % 2 ? 200 : 40, 255], at);
    }
  }
  return { width, height, data };
}

/** Scales an opaque picture down by Lanczos' filter in float64: first every row, then every column of what that gives. */
export function scaled(from: Pixels, width: number, height: number): Pixels {
  const rows = new Float64Array(width * from.height * 4);
  const across = tapsOf(from.width, width);
  for (let y = 0; y < from.height; y++) {
    for (const [x, taps] of across.entries()) {
      for (const [input, weight] of taps) addInto(rows, y * width + x, from.data, y * from.width + input, weight);
    }
  }
  const sums = new Float64Array(width * height * 4);
  for (const [y, taps] of tapsOf(from.height, height).entries()) {
    for (const [input, weight] of taps) {
      for (let x = 0; x < width; x++) addInto(sums, y * width + x, rows, input * width + x, weight);
    }
  }
  // Clamped and rounded once, at the end.
  return { width, height, data: Uint8Array.from(Uint8ClampedArray.from(sums)) };
}

/** The inputs of each output, and their weights; beyond the edge lies what lies at the edge. */
function tapsOf(inputs: number, outputs: number): readonly (readonly (readonly [input: number, weight: number])[])[] {
  const { support, weight } = TEXTBOOK.sharp2;
  const factor = inputs / outputs;
  return Array.from({ length: outputs }, (_, output) => {
    const middle = (output + 0.5) * factor;
    const first = Math.floor(middle - support * factor);
    const last = Math.ceil(middle + support * factor);
    const taps = Array.from({ length: last - first }, (_, tap) => weight((first + tap + 0.5 - middle) / factor));
    const total = taps.reduce((sum, each) => sum + each, 0);
    return taps.map((each, tap) => [Math.min(Math.max(first + tap, 0), inputs - 1), each / total] as const);
  });
}

function addInto(sums: Float64Array, to: number, from: Float64Array | Uint8Array, at: number, weight: number): void {
  for (let channel = 0; channel < 4; channel++) {
    sums[to * 4 + channel] = (sums[to * 4 + channel] ?? 0) + (from[at * 4 + channel] ?? 0) * weight;
  }
}

export function mirrored({ width, height, data }: Pixels): Pixels {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + (width - 1 - x)) * 4;
      result.set(data.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
  return { width, height, data: result };
}
