import type { Point, Rect, Size } from "../../src/plan/size.ts";
import type { Colour } from "../../src/protocol/grammar/colour.ts";
import { opaqueRgb } from "../../src/protocol/rgb.ts";
import type { TextbookFilter } from "./filters.ts";

/** A picture of one stage: premultiplied levels 0..255 that are neither rounded nor clamped, four a pixel. */
export interface Stage extends Size {
  readonly data: Float64Array;
}

/** Samples of a side of a pixel whose coverage is counted. */
const FINE = 8;

function made(width: number, height: number, pixelAt: (x: number, y: number) => ArrayLike<number>): Stage {
  const data = new Float64Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(pixelAt(x, y), (y * width + x) * 4);
  return { width, height, data };
}

const NOTHING = [0, 0, 0, 0] as const;

function pixel({ width, height, data }: Stage, x: number, y: number): ArrayLike<number> {
  const isInside = x >= 0 && y >= 0 && x < width && y < height;
  return isInside ? data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4) : NOTHING;
}

/** From pixels that are not premultiplied. */
export function stageOf({ width, height }: Size, rgba: Uint8Array): Stage {
  return made(width, height, (x, y) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray((y * width + x) * 4);
    return [(red * alpha) / 255, (green * alpha) / 255, (blue * alpha) / 255, alpha];
  });
}

/**
 * Scales a picture to lie at a place of a transparent one, with fractions: its pixels are weighed by the textbook filter,
 * stretched where it shrinks; its edge repeats, and its last pixels count by the part that it covers of them.
 */
export function laid(picture: Stage, lies: Rect, size: Size, filter: TextbookFilter): Stage {
  const across = axis(picture.width, lies.x, lies.width, size.width, filter);
  const down = axis(picture.height, lies.y, lies.height, size.height, filter);
  const rows = made(size.width, picture.height, (x, y) => weighed(across[x] ?? [], (at) => pixel(picture, at, y)));
  return made(size.width, size.height, (x, y) => weighed(down[y] ?? [], (at) => pixel(rows, x, at)));
}

type Taps = readonly (readonly [input: number, weight: number])[];

/** What each pixel of an axis is made of. */
function axis(inputs: number, from: number, length: number, outputs: number, filter: TextbookFilter): readonly Taps[] {
  const stretch = Math.max(1, inputs / length);
  return Array.from({ length: outputs }, (_, output) => {
    const covered = Math.max(0, Math.min(output + 1, from + length) - Math.max(output, from));
    if (covered === 0) return [];
    const middle = ((output + 0.5 - from) / length) * inputs;
    const first = Math.floor(middle - filter.support * stretch) - 1;
    const weights = Array.from({ length: 2 * Math.ceil(filter.support * stretch) + 4 }, (_, tap) =>
      filter.weight((first + tap + 0.5 - middle) / stretch),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight, tap) => [between(first + tap, 0, inputs - 1), (weight / total) * covered] as const);
  });
}

function weighed(taps: Taps, at: (input: number) => ArrayLike<number>): number[] {
  const sums = [0, 0, 0, 0];
  for (const [input, weight] of taps) {
    if (weight === 0) continue;
    const values = at(input);
    for (let channel = 0; channel < 4; channel++)
      sums[channel] = (sums[channel] ?? 0) + (values[channel] ?? 0) * weight;
  }
  return sums;
}

/** A part of whole pixels, transparent where it lies beyond the picture. */
export function cut(picture: Stage, { x: left, y: top, width, height }: Rect): Stage {
  return made(width, height, (x, y) => pixel(picture, left + x, top + y));
}

/** Without what lies outside of a rectangle of whole pixels. */
export function within(picture: Stage, { x: left, y: top, width, height }: Rect): Stage {
  const isInside = (x: number, y: number) => x >= left && y >= top && x < left + width && y < top + height;
  return made(picture.width, picture.height, (x, y) => (isInside(x, y) ? pixel(picture, x, y) : NOTHING));
}

export function flipped(picture: Stage, flip: "lr" | "ud" | "lrud" | undefined): Stage {
  const { width, height } = picture;
  const across = flip === "lr" || flip === "lrud";
  const down = flip === "ud" || flip === "lrud";
  return made(width, height, (x, y) => pixel(picture, across ? width - 1 - x : x, down ? height - 1 - y : y));
}

/**
 * Turned clockwise into its bounding box of this size, which begins where the turned picture does (protocol.md 5.2, step 4):
 * interpolated by the filter, which is not stretched, times the part of each pixel that lies in the picture.
 */
export function turned(picture: Stage, angleDeg: number, size: Size, filter: TextbookFilter): Stage {
  const angle = (angleDeg * Math.PI) / 180;
  // Whole quarters are whole, not 6e-17.
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)].map((value) => Math.round(value * 1e12) / 1e12) as [
    number,
    number,
  ];
  const corners = [0, picture.width].flatMap((x) =>
    [0, picture.height].map((y): Point => ({ x: x * cos - y * sin, y: x * sin + y * cos })),
  );
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  const source = (x: number, y: number): Point => ({
    x: (x + left) * cos + (y + top) * sin,
    y: (y + top) * cos - (x + left) * sin,
  });
  const isInside = ({ x, y }: Point) => x >= 0 && y >= 0 && x < picture.width && y < picture.height;
  return made(size.width, size.height, (column, row) => {
    let covered = 0;
    for (let fine = 0; fine < FINE * FINE; fine++) {
      const [x, y] = [((fine % FINE) + 0.5) / FINE, (Math.floor(fine / FINE) + 0.5) / FINE];
      if (isInside(source(column + x, row + y))) covered++;
    }
    if (covered === 0) return NOTHING;
    const { x, y } = source(column + 0.5, row + 0.5);
    const taps = (at: number, inputs: number): Taps => {
      const first = Math.floor(at - filter.support) - 1;
      const weights = Array.from({ length: 2 * Math.ceil(filter.support) + 3 }, (_, tap) =>
        filter.weight(first + tap + 0.5 - at),
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight, tap) => [between(first + tap, 0, inputs - 1), weight / total] as const);
    };
    const across = taps(x, picture.width);
    const values = weighed(taps(y, picture.height), (at) => weighed(across, (input) => pixel(picture, input, at)));
    return values.map((value) => (value * covered) / (FINE * FINE));
  });
}

export function faded(picture: Stage, opacity: number): Stage {
  return { ...picture, data: picture.data.map((value) => value * opacity) };
}

/** The picture over a colour. */
export function over(picture: Stage, colour: Colour | undefined): Stage {
  if (colour === undefined) return picture;
  const [red, green, blue] = opaqueRgb(colour);
  const under = [red * colour.alpha, green * colour.alpha, blue * colour.alpha, 255 * colour.alpha];
  return made(picture.width, picture.height, (x, y) => {
    const values = Array.from(pixel(picture, x, y));
    const through = 1 - (values[3] ?? 0) / 255;
    return values.map((value, channel) => value + (under[channel] ?? 0) * through);
  });
}

function between(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
