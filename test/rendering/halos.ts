import type { Raster } from "../../src/pixels/raster.ts";
import type { Point } from "../../src/plan/size.ts";
import type { Rgb } from "../../src/protocol/rgb.ts";

/** How an operation makes a pixel of those around a point of the source. */
export interface Reach {
  /** The point of the source that a pixel of the result is made of. */
  readonly from: (x: number, y: number) => Point;
  /** How far it looks from there, in pixels of the source. */
  readonly radius: number;
  /** The sum of the sizes of its weights: 1 where none is negative, more where it overshoots. */
  readonly weights: number;
}

/** Levels of rounding: a stage rounds alpha and colour, and another follows. */
const ROUNDING = 3;

/**
 * By how many levels the result, an opaque picture, goes beyond what it can be: weights mix what is seen around a pixel, each
 * source pixel laid over the background, and whatever they are, they go no further from the middle of its range than their
 * sizes say. A mean that lets hidden colours take part, or that weighs colours without their alpha, is not bound by that.
 */
export function excess(got: Raster, source: Raster, background: Rgb, { from, radius, weights }: Reach): number {
  const seen = laidOn(source, background);
  let most = 0;
  for (let y = 0; y < got.size.height; y++) {
    for (let x = 0; x < got.size.width; x++) {
      const range = rangeAround(seen, source.size, background, from(x + 0.5, y + 0.5), radius);
      for (const [channel, [low, high]] of range.entries()) {
        const value = got.data[(y * got.size.width + x) * 4 + channel] ?? 0;
        const allowed = (weights * (high - low)) / 2 + ROUNDING;
        most = Math.max(most, Math.abs(value - (low + high) / 2) - allowed);
      }
    }
  }
  return most;
}

function laidOn({ data }: Raster, background: Rgb): Float64Array {
  return Float64Array.from(data, (value, at) => {
    const alpha = (data[at | 3] ?? 0) / 255;
    return at % 4 === 3 ? 255 : value * alpha + (background[at % 4] ?? 0) * (1 - alpha);
  });
}

/** Lowest and highest of red, green and blue; the background counts where the picture has ended. */
function rangeAround(
  seen: Float64Array,
  { width, height }: Raster["size"],
  background: Rgb,
  { x, y }: Point,
  radius: number,
) {
  const isBeyond = x < radius || y < radius || x > width - radius || y > height - radius;
  const ranges = background.map((value): [number, number] => (isBeyond ? [value, value] : [255, 0]));
  const [left, right] = [Math.max(0, Math.floor(x - radius)), Math.min(width - 1, Math.ceil(x + radius))];
  const [top, bottom] = [Math.max(0, Math.floor(y - radius)), Math.min(height - 1, Math.ceil(y + radius))];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      for (const [channel, range] of ranges.entries()) {
        const value = seen[(row * width + column) * 4 + channel] ?? 0;
        range[0] = Math.min(range[0], value);
        range[1] = Math.max(range[1], value);
      }
    }
  }
  return ranges;
}

/** The picture with other colours where nothing is seen of it. */
export function withHidden({ size, data }: Raster, colour: Rgb): Raster {
  const other = data.slice();
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 0) other.set(colour, at);
  return { size, data: other };
}

/** Half the size by means of four pixels that do not care about alpha, and then laid on a colour: how it is not done. */
export function wronglyHalved({ size, data }: Raster, background: Rgb): Raster {
  const [width, height] = [Math.floor(size.width / 2), Math.floor(size.height / 2)];
  const mean = (x: number, y: number, channel: number) => {
    const at = (column: number, row: number) => data[((2 * y + row) * size.width + 2 * x + column) * 4 + channel] ?? 0;
    return (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
  };
  const result = new Uint8Array(width * height * 4);
  for (let at = 0; at < result.length; at++) {
    const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
    const alpha = mean(x, y, 3) / 255;
    result[at] = at % 4 === 3 ? 255 : mean(x, y, at % 4) * alpha + (background[at % 4] ?? 0) * (1 - alpha);
  }
  return { size: { width, height }, data: result };
}
