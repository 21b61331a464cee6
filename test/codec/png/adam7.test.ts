import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { FILTER_NAMES } from "../../oracle/filters.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { resampleInterlaced } from "../../support/interlacing.ts";
import { expectNearPicture } from "../../support/near.ts";
import { noise } from "../../support/pictures.ts";
import { type Job, resample, resamplingOf, wholeOf } from "../../support/resampling.ts";

const kernels = roomyKernels();

/** Holds both ways, through a frame and through a grid, against the way from the top; whether there were boxes. */
function expectSame(source: Raster, job: Job): boolean {
  const wanted = resample(source, job, kernels);
  const resampling = resamplingOf(source, job);
  const grid = resampleInterlaced(kernels, source, resampling, "grid");
  expectNearPicture(grid.raster, wanted, 0);
  expectNearPicture(resampleInterlaced(kernels, source, resampling, "frame").raster, wanted, 0);
  expect(grid.warnings).toEqual([]);
  return grid.addedUp;
}

const ALPHAS = ["opaque", "transparent", "rows in turn"] as const;
type Alphas = (typeof ALPHAS)[number];

function pictureOf(width: number, height: number, seed: number, alphas: Alphas): Raster {
  const source = noise({ width, height }, seed, alphas !== "transparent");
  if (alphas !== "rows in turn") return source;
  // One pixel that is not opaque in some rows.
  for (let y = 0; y < height; y++) {
    if (Math.floor(y / (1 + (seed % 40))) % 2 === 1) source.data[(y * width + (y % width)) * 4 + 3] = y % 256;
  }
  return source;
}

const aPart = fc.double({ min: 0, max: 0.9, noNaN: true });

describe("an interlaced picture is scaled to the bit as the same one that is not interlaced", () => {
  const aLength = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 }));
  const isRare = fc.constantFrom(false, false, false, true);
  const aJob = fc.record({
    width: fc.integer({ min: 1, max: 70 }),
    height: fc.integer({ min: 1, max: 70 }),
    size: fc.record({ width: aLength, height: aLength }),
    left: aPart,
    top: aPart,
    filter: fc.constantFrom(...FILTER_NAMES),
    exact: isRare,
    linear: isRare,
    alphas: fc.constantFrom(...ALPHAS),
    known: fc.boolean(),
  });

  test("of any size, window, mode, and transparency", () => {
    let addedUp = 0;
    fc.assert(
      fc.property(aJob, ({ width, height, left, top, alphas, known, ...mode }) => {
        const source = pictureOf(width, height, width * height, alphas);
        const [x, y] = [left * width, top * height];
        const window = { x, y, width: (width - x) * 0.9, height: (height - y) * 0.95 };
        const job = { ...mode, window, alpha: alphas !== "opaque" || known };
        if (expectSame(source, job)) addedUp++;
      }),
      { seed: 71, numRuns: 1500 },
    );
    expect(addedUp).toBeGreaterThan(300);
  });

  const BOXES = [1, 2, 4, 8, 16];
  const EACH = BOXES.flatMap((across) => BOXES.map((down) => [across, down] as const));
  test.each(EACH)("in boxes of %i × %i", (across, down) => {
    for (const alphas of ALPHAS) {
      for (const [columns, rows] of [
        [3, 2],
        [5, 4],
      ] as const) {
        const [width, height] = [Math.ceil(across * 2.6 * columns) + 3, Math.ceil(down * 2.6 * rows) + 1];
        const source = pictureOf(width, height, across, alphas);
        const job = { window: wholeOf(source), size: { width: columns, height: rows }, exact: false };
        for (const filter of FILTER_NAMES) {
          expect(expectSame(source, { ...job, filter, alpha: alphas !== "opaque" })).toBe(across * down > 1);
        }
      }
    }
  });

  // Sums of 1024 pixels and more are no longer whole in a float.
  test.each([
    [700, 500],
    [1300, 90],
    [90, 1300],
  ])("of %i × %i, to a few pixels, in boxes as large as any", (width, height) => {
    for (const alphas of ALPHAS) {
      const source = pictureOf(width, height, 3, alphas);
      const size = { width: 3, height: 2 };
      expect(expectSame(source, { window: wholeOf(source), size, filter: "sharp2", exact: false })).toBe(true);
    }
  });

  test("in quality mode too, where so many rows would be held that they are added up", () => {
    const source = pictureOf(20, 9000, 1, "rows in turn");
    const size = { width: 1000, height: 90 };
    expect(expectSame(source, { window: wholeOf(source), size, filter: "bicub", exact: true })).toBe(true);
  });
});
