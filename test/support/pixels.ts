import jpeg from "jpeg-js";
import { PNG } from "pngjs";

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

/** Scales an opaque picture down: each pixel is the mean of the area that it covers. Slow and obvious. */
export function shrunk(from: Pixels, width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * from.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * from.height) / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * from.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * from.width) / width));
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) {
            sum += from.data[(row * from.width + column) * 4 + channel] ?? 0;
          }
        }
        data[(y * width + x) * 4 + channel] = Math.round(sum / ((bottom - top) * (right - left)));
      }
    }
  }
  return { width, height, data };
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
