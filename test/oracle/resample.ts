import type { Raster } from "../../src/pixels/raster.ts";
import type { Rect, Size } from "../../src/plan/size.ts";
import type { TextbookFilter } from "./filters.ts";

export interface OracleResampling {
  readonly window: Rect;
  readonly size: Size;
  readonly filter: TextbookFilter;
  /** Weighs in linear light. */
  readonly linear?: boolean;
}

/**
 * Resampling by its definition: each output pixel is the weighted mean of all the input pixels under the filter, in
 * float64. Levels 0..255, clamped but not rounded.
 *
 * An input pixel outside the picture is the nearest one inside. Shrinking stretches the filter by the factor of the axis.
 */
export function oracleResample(source: Raster, job: OracleResampling): Float64Array {
  const { window, size } = job;
  const { width, height } = source.size;
  const across = axis(window.x, window.width, size.width, width, job.filter);
  const down = axis(window.y, window.height, size.height, height, job.filter);
  const lightOf = job.linear === true ? decoded : same;
  const pixels = samplesOf(source, lightOf);

  // A weight of two dimensions is a product: rows first, then columns of what that gives, is the same sum.
  const narrowed = new Float64Array(size.width * height * 4);
  for (let y = 0; y < height; y++) {
    for (const [x, taps] of across.entries()) {
      for (const [input, weight] of taps) addInto(narrowed, y * size.width + x, pixels, y * width + input, weight);
    }
  }
  const means = new Float64Array(size.width * size.height * 4);
  for (const [y, taps] of down.entries()) {
    for (const [input, weight] of taps) {
      for (let x = 0; x < size.width; x++) addInto(means, y * size.width + x, narrowed, input * size.width + x, weight);
    }
  }
  return levelsOf(means, job.linear === true ? encoded : same);
}

/** The inputs of each output along one axis, with their weights, which add up to 1; pixel i lies at i + ½. */
function axis(from: number, covers: number, outputs: number, inputs: number, filter: TextbookFilter) {
  const factor = covers / outputs;
  const stretch = Math.max(factor, 1);
  return Array.from({ length: outputs }, (_, output): readonly (readonly [input: number, weight: number])[] => {
    const middle = from + (output + 0.5) * factor;
    const weights = new Map<number, number>();
    // One more on either side than can matter: the filter says itself where it ends.
    const [first, last] = [middle - filter.support * stretch - 2, middle + filter.support * stretch + 2];
    let total = 0;
    for (let input = Math.floor(first); input <= last; input++) {
      const inside = Math.min(Math.max(input, 0), inputs - 1);
      const weight = filter.weight((input + 0.5 - middle) / stretch);
      weights.set(inside, (weights.get(inside) ?? 0) + weight);
      total += weight;
    }
    return [...weights].map(([input, weight]) => [input, weight / total]);
  });
}

function addInto(sums: Float64Array, to: number, from: Float64Array, at: number, weight: number): void {
  for (let channel = 0; channel < 4; channel++) {
    sums[to * 4 + channel] = (sums[to * 4 + channel] ?? 0) + (from[at * 4 + channel] ?? 0) * weight;
  }
}

/** What is weighed: premultiplied pixels. */
function samplesOf({ data }: Raster, lightOf: (level: number) => number): Float64Array {
  const samples = new Float64Array(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 0;
    for (let channel = 0; channel < 3; channel++) {
      samples[at + channel] = (lightOf(data[at + channel] ?? 0) * alpha) / 255;
    }
    samples[at + 3] = alpha;
  }
  return samples;
}

/** Premultiplied means → levels with their own alpha; all zeros where alpha would be rounded to 0. */
function levelsOf(means: Float64Array, levelOf: (light: number) => number): Float64Array {
  const levels = new Float64Array(means.length);
  const clamped = (value: number) => Math.min(255, Math.max(0, value));
  for (let at = 0; at < means.length; at += 4) {
    const alpha = means[at + 3] ?? 0;
    if (alpha < 0.5) continue;
    for (let channel = 0; channel < 3; channel++) {
      levels[at + channel] = levelOf(clamped(((means[at + channel] ?? 0) * 255) / alpha));
    }
    levels[at + 3] = clamped(alpha);
  }
  return levels;
}

const same = (value: number) => value;

/** sRGB, IEC 61966-2-1. */
function decoded(level: number): number {
  const value = level / 255;
  return 255 * (value > 0.04045 ? ((value + 0.055) / 1.055) ** 2.4 : value / 12.92);
}

function encoded(light: number): number {
  const value = light / 255;
  return 255 * (value > 0.0031308 ? 1.055 * value ** (1 / 2.4) - 0.055 : 12.92 * value);
}
