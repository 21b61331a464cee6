import fc from "fast-check";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Stage } from "../oracle/stages.ts";
import { picture } from "../support/pictures.ts";

export const SIZE = { width: 60, height: 44 };

/** Waves that are long against every filter, in another direction in each channel. */
const wave = (at: number, length: number, phase: number) => Math.sin((2 * Math.PI * at) / length + phase);

export const hills: Raster = picture(SIZE, (x, y) => [
  Math.round(128 + 100 * wave(x + 0.2 * y, 50, 0.5)),
  Math.round(128 + 100 * wave(y - 0.1 * x, 41, 2)),
  Math.round(128 + 90 * wave(x + y, 70, 1)),
  255,
]);

/** The same seen through a fog, which is thick in places. */
export const fog: Raster = picture(SIZE, (x, y) => {
  const { data } = hills;
  const at = (y * SIZE.width + x) * 4;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, Math.round(140 + 110 * wave(y + 0.7 * x, 55, 4))];
});

/** By how much two pictures differ, in premultiplied levels. */
export interface Distance {
  /** Of the means of the same neighbourhood of both, the largest; and where. */
  readonly most: number;
  readonly where: string;
  /** Of single pixels, in the mean. */
  readonly mean: number;
  /** By how many pixels one lies beside the other, as far as their gradients tell. */
  readonly displaced: number;
}

/**
 * Compares neighbourhoods, not pixels: where an edge ends within pixels, filters that are run once or twice spread it over one
 * pixel or three, and the pixels differ by a hundred levels; what a neighbourhood has of it stays.
 *
 * @param reach of a neighbourhood, in pixels to each side
 */
export function distanceOf(got: Raster, want: Stage, reach: number): Distance {
  const shown = want.data.map((value) => Math.min(255, Math.max(0, value)));
  const off = shown.map((value, at) => {
    const alpha = got.data[at | 3] ?? 0;
    return (at % 4 === 3 ? alpha : ((got.data[at] ?? 0) * alpha) / 255) - value;
  });
  const { most, where } = largestAround(off, want, reach);
  const mean = off.reduce((sum, value) => sum + Math.abs(value), 0) / off.length;
  return { most, where, mean, displaced: displacement(off, shown, want) };
}

function largestAround(off: Float64Array, size: Raster["size"], reach: number) {
  const { width, height } = size;
  // Summed along rows, then along columns; beyond the picture nothing differs.
  const rows = along(off, width, height, reach, 4, width * 4);
  const sums = along(rows, height, width, reach, width * 4, 4);
  let at = 0;
  for (let each = 0; each < sums.length; each++) if (Math.abs(sums[each] ?? 0) > Math.abs(sums[at] ?? 0)) at = each;
  const mean = (sums[at] ?? 0) / (2 * reach + 1) ** 2;
  const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
  return { most: Math.abs(mean), where: `${mean.toFixed(1)} around ${x}, ${y} in channel ${at % 4}` };
}

function along(values: Float64Array, length: number, lines: number, reach: number, step: number, next: number) {
  const sums = new Float64Array(values.length);
  for (let line = 0; line < lines; line++) {
    for (let channel = 0; channel < 4; channel++) {
      const start = line * next + channel;
      for (let at = 0; at < length; at++) {
        let sum = 0;
        for (let near = Math.max(0, at - reach); near <= Math.min(length - 1, at + reach); near++) {
          sum += values[start + near * step] ?? 0;
        }
        sums[start + at * step] = sum;
      }
    }
  }
  return sums;
}

/** The shift that explains most of the difference: of least squares of it and dx · ∂/∂x + dy · ∂/∂y. */
function displacement(off: Float64Array, shown: Float64Array, { width, height }: Raster["size"]): number {
  let [xx, xy, yy, xOff, yOff] = [0, 0, 0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      for (let at = (y * width + x) * 4; at < (y * width + x) * 4 + 4; at++) {
        const across = ((shown[at + 4] ?? 0) - (shown[at - 4] ?? 0)) / 2;
        const down = ((shown[at + width * 4] ?? 0) - (shown[at - width * 4] ?? 0)) / 2;
        xx += across * across;
        xy += across * down;
        yy += down * down;
        xOff += across * (off[at] ?? 0);
        yOff += down * (off[at] ?? 0);
      }
    }
  }
  // What is flat may lie anywhere, and of a few pixels nothing can be told.
  const told = xx * yy - xy * xy;
  const pixels = width * height;
  if (pixels < 400 || Math.min(xx, yy) < 2 * pixels || told < 0.1 * xx * yy) return 0;
  return Math.max(Math.abs(yy * xOff - xy * yOff), Math.abs(xx * yOff - xy * xOff)) / told;
}

