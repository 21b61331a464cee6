import type { Size } from "../../plan/size.ts";
import type { Quantise } from "../../plan/steps.ts";
import type { Kernels } from "../kernels.ts";
import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";
import { type Blocks, blocksBytes, blocksFor } from "./quantise-blocks.ts";
import { cellsOf, colourAt, pointsOf } from "./quantise-cells.ts";
import { cutPoints } from "./quantise-cut.ts";
import { Histogram } from "./quantise-histogram.ts";
import { diffuseInto, mapInto, rowsOf } from "./quantise-mapping.ts";
import { assignCells, moveToMeans, weightsOf } from "./quantise-means.ts";
import { nearestAmong } from "./quantise-nearest.ts";
import { type Colour, colourOf, FIXED_PALETTES } from "./quantise-palettes.ts";

/**
 * Leaves a raster at most so many colours, in place. Fully transparent pixels are one of them, all zeros; opaque ones stay
 * opaque, and what lies between stays between where there is room for it, and else becomes the nearer of both.
 *
 * A picture that has no more colours to begin with keeps them, unless its palette is a fixed one. One picture has one result.
 * Source: protocol.md 3.1 (quantize), 3.2.
 */
export function* quantiseInto(kernels: Kernels, raster: Raster, step: Quantise): Work {
  const blocks = blocksFor(kernels, raster.size);
  const palette = yield* step.palette === "adaptive"
    ? adaptivePalette(raster, step, blocks)
    : fixedPalette(raster, step, step.palette, blocks);
  if (palette === undefined) yield* clearTransparent(raster);
  else yield* step.diffuse ? diffuseInto(raster, palette, blocks) : mapInto(raster, palette, blocks);
}

/** Bytes of the arena that the step reserves. */
export function quantiseBytes(_: Quantise, size: Size): number {
  return blocksBytes(size);
}

type PaletteWork = Generator<number, readonly Colour[] | undefined, undefined>;

/** Forced colours, then what suits the picture best; undefined where it may keep its own. */
function* adaptivePalette(raster: Raster, step: Quantise, blocks: Blocks): PaletteWork {
  const { most, forced } = step;
  const histogram = yield* histogramOf(raster, blocks);
  const room = most - (histogram.hasTransparent ? 1 : 0);
  const given = distinct(forced.map((rgb) => colourOf(...rgb))).slice(0, room);
  if (histogram.isExact) {
    const unused = given.filter((colour) => !histogram.has(colour));
    if (histogram.cells + unused.length <= room) return undefined;
  }
  const cells = cellsOf(histogram, blocks);
  const kinds = (cells.opaque > 0 && given.length === 0 ? 1 : 0) + (cells.opaque < cells.count ? 1 : 0);
  if (kinds > room - given.length) {
    yield* hardenAlpha(raster);
    return yield* adaptivePalette(raster, step, blocks);
  }
  const computed = yield* cutPoints(cells, room - given.length);
  const points = Float64Array.of(...pointsOf(given), ...computed);
  yield* moveToMeans(cells, points, given.length);
  return distinct(Array.from({ length: points.length / 4 }, (_, entry) => colourAt(points, entry)));
}

/** Forced colours, then the others: all of them, or those that most pixels are nearest to. */
function* fixedPalette(
  raster: Raster,
  { most, forced }: Quantise,
  name: keyof typeof FIXED_PALETTES,
  blocks: Blocks,
): PaletteWork {
  yield* hardenAlpha(raster);
  const histogram = yield* histogramOf(raster, blocks);
  const room = most - (histogram.hasTransparent ? 1 : 0);
  const given = distinct(forced.map((rgb) => colourOf(...rgb))).slice(0, room);
  const all = distinct([...given, ...FIXED_PALETTES[name]]);
  if (all.length <= room) return all;
  const cells = cellsOf(histogram, blocks);
  yield* assignCells(cells, nearestAmong(pointsOf(all)));
  const weights = weightsOf(cells, all.length);
  const weightOf = (entry: number) => weights[entry] ?? 0;
  const others = Array.from(all.keys()).slice(given.length);
  const kept = others.toSorted((one, other) => weightOf(other) - weightOf(one) || one - other);
  return [...given, ...kept.slice(0, room - given.length).map((entry) => all[entry] ?? 0)];
}

function* histogramOf(raster: Raster, blocks: Blocks): Generator<number, Histogram, undefined> {
  const histogram = new Histogram(blocks);
  yield* rowsOf(raster, (row) => histogram.count(row));
  return histogram;
}

/** The colours that hide under an alpha of 0 are none. */
function* clearTransparent(raster: Raster): Work {
  yield* rowsOf(raster, (row) => {
    for (let x = 0; x < row.length; x++) if ((row[x] ?? 0) >>> 24 === 0) row[x] = 0;
  });
}

/** Half an alpha and more becomes opaque, less than that transparent. */
function* hardenAlpha(raster: Raster): Work {
  yield* rowsOf(raster, (row) => {
    for (let x = 0; x < row.length; x++) {
      const pixel = row[x] ?? 0;
      row[x] = pixel >>> 24 < 128 ? 0 : pixel | 0xff000000;
    }
  });
}

function distinct(colours: readonly Colour[]): readonly Colour[] {
  return [...new Set(colours)];
}
