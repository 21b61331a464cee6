import type { Raster } from "../../src/pixels/raster.ts";
import type { Rect } from "../../src/plan/size.ts";
import type { Blur, Sharpen } from "../../src/plan/steps.ts";

/** Premultiplied levels, four a pixel, neither rounded nor clamped. */
export type Levels = Float64Array<ArrayBuffer>;

/** A weight for every distance in pixels, from 0 on. */
type Weights = readonly number[];

/**
 * Gaussian convolution by its definition, in float64: each pixel is the mean of all others, weighted by
 * e^(−d² / 2σ²) across and down. A pixel outside of the part is the nearest one inside.
 */
export function oracleBlur(raster: Raster, { within, sigma }: Pick<Blur, "within" | "sigma">): Levels {
  return convolved(premultiplied(raster, within), within, gaussian(sigma.x), gaussian(sigma.y));
}

/** An unsharp mask: v + amount · (v − b) of each channel of which |v − b| reaches the threshold; `reached` says which. */
export function oracleSharpen(
  raster: Raster,
  step: Sharpen,
): { readonly levels: Levels; readonly differences: Levels } {
  const { within, against, amount, threshold, mono } = step;
  const values = premultiplied(raster, within);
  const box = [1, 1];
  const blurred =
    against === "box3" ? convolved(values, within, box, box) : oracleBlur(raster, { within, sigma: against.sigma });
  const differences = values.map((value, at) => value - (blurred[at] ?? 0));
  for (let at = 0; mono && at < differences.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = differences.subarray(at, at + 3);
    differences.fill(0.299 * red + 0.587 * green + 0.114 * blue, at, at + 3);
  }
  const levels = values.map((value, at) => {
    const difference = differences[at] ?? 0;
    return Math.abs(difference) >= threshold ? value + amount * difference : value;
  });
  return { levels, differences };
}

/** What is in the part, premultiplied. */
export function premultiplied({ size, data }: Raster, { x, y, width, height }: Rect): Levels {
  const levels = new Float64Array(width * height * 4);
  for (let at = 0; at < levels.length; at++) {
    const pixel = at >> 2;
    const from = ((y + Math.floor(pixel / width)) * size.width + x + (pixel % width)) * 4;
    const alpha = data[from + 3] ?? 0;
    levels[at] = at % 4 === 3 ? alpha : ((data[from + (at % 4)] ?? 0) * alpha) / 255;
  }
  return levels;
}

/** What a pixel of such levels can show: clamped, its colours by its alpha, and nothing where that is rounded to 0. */
export function shown(levels: Levels): Levels {
  const result = new Float64Array(levels.length);
  for (let at = 0; at < levels.length; at += 4) {
    const overshot = levels[at + 3] ?? 0;
    if (overshot < 0.5) continue;
    const alpha = Math.min(255, overshot);
    result[at + 3] = alpha;
    for (let channel = at; channel < at + 3; channel++) {
      // Divided by the alpha as it overshot, clamped, and laid over black to be compared.
      const colour = Math.min(255, Math.max(0, ((levels[channel] ?? 0) * 255) / overshot));
      result[channel] = (colour * alpha) / 255;
    }
  }
  return result;
}

function gaussian(sigma: number): Weights {
  if (sigma === 0) return [1];
  // Beyond seven standard deviations lies a part of 3e-12.
  return Array.from({ length: Math.ceil(7 * sigma) + 1 }, (_, d) => Math.exp(-(d * d) / (2 * sigma * sigma)));
}

function convolved(values: Levels, { width, height }: Rect, across: Weights, down: Weights): Levels {
  const rows = along(values, across, width, 4, (line) => line * width * 4, height);
  return along(rows, down, height, width * 4, (line) => line * 4, width);
}

/** Filters lines of so many pixels, each `step` values behind the one before. */
function along(
  values: Levels,
  weights: Weights,
  length: number,
  step: number,
  startOf: (line: number) => number,
  lines: number,
): Levels {
  const total = 2 * weights.reduce((sum, weight) => sum + weight, 0) - (weights[0] ?? 0);
  const result = new Float64Array(values.length);
  const inside = (at: number) => Math.min(Math.max(at, 0), length - 1) * step;
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < length; at++) {
      for (let channel = startOf(line); channel < startOf(line) + 4; channel++) {
        let sum = (values[channel + inside(at)] ?? 0) * (weights[0] ?? 0);
        for (let d = 1; d < weights.length; d++) {
          const both = (values[channel + inside(at - d)] ?? 0) + (values[channel + inside(at + d)] ?? 0);
          sum += both * (weights[d] ?? 0);
        }
        result[channel + at * step] = sum / total;
      }
    }
  }
  return result;
}
