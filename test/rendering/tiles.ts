import fc from "fast-check";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Rect } from "../../src/plan/size.ts";

/** A tile: the part of the view at this scale, and how it is asked for. */
export interface Tile extends Rect {
  readonly scale: number;
}

export const tileText = ({ x, y, width, height, scale }: Tile) => `rect=${[x, y, width, height, scale]}`;

/** What a tile differs from the same part of the whole by. */
export interface TileDifference {
  /** Levels of premultiplied colour or alpha: the largest difference, and where. */
  readonly most: number;
  readonly where: string;
  /** Pixels that differ by more than two levels. */
  readonly visible: number;
}

/**
 * Compares a tile with the same part of a whole reply; beyond the view there is nothing but the background.
 *
 * Colours count as much as they are seen: what is transparent has none.
 *
 * @param wholes where there is more than one, whatever lies between them is right
 */
export function tileDifference(
  tile: Raster,
  { x, y }: Tile,
  wholes: readonly [Raster, ...Raster[]],
  beyond: readonly number[],
): TileDifference {
  let [most, visible, where] = [0, 0, ""];
  for (let row = 0; row < tile.size.height; row++) {
    for (let column = 0; column < tile.size.width; column++) {
      const got = seen(tile, column, row, beyond);
      const wants = wholes.map((whole) => seen(whole, x + column, y + row, beyond));
      const off = Math.max(
        ...got.map((value, channel) =>
          outside(
            value,
            wants.map((want) => want[channel] ?? 0),
          ),
        ),
      );
      if (off > 2) visible++;
      if (off <= most) continue;
      most = off;
      where = `${off.toFixed(1)} at ${column}, ${row}: ${got.map(Math.round)} instead of ${wants[0]?.map(Math.round)}`;
    }
  }
  return { most, visible, where };
}

/** How far a value is from the nearest of those between the least and the most. */
function outside(value: number, between: readonly number[]): number {
  return Math.max(0, Math.min(...between) - value, value - Math.max(...between));
}

/** Premultiplied levels. */
function seen({ size, data }: Raster, x: number, y: number, beyond: readonly number[]): readonly number[] {
  const isInside = x >= 0 && y >= 0 && x < size.width && y < size.height;
  const at = (y * size.width + x) * 4;
  const [red = 0, green = 0, blue = 0, alpha = 0] = isInside ? data.subarray(at, at + 4) : beyond;
  return [(red * alpha) / 255, (green * alpha) / 255, (blue * alpha) / 255, alpha];
}

const integer = (min: number, max: number) => fc.integer({ min, max });
const colour = fc.constantFrom("ff0000", "00ff0080", "20,40,60,200");
const onLayer = (modifier: string) => `layer=0&${modifier}&layer=comp`;
const target = fc.constantFrom((text: string) => text, onLayer);
/** Hundredths: of doubles as they come most are next to nothing. */
const real = (min: number, max: number) =>
  integer(Math.round(min * 100), Math.round(max * 100)).map((hundredths) => hundredths / 100);

const tones = fc.constantFrom(
  ...[
    "op_invert=1",
    "op_brightness=30",
    "op_contrast=-40",
    "op_hue=60",
    "op_saturation=-50",
    "op_colorbalance=20,0,-30",
  ],
  ...["op_colorize=ff8000", "op_colorize=2060c0,norm,40", "op_colorize=ff8000,off"],
);

/** What is carried out in the neighbourhood of a pixel, or looks at all of the picture; on layer or composite. */
const operation = fc.oneof(
  fc.tuple(target, real(0, 12)).map(([at, radius]) => at(`op_blur=${radius}`)),
  fc
    .tuple(target, fc.constantFrom("op_usm", "op_usmR"), real(0.5, 6), integer(0, 6))
    .map(([at, name, radius, least]) => at(`${name}=1.2,${radius},${least}`)),
  target.map((at) => at("op_sharpen=1")),
  fc.tuple(target, tones).map(([at, tone]) => at(tone)),
);

const geometry = fc.oneof(
  fc.tuple(integer(-30, 60), integer(-30, 60), integer(30, 150), integer(30, 120)).map((part) => `crop=${part}`),
  fc.constantFrom("flip=lr", onLayer("flip=ud")),
  integer(-180, 180).map((angle) => `rotate=${angle}`),
  fc.tuple(integer(-10, 20), integer(-10, 20), integer(-10, 20), integer(-10, 20)).map((by) => `extend=${by}`),
  integer(30, 200).map((width) => `size=${width},0`),
  integer(30, 250).map((width) => `wid=${width}`),
  fc
    .tuple(integer(30, 200), integer(30, 200), fc.constantFrom("fit", "crop,1", "stretch,1", "constrain", "wrap"))
    .map(([width, height, fit]) => `wid=${width}&hei=${height}&fit=${fit}`),
  real(0.4, 3).map((factor) => `scl=${factor}`),
  fc.tuple(integer(-20, 60), integer(-20, 40), integer(20, 120), integer(20, 90)).map((part) => `rgn=${part}`),
);

const paint = fc.oneof(
  colour.map((value) => `color=${value}`),
  colour.map((value) => `bgColor=${value}`),
  fc.tuple(target, integer(20, 90)).map(([at, opacity]) => at(`opac=${opacity}`)),
  fc.constantFrom("mask=mask", "mask=mask&maskUse=invert", "maskUse=off", "maskUse=invert"),
);

/** Requests whose pixels depend on others, in whatever order. */
export const tiledRequests = fc
  .tuple(
    fc.array(geometry, { maxLength: 3 }),
    fc.array(operation, { maxLength: 3 }),
    fc.array(paint, { maxLength: 2 }),
    fc.constantFrom("", "", "resMode=bilin", "resMode=bicub"),
    fc.constantFrom("fmt=png", "fmt=png-alpha"),
  )
  .map(([one, two, three, filter, format]) =>
    [...one, ...two, ...three, filter, format].filter((text) => text !== "").join("&"),
  );

/** Where a tile lies, as parts of the view: at its borders, in the middle, and beyond. */
export const tilePlaces = fc.record({
  x: real(-0.4, 1.1),
  y: real(-0.4, 1.1),
  width: integer(1, 60),
  height: integer(1, 60),
  scale: fc.constantFrom(1, 1, 0.5, 0.83, 0.31, 1.37, 2),
});
