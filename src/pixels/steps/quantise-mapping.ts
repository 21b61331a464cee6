import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";
import { type Blocks, COMPONENTS, MEMORY, REMEMBERED } from "./quantise-blocks.ts";
import { pointsOf } from "./quantise-cells.ts";
import { type Nearest, nearestAmong } from "./quantise-nearest.ts";
import type { Colour } from "./quantise-palettes.ts";

/** Rows of so many pixels are gone through at once. */
const PIXELS_A_PIECE = 16_384;
/** A pixel takes as long as three of those that are only changed. */
const SAMPLES = 12;
const SPREAD = 0x9e3779b1;
const SURPLUS = Math.clz32(REMEMBERED) + 1;

/** Goes through the rows of a raster, its pixels as words; yields samples. */
export function* rowsOf({ size: { width, height }, data }: Raster, take: (row: Uint32Array, y: number) => void): Work {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const rows = Math.max(1, Math.floor(PIXELS_A_PIECE / width));
  for (let top = 0; top < height; top += rows) {
    const end = Math.min(height, top + rows);
    for (let y = top; y < end; y++) take(pixels.subarray(y * width, (y + 1) * width), y);
    yield (end - top) * width * SAMPLES;
  }
}

/** The nearest colours of a palette, of which those are remembered that were asked for last. */
class NearestColours {
  readonly #palette: readonly Colour[];
  readonly #among: Nearest;
  /** No colour that is asked for is 0: that is transparent. */
  readonly #remembered: Uint32Array;

  constructor(palette: readonly Colour[], { remembered }: Blocks) {
    this.#palette = palette;
    this.#among = nearestAmong(pointsOf(palette));
    this.#remembered = remembered.fill(0);
  }

  /** Of a colour that is not fully transparent. */
  of(colour: Colour): Colour {
    const remembered = this.#remembered;
    const at = (Math.imul(colour, SPREAD) >>> SURPLUS) * MEMORY;
    if (remembered[at] === colour) return remembered[at + 1] ?? 0;
    const alpha = colour >>> 24;
    const share = alpha / 255;
    const [red, green, blue] = [colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255];
    const nearest = this.#palette[this.#among.of(red * share, green * share, blue * share, alpha)] ?? 0;
    remembered[at] = colour;
    remembered[at + 1] = nearest;
    return nearest;
  }
}

/** Gives every pixel the nearest colour; those that are fully transparent become all zeros. */
export function* mapInto(raster: Raster, palette: readonly Colour[], blocks: Blocks): Work {
  const nearest = new NearestColours(palette, blocks);
  yield* rowsOf(raster, (row) => {
    for (let x = 0; x < row.length; x++) {
      const pixel = row[x] ?? 0;
      row[x] = pixel >>> 24 === 0 ? 0 : nearest.of(pixel);
    }
  });
}

/**
 * The same, with what each pixel is off spread over those that come after it: 7/16 to the next one, 3/16, 5/16 and 1/16 to
 * the three below. Rows are gone through to the right and to the left by turns, for else the dots form lines.
 *
 * Alpha is not spread, and what is off counts as much as it is seen; fully transparent pixels neither take nor pass anything.
 * Source: R. W. Floyd, L. Steinberg, "An adaptive algorithm for spatial gray scale", Proc. SID 17 (1976).
 */
export function* diffuseInto(raster: Raster, palette: readonly Colour[], blocks: Blocks): Work {
  const nearest = new NearestColours(palette, blocks);
  let [here, below] = blocks.errors;
  here.fill(0);
  yield* rowsOf(raster, (row, y) => {
    below.fill(0);
    diffuseRow(row, y % 2 === 0 ? 1 : -1, nearest, here, below);
    [here, below] = [below, here];
  });
}

function diffuseRow(
  row: Uint32Array,
  step: 1 | -1,
  nearest: NearestColours,
  here: Float32Array,
  below: Float32Array,
): void {
  const { length } = row;
  const ahead = step * COMPONENTS;
  for (let done = 0, x = step === 1 ? 0 : length - 1; done < length; done++, x += step) {
    const pixel = row[x] ?? 0;
    const alpha = pixel >>> 24;
    if (alpha === 0) {
      row[x] = 0;
      continue;
    }
    const at = (x + 1) * COMPONENTS;
    const red = within((pixel & 255) + (here[at] ?? 0));
    const green = within(((pixel >>> 8) & 255) + (here[at + 1] ?? 0));
    const blue = within(((pixel >>> 16) & 255) + (here[at + 2] ?? 0));
    const wanted = (alpha << 24) | (((blue + 0.5) | 0) << 16) | (((green + 0.5) | 0) << 8) | ((red + 0.5) | 0);
    const colour = nearest.of(wanted >>> 0);
    row[x] = colour;
    const share = alpha / (255 * 16);
    spread((red - (colour & 255)) * share, at, ahead, here, below);
    spread((green - ((colour >>> 8) & 255)) * share, at + 1, ahead, here, below);
    spread((blue - ((colour >>> 16) & 255)) * share, at + 2, ahead, here, below);
  }
}

/** @param error a sixteenth of what a component is off */
function spread(error: number, at: number, ahead: number, here: Float32Array, below: Float32Array): void {
  here[at + ahead] = (here[at + ahead] ?? 0) + error * 7;
  below[at - ahead] = (below[at - ahead] ?? 0) + error * 3;
  below[at] = (below[at] ?? 0) + error * 5;
  below[at + ahead] = (below[at + ahead] ?? 0) + error;
}

/** No colour is darker than black or brighter than white, however much is left over: else it would be carried on for ever. */
function within(level: number): number {
  return Math.min(255, Math.max(0, level));
}
