import type { Raster } from "../../src/pixels/raster.ts";
import type { Rect } from "../../src/plan/size.ts";
import type { Turn } from "../../src/plan/steps.ts";
import type { TextbookFilter } from "./filters.ts";
import { byte } from "./rows.ts";

/**
 * Turning by its definition, in float64: each output pixel is the weighted mean of the premultiplied pixels around the point
 * that the map gives, at its very place, times its coverage. Straight levels, clamped but not rounded; all zeros where
 * alpha would be rounded to 0. A pixel outside the raster is the nearest one inside.
 */
export function oracleTurn(source: Raster, { size, from, seen }: Turn, filter: TextbookFilter): Float64Array {
  const levels = new Float64Array(size.width * size.height * 4);
  const [lengthX, lengthY] = [Math.hypot(from.xx, from.xy), Math.hypot(from.yx, from.yy)];
  for (let pixel = 0; pixel < size.width * size.height; pixel++) {
    const [i, j] = [(pixel % size.width) + 0.5, Math.floor(pixel / size.width) + 0.5];
    const x = from.xx * i + from.xy * j + from.x0;
    const y = from.yx * i + from.yy * j + from.y0;
    const across = lengthInside((x - seen.x) / lengthX, (seen.x + seen.width - x) / lengthX);
    const down = lengthInside((y - seen.y) / lengthY, (seen.y + seen.height - y) / lengthY);
    levels.set(settled(sampled(source, x, y, filter), across * down), pixel * 4);
  }
  return levels;
}

/** How much of a length of 1 lies between two sides, given the signed distances of its middle from them. */
export function lengthInside(left: number, right: number): number {
  return Math.max(0, Math.min(0.5, right) - Math.max(-0.5, -left));
}

/** Red, green and blue times alpha / 255, and alpha. */
function sampled({ size, data }: Raster, x: number, y: number, filter: TextbookFilter): readonly number[] {
  const sums = [0, 0, 0, 0];
  for (let row = Math.floor(y) - 3; row <= y + 3; row++) {
    for (let column = Math.floor(x) - 3; column <= x + 3; column++) {
      const weight = filter.weight(column + 0.5 - x) * filter.weight(row + 0.5 - y);
      const at = (inside(row, size.height) * size.width + inside(column, size.width)) * 4;
      const alpha = data[at + 3] ?? 0;
      for (let channel = 0; channel < 4; channel++) {
        const value = channel === 3 ? alpha : ((data[at + channel] ?? 0) * alpha) / 255;
        sums[channel] = (sums[channel] ?? 0) + value * weight;
      }
    }
  }
  return sums;
}

function settled([red = 0, green = 0, blue = 0, alpha = 0]: readonly number[], coverage: number): readonly number[] {
  const shown = clamped(alpha) * coverage;
  if (shown < 0.5) return [0, 0, 0, 0];
  return [...[red, green, blue].map((colour) => clamped((colour * 255) / alpha)), shown];
}

/** What the kernel takes, as lists of numbers: its record, and the block of float pixels with its columns. */
export interface TileJob {
  readonly pixels: ArrayLike<number>;
  readonly stride: number;
  readonly weights: ArrayLike<number>;
  /** First place, what a column adds, what a row adds: x and y each, in 1024ths. */
  readonly places: readonly number[];
  /** The same of four distances each, ½ added. */
  readonly distances: readonly number[];
  readonly size: Pick<Rect, "width" | "height">;
}

/** The twin of the kernel: bytes. */
export function turnedTile({ pixels, stride, weights, places, distances, size }: TileJob): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(size.width * size.height * 4);
  const at = (list: readonly number[], wide: number, index: number, column: number, row: number) =>
    (list[index] ?? 0) + column * (list[index + wide] ?? 0) + row * (list[index + 2 * wide] ?? 0);
  for (let row = 0; row < size.height; row++) {
    for (let column = 0; column < size.width; column++) {
      const [x, y] = [0, 1].map((axis) => Math.floor(at(places, 2, axis, column, row))) as [number, number];
      const [left, top, right, bottom] = [0, 1, 2, 3].map((side) => at(distances, 4, side, column, row) - 0.5) as [
        number,
        number,
        number,
        number,
      ];
      const sums = [0, 0, 0, 0].map((_, channel) => {
        let sum = 0;
        for (let tap = 0; tap < 16; tap++) {
          const [across, down] = [tap % 4, Math.floor(tap / 4)];
          const pixel = (Math.floor(y / 1024) + down) * stride + Math.floor(x / 1024) + across;
          const weight = (weights[(x % 1024) * 4 + across] ?? 0) * (weights[(y % 1024) * 4 + down] ?? 0);
          sum += ((pixels[pixel * 4 + channel] ?? 0) * weight) / 255;
        }
        return sum;
      });
      const coverage = lengthInside(left, right) * lengthInside(top, bottom);
      result.set(settled(sums, coverage).map(byte), (row * size.width + column) * 4);
    }
  }
  return result;
}

function inside(at: number, length: number): number {
  return Math.min(Math.max(at, 0), length - 1);
}

function clamped(value: number): number {
  return Math.min(255, Math.max(0, value));
}
