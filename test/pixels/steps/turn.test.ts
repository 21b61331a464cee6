import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filledRaster, type Raster } from "../../../src/pixels/raster.ts";
import { turnInto } from "../../../src/pixels/steps/turn.ts";
import type { Filter } from "../../../src/plan/drawing.ts";
import type { Rect, Size } from "../../../src/plan/size.ts";
import type { Affine, Turn } from "../../../src/plan/steps.ts";
import { FILTER_NAMES, TEXTBOOK } from "../../oracle/filters.ts";
import { oracleTurn } from "../../oracle/turn.ts";
import { distance, pixelAt } from "../../support/charts.ts";
import { drive } from "../../support/driving.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { expectNear, expectNearPicture } from "../../support/near.ts";
import { noise, partOf, picture } from "../../support/pictures.ts";

const kernels = roomyKernels();
const whole = (size: Size): Rect => ({ x: 0, y: 0, ...size });

interface Job {
  readonly size: Size;
  readonly from: Affine;
  readonly seen?: Rect;
  readonly filter?: Filter;
}

function stepOf(source: Raster, job: Job): Turn {
  return { step: "turn", seen: whole(source.size), filter: "bicub", ...job };
}

function turn(source: Raster, job: Job): Raster {
  kernels.clear();
  const to = filledRaster(job.size, undefined);
  drive(turnInto(kernels, source, to, stepOf(source, job)));
  return to;
}

/** The map that turns clockwise by an angle, about the middles of both. */
function turning(source: Size, size: Size, degrees: number, scale = 1): Affine {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const [i, j] = [size.width / 2, size.height / 2];
  return {
    ...{ xx: cos, xy: sin, x0: source.width / 2 - cos * i - sin * j },
    ...{ yx: -sin, yy: cos, y0: source.height / 2 + sin * i - cos * j },
  };
}

/** The colour of a pixel that is all but invisible hangs on the last bits of its alpha: what shows of it counts. */
function premultiplied(levels: ArrayLike<number>): Float64Array {
  return Float64Array.from(levels, (value, at) => (at % 4 === 3 ? value : (value * (levels[at | 3] ?? 0)) / 255));
}

/** Rounding to a byte is half a level; the rest is for places that are rounded to 1024ths of a pixel, on noise. */
const LEVELS = 1;

const textbookOf = (filter: Filter) => TEXTBOOK[filter === "sharp2" ? "bicub" : filter];

describe("a turn gives the oracle's picture", () => {
  const aSize = fc.record({ width: fc.integer({ min: 1, max: 90 }), height: fc.integer({ min: 1, max: 90 }) });
  const aFraction = fc.double({ min: -0.3, max: 1.3, noNaN: true });
  const aJob = fc.record({
    pixels: aSize,
    size: aSize,
    degrees: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(0, 45, 90, -90, 180)),
    scale: fc.double({ min: 0.7, max: 1.5, noNaN: true }),
    corners: fc.tuple(aFraction, aFraction, aFraction, aFraction),
    filter: fc.constantFrom(...FILTER_NAMES),
    seed: fc.nat(),
  });
  const check = (opaque: boolean, seed: number) =>
    fc.assert(
      fc.property(aJob, ({ pixels, size, degrees, scale, corners, filter, seed: noiseSeed }) => {
        const source = noise(pixels, noiseSeed, opaque);
        const [left, top, right, bottom] = corners;
        const seen = {
          x: left * pixels.width,
          y: top * pixels.height,
          width: Math.abs(right - left) * pixels.width,
          height: Math.abs(bottom - top) * pixels.height,
        };
        const job = { size, from: turning(pixels, size, degrees, scale), seen, filter };
        const wanted = oracleTurn(source, stepOf(source, job), textbookOf(filter));
        expectNear(premultiplied(turn(source, job).data), premultiplied(wanted), opaque ? LEVELS : LEVELS + 0.5);
      }),
      { seed, numRuns: 150 },
    );

  test("of opaque noise, with any filter and part of it seen", () => check(true, 1));

  // Half a level more: alpha is rounded as well before a colour can be multiplied with it.
  test("of noise of any alpha", () => check(false, 2));

  test.each([
    [3, 150],
    [12, 40],
    [90, 9],
    [1e6, 3],
  ])("where the map shrinks by %f, in smaller tiles", (scale, side) => {
    const source = noise({ width: 300, height: 200 }, 9, true);
    const size = { width: side, height: side };
    const job = {
      size,
      from: turning(source.size, size, 20, scale),
      seen: { x: -1e7, y: -1e7, width: 2e7, height: 2e7 },
    };
    const wanted = oracleTurn(source, stepOf(source, job), TEXTBOOK.bicub);
    expectNear(turn(source, job).data, wanted, LEVELS);
  });
});

