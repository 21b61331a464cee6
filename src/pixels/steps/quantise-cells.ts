import type { Blocks } from "./quantise-blocks.ts";
import type { Histogram } from "./quantise-histogram.ts";
import { type Colour, colourOf } from "./quantise-palettes.ts";

/**
 * The colours of a picture as points, with their weights: premultiplied red, green, blue, and alpha, 0..255 each. Those that are
 * opaque come first.
 */
export interface Cells extends Pick<Blocks, "points" | "weights" | "order" | "nearest"> {
  readonly count: number;
  readonly opaque: number;
}

/** The cells of a histogram, which may be done away with then. */
export function cellsOf(histogram: Histogram, blocks: Blocks): Cells {
  const { points, weights, order, nearest } = blocks;
  let [opaque, end] = [0, histogram.cells];
  for (const place of histogram.places()) {
    const alpha = histogram.meanAt(place, 3);
    const at = alpha === 255 ? opaque++ : --end;
    for (let component = 0; component < 3; component++) {
      points[at * 4 + component] = (histogram.meanAt(place, component) * alpha) / 255;
    }
    points[at * 4 + 3] = alpha;
    weights[at] = histogram.weightAt(place);
    order[at] = at;
  }
  return { points, weights, order, nearest, count: histogram.cells, opaque };
}

/** The colour of a point. */
export function colourAt(points: Float64Array, entry: number): Colour {
  const alpha = points[entry * 4 + 3] ?? 0;
  const level = (component: number) =>
    Math.min(255, Math.floor(((points[entry * 4 + component] ?? 0) * 255) / alpha + 0.5));
  // What shines through by half a level is none of the opaque ones, and hides as little as it did.
  const whole = alpha === 255 ? 255 : Math.min(254, Math.max(1, Math.floor(alpha + 0.5)));
  return colourOf(level(0), level(1), level(2), whole);
}

/** The points of colours. */
export function pointsOf(colours: readonly Colour[]): Float64Array {
  return Float64Array.from(
    colours.flatMap((colour) => {
      const alpha = colour >>> 24;
      return [
        ((colour & 255) * alpha) / 255,
        (((colour >>> 8) & 255) * alpha) / 255,
        (((colour >>> 16) & 255) * alpha) / 255,
        alpha,
      ];
    }),
  );
}
