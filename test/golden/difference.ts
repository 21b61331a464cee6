import type { Raster } from "../../src/pixels/raster.ts";
import { sizeText } from "../../src/plan/size.ts";
import { picture } from "../support/pictures.ts";

/** How far two pictures may lie apart, in levels of 255. */
export interface Tolerance {
  /** Of all components of all pixels. */
  readonly mean: number;
  readonly max: number;
}

/** How far they do. */
export interface Difference {
  readonly mean: number;
  readonly max: number;
  /** Pixels that differ by more than the tolerance's largest. */
  readonly count: number;
  /** The first pixel that differs most. */
  readonly x: number;
  readonly y: number;
}

/**
 * Compares what is seen of two pictures of one size: colours times alpha, and alpha.
 */
export function differenceOf(got: Raster, wanted: Raster, tolerance: Tolerance): Difference {
  const { width, height } = wanted.size;
  let [sum, max, count, at] = [0, 0, 0, 0];
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [largest, total] = apart(got.data, wanted.data, pixel * 4);
    sum += total;
    if (largest > tolerance.max) count++;
    if (largest > max) [max, at] = [largest, pixel];
  }
  return { mean: sum / (width * height * 4), max, count, x: at % width, y: Math.floor(at / width) };
}

/** What is wrong with a picture, in words; undefined where nothing is. */
export function complaintOf(got: Raster, wanted: Raster, tolerance: Tolerance): string | undefined {
  if (got.size.width !== wanted.size.width || got.size.height !== wanted.size.height) {
    return `is ${sizeText(got.size)}, wanted ${sizeText(wanted.size)}`;
  }
  const { mean, max, count, x, y } = differenceOf(got, wanted, tolerance);
  if (max <= tolerance.max && mean <= tolerance.mean) return undefined;
  const rgba = ({ size, data }: Raster) =>
    `(${[...data.subarray((y * size.width + x) * 4).subarray(0, 4)].join(", ")})`;
  return [
    `${count} of ${wanted.size.width * wanted.size.height} pixels differ by more than ${tolerance.max}`,
    `most of all the one at ${x}, ${y}, by ${rounded(max)}: got ${rgba(got)}, wanted ${rgba(wanted)}`,
    `the mean is ${rounded(mean)}, and ${tolerance.mean} at most is allowed`,
  ].join("; ");
}

/** Eight times the difference of every component, on black; where one picture ends, the other is magenta. */
export function differencePicture(got: Raster, wanted: Raster): Raster {
  const width = Math.max(got.size.width, wanted.size.width);
  const height = Math.max(got.size.height, wanted.size.height);
  return picture({ width, height }, (x, y) => {
    const [one, other] = [visibleAt(got, x, y), visibleAt(wanted, x, y)];
    if (one === undefined || other === undefined) return [255, 0, 255, 255];
    const [red = 0, green = 0, blue = 0, alpha = 0] = one.map((value, channel) =>
      Math.abs(value - (other[channel] ?? 0)),
    );
    const shown = (by: number) => Math.min(255, Math.round(8 * Math.max(by, alpha)));
    return [shown(red), shown(green), shown(blue), 255];
  });
}

function visibleAt({ size, data }: Raster, x: number, y: number): readonly number[] | undefined {
  return x < size.width && y < size.height ? visible(data, (y * size.width + x) * 4) : undefined;
}

function visible(data: Uint8Array, at: number): readonly number[] {
  const alpha = data[at + 3] ?? 0;
  return [0, 1, 2].map((channel) => ((data[at + channel] ?? 0) * alpha) / 255).concat(alpha);
}

function apart(got: Uint8Array, wanted: Uint8Array, at: number): readonly [largest: number, total: number] {
  const other = visible(wanted, at);
  const by = visible(got, at).map((value, channel) => Math.abs(value - (other[channel] ?? 0)));
  return [Math.max(...by), by.reduce((sum, each) => sum + each, 0)];
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