describe("a turn by nothing but whole pixels and right angles is exact", () => {
  const source = noise({ width: 150, height: 131 }, 5, true);
  const { width, height } = source.size;

  test.each(FILTER_NAMES)("moved, with %s", (filter) => {
    const size = { width: 120, height: 111 };
    const from = { xx: 1, xy: 0, x0: 17, yx: 0, yy: 1, y0: 9 };
    const got = turn(source, { size, from, filter });
    expectNearPicture(got, partOf(source, { x: 17, y: 9, ...size }), 0);
  });

  test("of pixels of any alpha, but for the colours that nothing shows of", () => {
    const clear = noise({ width: 100, height: 70 }, 6, false);
    const wanted = picture(clear.size, (x, y) => {
      const px = pixelAt(clear, x, y);
      return px[3] === 0 ? [0, 0, 0, 0] : px;
    });
    const from = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
    expectNearPicture(turn(clear, { size: clear.size, from }), wanted, 0);
  });

  const upright = { width, height };
  const lying = { width: height, height: width };
  test.each([
    { degrees: 90, size: lying, at: (x: number, y: number) => [y, height - 1 - x] as const },
    { degrees: 180, size: upright, at: (x: number, y: number) => [width - 1 - x, height - 1 - y] as const },
    { degrees: 270, size: lying, at: (x: number, y: number) => [width - 1 - y, x] as const },
  ])("turned by $degrees°, with sines that are not quite 0", ({ degrees, size, at }) => {
    const wanted = picture(size, (x, y) => pixelAt(source, ...at(x, y)));
    expectNearPicture(turn(source, { size, from: turning(source.size, size, degrees) }), wanted, 0);
  });
});

describe("a turn of one opaque colour", () => {
  const flat = picture({ width: 100, height: 80 }, () => [200, 13, 97, 255]);
  const size = { width: 140, height: 140 };

  test.each([3, 30, 45, 77.7, 135, -160])("by %f° keeps it wherever anything is seen, and its area", (degrees) => {
    const { data } = turn(flat, { size, from: turning(flat.size, size, degrees) });
    let area = 0;
    for (let at = 0; at < data.length; at += 4) {
      const alpha = data[at + 3] ?? 0;
      expect([...data.subarray(at, at + 3)]).toEqual(alpha === 0 ? [0, 0, 0] : [200, 13, 97]);
      area += alpha / 255;
    }
    expect(Math.abs(area / 8000 - 1)).toBeLessThan(0.005);
  });

  test.each([0.2, 0.7, 1.5])("keeps the area of a strip of it that is %f pixels wide", (width) => {
    const from = turning(flat.size, size, 20);
    const { data } = turn(flat, { size, from, seen: { x: 40.3, y: 0, width, height: 80 } });
    const area = data.reduce((sum, value, at) => sum + (at % 4 === 3 ? value / 255 : 0), 0);
    // A strip turned by 20° is covered to the same amount on average, not at each pixel; its ends are half pixels.
    expect(Math.abs(area / (80 * width) - 1)).toBeLessThan(0.02);
  });

  test("is opaque inside, and as soft at its edges as a pixel of the result is wide, whatever the scale", () => {
    for (const scale of [0.8, 1, 1.3]) {
      const { data } = turn(flat, { size, from: turning(flat.size, size, 30, scale) });
      const [i, j] = [70, 70];
      expect([...data.subarray((j * 140 + i) * 4, (j * 140 + i) * 4 + 4)]).toEqual([200, 13, 97, 255]);
      const soft = data.filter((value, at) => at % 4 === 3 && value > 0 && value < 255).length;
      // A line crosses a pixel for every step along its longer axis, and half of the next.
      const perimeter = 360 / scale;
      expect(soft).toBeGreaterThan(perimeter * 0.8);
      expect(soft).toBeLessThan(perimeter * 1.5);
    }
  });

  test("skips what is not seen, and leaves it transparent", () => {
    const nothing = turn(flat, {
      size,
      from: turning(flat.size, size, 30),
      seen: { x: 900, y: 0, width: 9, height: 9 },
    });
    expect(nothing.data.every((value) => value === 0)).toBe(true);
    const none = turn(flat, { size, from: turning(flat.size, size, 30), seen: { x: 50, y: 40, width: 0, height: 9 } });
    expect(none.data.every((value) => value === 0)).toBe(true);
  });

  test("goes on beyond the raster where that is seen", () => {
    const seen = { x: -500, y: -500, width: 1100, height: 1100 };
    const { data } = turn(flat, { size, from: turning(flat.size, size, 30), seen });
    expect(data.every((value, at) => value === [200, 13, 97, 255][at % 4])).toBe(true);
  });
});

test("turned and turned back, the middle of a smooth picture is what it was", () => {
  const waves = picture({ width: 200, height: 180 }, (x, y) => [
    Math.round(128 + 100 * Math.sin(x / 9)),
    Math.round(128 + 100 * Math.cos(y / 11)),
    Math.round(128 + 60 * Math.sin((x + y) / 8)),
    255,
  ]);
  const size = { width: 280, height: 280 };
  const middle = { x: 50, y: 45, width: 100, height: 90 };
  for (const degrees of [5, 30, 45, 110]) {
    const there = turn(waves, { size, from: turning(waves.size, size, degrees) });
    const back = turn(there, { size: waves.size, from: turning(size, waves.size, -degrees) });
    // Two samplings, and two roundings.
    expectNearPicture(partOf(back, middle), partOf(waves, middle), 2);
  }
});

test("no colour of a transparent pixel shows where it is turned into visible ones", () => {
  const source = picture({ width: 60, height: 60 }, (x, y) =>
    (x >> 3) % 2 === (y >> 3) % 2 ? [0, 0, 255, 255] : [255, 0, 0, 0],
  );
  for (const filter of FILTER_NAMES) {
    const size = { width: 80, height: 80 };
    const got = turn(source, { size, from: turning(source.size, size, 33), filter });
    for (let y = 0; y < 80; y++) {
      for (let x = 0; x < 80; x++) {
        const px = pixelAt(got, x, y);
        expect(distance(px, px[3] === 0 ? [0, 0, 0, 0] : [0, 0, 255, px[3]])).toBe(0);
      }
    }
  }
});