const integer = (min: number, max: number) => fc.integer({ min, max });
/** Hundredths: of doubles as they come most are next to nothing. */
const real = (min: number, max: number) =>
  integer(Math.round(min * 100), Math.round(max * 100)).map((hundredths) => hundredths / 100);
const colour = fc.constantFrom("ff0000", "00ff0080", "0,0,255", "20,40,60,200");
const onLayer = (modifier: string) => `layer=0&${modifier}&layer=comp`;
const flip = fc.constantFrom("lr", "ud", "lrud");
const side = integer(12, 110);

/** Modifiers that say where things lie, and how large. */
const place = fc.oneof(
  fc.tuple(integer(-20, 25), integer(-20, 20), integer(15, 70), integer(15, 60)).map((part) => `crop=${part}`),
  fc.tuple(real(-0.4, 0.5), real(-0.4, 0.5), real(0.3, 1.3), real(0.3, 1.3)).map((part) => `cropN=${part}`),
  real(0.4, 2).map((factor) => `scale=${factor}`),
  side.map((width) => `size=${width},0`),
  fc.tuple(side, side).map((box) => `size=${box}`),
  flip.map((way) => `flip=${way}`),
  flip.map((way) => onLayer(`flip=${way}`)),
  fc.oneof(integer(-180, 180), fc.constantFrom(90, 180, 270, -90)).map((angle) => `rotate=${angle}`),
  fc.tuple(integer(-10, 20), integer(-10, 20), integer(-10, 20), integer(-10, 20)).map((by) => `extend=${by}`),
  fc.tuple(real(-0.2, 0.4), real(-0.2, 0.4), real(-0.2, 0.4), real(-0.2, 0.4)).map((by) => `extendN=${by}`),
  fc.tuple(integer(-20, 40), integer(-20, 30), integer(12, 70), integer(12, 60)).map((part) => `rgn=${part}`),
  fc.constantFrom("align=-1,1", "align=0.5,-0.3", "align=1,-1"),
);
const fit = fc.constantFrom(
  "fit",
  "fit,1",
  "constrain,1",
  "crop",
  "crop,1",
  "wrap",
  "stretch",
  "stretch,1",
  "hfit",
  "vfit,1",
);
/** How large the view becomes. */
const view = fc.oneof(
  side.map((width) => `wid=${width}`),
  side.map((height) => `hei=${height}`),
  fc.tuple(side, side, fit).map(([width, height, mode]) => `wid=${width}&hei=${height}&fit=${mode}`),
  real(0.6, 3).map((factor) => `scl=${factor}`),
  fc.tuple(real(0.6, 3), side, side).map(([factor, width, height]) => `scl=${factor}&wid=${width}&hei=${height}`),
);
const part = fc.oneof(
  fc.tuple(integer(-20, 50), integer(-20, 40), side, side).map((rect) => `rect=${rect}`),
  fc.tuple(integer(-20, 50), integer(-20, 40), side, side, real(0.5, 2)).map((rect) => `rect=${rect}`),
  real(0.7, 2).map((ratio) => `dpr=on,${ratio}`),
);
const paint = fc.oneof(
  colour.map((value) => `color=${value}`),
  colour.map((value) => `bgColor=${value}`),
  colour.map((value) => `bgc=${value}`),
  integer(10, 100).map((opacity) => `opac=${opacity}`),
  integer(10, 100).map((opacity) => onLayer(`opac=${opacity}`)),
);

/** Requests of a layer and its view, in which everything is scaled at least once. */
export const scalingRequests = fc
  .tuple(
    fc.array(place, { minLength: 1, maxLength: 4 }),
    view,
    fc.option(part, { nil: "" }),
    fc.array(paint, { maxLength: 2 }),
    fc.constantFrom("", "", "resMode=bicub", "resMode=bisharp"),
    fc.constantFrom("fmt=png", "fmt=png-alpha"),
  )
  .map((parts) =>
    parts
      .flat()
      .filter((text) => text !== "")
      .join("&"),
  );
