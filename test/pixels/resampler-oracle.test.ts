import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Rgb } from "../../src/plan/colour.ts";
import type { Rect, Size } from "../../src/plan/size.ts";
import { FILTER_NAMES, TEXTBOOK } from "../oracle/filters.ts";
import { oracleResample } from "../oracle/resample.ts";
import { roomyKernels } from "../support/guarded.ts";
import { expectNearPicture } from "../support/near.ts";
import { noise } from "../support/pictures.ts";
import { type Job, resample, wholeOf } from "../support/resampling.ts";

const kernels = roomyKernels();

/**
 * One level of 255: the kernels sum up floats where the oracle sums up doubles, and a value that lies on a half falls
 * to either side. Nothing else may differ, so noise, the worst of pictures, gets no more.
 */
const LEVELS = 1;

/**
 * Where alpha is 1 or less a pixel is as good as invisible, its colour hangs on the last bits of its alpha, and on the
 * edge at ½ it is there in one picture and zeros in the other: only its alpha is compared.
 */
function withoutFaintColours(picture: Raster, ...both: readonly Raster[]): Raster {
  const data = picture.data.slice();
  for (let at = 0; at < data.length; at += 4) {
    if (both.some((other) => (other.data[at + 3] ?? 0) <= 1)) data.fill(0, at, at + 3);
  }
  return { size: picture.size, data };
}

function expectLikeOracle(source: Raster, job: Job): void {
  const got = resample(source, job, kernels);
  const wanted = oracleResample(source, { ...job, filter: TEXTBOOK[job.filter] });
  expectNearPicture(withoutFaintColours(got, got, wanted), withoutFaintColours(wanted, got, wanted), LEVELS);
}

const aSize: fc.Arbitrary<Size> = fc.record({
  width: fc.integer({ min: 1, max: 24 }),
  height: fc.integer({ min: 1, max: 24 }),
});
const aColour: fc.Arbitrary<Rgb> = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
const aFraction = fc.double({ min: 0, max: 1, noNaN: true });

/** A part of the picture, rarely on whole pixels, at least a twentieth of a pixel large. */
function aWindow({ width, height }: Size): fc.Arbitrary<Rect> {
  return fc.tuple(aFraction, aFraction, aFraction, aFraction).map(([x, y, right, bottom]) => {
    const at = { x: x * (width - 0.05), y: y * (height - 0.05) };
    return { ...at, width: 0.05 + right * (width - 0.05 - at.x), height: 0.05 + bottom * (height - 0.05 - at.y) };
  });
}

function aJob(background: fc.Arbitrary<Rgb | undefined>) {
  return aSize.chain((source) =>
    fc.record({
      source: fc.constant(source),
      seed: fc.nat(),
      window: fc.oneof(fc.constant({ x: 0, y: 0, ...source }), aWindow(source)),
      size: aSize,
      filter: fc.constantFrom(...FILTER_NAMES),
      background,
    }),
  );
}

function checkMany(opaque: boolean, background: fc.Arbitrary<Rgb | undefined>, seed: number): void {
  fc.assert(
    fc.property(aJob(background), ({ source, seed: noiseSeed, ...job }) =>
      expectLikeOracle(noise(source, noiseSeed, opaque), job),
    ),
    { seed, numRuns: 150 },
  );
}

describe("the resampler gives the oracle's picture to a level of 255", () => {
  test("for opaque pictures of any size, window, factor and filter", () => {
    checkMany(true, fc.constant(undefined), 11);
  });

  test("for opaque pictures over a background, which nothing shows of", () => {
    checkMany(true, aColour, 12);
  });

  test("for pictures with alpha that keep it", () => {
    checkMany(false, fc.constant(undefined), 13);
  });

  test("for pictures with alpha over a background", () => {
    checkMany(false, aColour, 14);
  });

  const FACTORS: readonly (readonly [source: Size, size: Size])[] = [
    [
      { width: 200, height: 160 },
      { width: 10, height: 8 },
    ],
    [
      { width: 6, height: 4 },
      { width: 120, height: 80 },
    ],
    [
      { width: 150, height: 5 },
      { width: 9, height: 61 },
    ],
    [
      { width: 4, height: 170 },
      { width: 77, height: 9 },
    ],
    [
      { width: 64, height: 64 },
      { width: 63, height: 65 },
    ],
    [
      { width: 33, height: 47 },
      { width: 33, height: 47 },
    ],
    [
      { width: 1, height: 1 },
      { width: 40, height: 30 },
    ],
    [
      { width: 90, height: 70 },
      { width: 1, height: 1 },
    ],
  ];
  test.each(FACTORS)("from %o to %o with every filter, whole and through a window between pixels", (from, size) => {
    const source = noise(from, from.width, false);
    const window = { x: from.width * 0.11, y: from.height * 0.23, width: from.width * 0.7, height: from.height * 0.55 };
    for (const filter of FILTER_NAMES) {
      for (const part of [wholeOf(source), window]) {
        expectLikeOracle(source, { window: part, size, filter, background: undefined });
      }
    }
  });
});

test.each(FILTER_NAMES)("at its own size and place, %s gives every pixel back exactly", (filter) => {
  const source = noise({ width: 37, height: 23 }, 4, false);
  // What is fully transparent has no colour to give back.
  for (let at = 0; at < source.data.length; at += 4) if (source.data[at + 3] === 0) source.data.fill(0, at, at + 4);
  const got = resample(source, { window: wholeOf(source), size: source.size, filter, background: undefined }, kernels);
  expect(got.size).toEqual(source.size);
  expectNearPicture(got, source, 0);
});
