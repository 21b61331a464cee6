import type { Rect } from "../../plan/size.ts";
import type { Tone } from "../../plan/tone.ts";
import type { Raster } from "../raster.ts";
import { joined, levelOn, MIDDLE, movedBy } from "./curve.ts";
import { exposureOf } from "./tone-recipe.ts";

/** A bin of the histogram is a sixteenth of a level. */
const BINS_A_LEVEL = 16;

/**
 * The median of the luma of a part of a raster, 0..255, as it is behind brightness and contrast, by sixteenths; the middle
 * where nothing is visible.
 *
 * A pixel counts by its alpha. Between two halves it is the mean of the brightest of the one and the darkest of the other.
 */
export function medianLuma(raster: Raster, within: Rect, tone: Tone): number {
  const weights = histogramOf(raster, within, tone);
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  if (half === 0) return MIDDLE;
  return (binReaching(weights, (sum) => sum >= half) + binReaching(weights, (sum) => sum > half)) / 2 / BINS_A_LEVEL;
}

/** The first bin whose weight, with all those before it, is enough. */
function binReaching(weights: Float64Array, isEnough: (sum: number) => boolean): number {
  let sum = 0;
  return weights.findIndex((weight) => {
    sum += weight;
    return isEnough(sum);
  });
}

/** What alpha there is of each luma. */
function histogramOf({ size, data }: Raster, within: Rect, tone: Tone): Float64Array {
  const exposure = exposureOf(tone).reduce(joined, movedBy(0));
  const levels = Float64Array.from({ length: 256 }, (_, level) => levelOn(exposure, level));
  const weights = new Float64Array(255 * BINS_A_LEVEL + 1);
  for (let y = within.y; y < within.y + within.height; y++) {
    const start = (y * size.width + within.x) * 4;
    for (let at = start; at < start + within.width * 4; at += 4) {
      const red = levels[data[at] ?? 0] ?? 0;
      const green = levels[data[at + 1] ?? 0] ?? 0;
      const blue = levels[data[at + 2] ?? 0] ?? 0;
      const bin = Math.round((0.299 * red + 0.587 * green + 0.114 * blue) * BINS_A_LEVEL);
      weights[bin] = (weights[bin] ?? 0) + (data[at + 3] ?? 0);
    }
  }
  return weights;
}
