import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Rect, Size } from "../../src/plan/size.ts";
import { FILTER_NAMES, TEXTBOOK } from "../oracle/filters.ts";
import { oracleResample } from "../oracle/resample.ts";
import { roomyKernels } from "../support/guarded.ts";
import { expectNear, expectNearPicture } from "../support/near.ts";
import { noise, premultiplied } from "../support/pictures.ts";
import { type Job, resample, wholeOf } from "../support/resampling.ts";

const kernels = roomyKernels();

/**
 * Rounding to a byte is half a level. The rest is for weights of 14 bits and rows that are held in 64ths of a level, on
 * noise, the worst of pictures; in the dark, linear light is held in steps of a fifth of a level.
 */
const LEVELS = 0.6;
const LINEAR_LEVELS = 0.85;
/** A level of alpha, and of a colour times its alpha: both are rounded before they can be compared. */
const BLENDED_LEVELS = 1.1;

function expectLikeOracle(source: Raster, job: Job, levels: number): void {
  const got = resample(source, job, kernels).data;
  const wanted = oracleResample(source, { ...job, filter: TEXTBOOK[job.filter] });
  expectNear(premultiplied(got), premultiplied(wanted), levels);
}

const aSize: fc.Arbitrary<Size> = fc.record({
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 40 }),
});
const aFraction = fc.double({ min: 0, max: 1, noNaN: true });
const aFactor = fc.double({ min: Math.log(0.05), max: Math.log(20), noNaN: true }).map(Math.exp);

/** A part of the picture, rarely on whole pixels, at least a twentieth of a pixel large. */
function aWindow({ width, height }: Size): fc.Arbitrary<Rect> {
  return fc.tuple(aFraction, aFraction, aFraction, aFraction).map(([x, y, right, bottom]) => {
    const at = { x: x * (width - 0.05), y: y * (height - 0.05) };
    return { ...at, width: 0.05 + right * (width - 0.05 - at.x), height: 0.05 + bottom * (height - 0.05 - at.y) };
  });
}

const aJob = aSize.chain((pixels) =>
  fc
    .record({
      pixels: fc.constant(pixels),
      seed: fc.nat(),
      window: fc.oneof(fc.constant({ x: 0, y: 0, ...pixels }), aWindow(pixels)),
      factors: fc.tuple(aFactor, aFactor),
      filter: fc.constantFrom(...FILTER_NAMES),
      linear: fc.boolean(),
    })
    .map(({ factors: [across, down], ...job }) => ({ ...job, size: scaled(job.window, across, down) })),
);

function scaled({ width, height }: Size, across: number, down: number): Size {
  return { width: Math.max(1, Math.round(width * across)), height: Math.max(1, Math.round(height * down)) };
}

function checkMany(opaque: boolean, levels: number, seed: number): void {
  fc.assert(
    fc.property(aJob, ({ pixels, seed: noiseSeed, ...job }) =>
      expectLikeOracle(
        noise(pixels, noiseSeed, opaque),
        { ...job, alpha: !opaque },
        job.linear ? Math.max(levels, LINEAR_LEVELS) : levels,
      ),
    ),
    { seed, numRuns: 150 },
  );
}

describe("the resampler in quality mode gives the oracle's picture", () => {
  test("for opaque pictures of any window, factor and filter, in encoded values and in linear light", () => {
    checkMany(true, LEVELS, 11);
  });

  test("for pictures with alpha, of any window, factor and filter", () => {
    checkMany(false, BLENDED_LEVELS, 13);
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
    const opaque = noise(from, from.width, true);
    const window = { x: from.width * 0.11, y: from.height * 0.23, width: from.width * 0.7, height: from.height * 0.55 };
    for (const filter of FILTER_NAMES) {
      for (const part of [wholeOf(source), window]) {
        expectLikeOracle(source, { window: part, size, filter }, BLENDED_LEVELS);
        expectLikeOracle(opaque, { window: part, size, filter }, LEVELS);
      }
    }
  });
});

describe("the resampler with its pre-shrink", () => {
  test("changes nothing where a picture is shrunk less than five times", () => {
    const source = noise({ width: 99, height: 80 }, 5, false);
    const job: Job = { window: wholeOf(source), size: { width: 20, height: 17 }, filter: "sharp2" };
    expectNearPicture(resample(source, { ...job, exact: false }, kernels), resample(source, job, kernels), 0);
  });

  // Half as fast as the fastest that the result can hold, in colour and in alpha.
  test.each([5.5, 7, 12, 31, 80])("shrunk %f times, smooth waves come out as the oracle has them", (shrink) => {
    const wave = (at: number) => 128 + 100 * Math.sin((Math.PI * at) / (2 * shrink));
    const [width, height] = [Math.round(shrink * 12), Math.round(shrink * 9)];
    const data = Uint8Array.from({ length: width * height * 4 }, (_, at) => {
      const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
      return [wave(x), wave(y), wave(x + y), wave(x - y)][at % 4] ?? 0;
    });
    const source = { size: { width, height }, data };
    const job: Job = { window: wholeOf(source), size: { width: 12, height: 9 }, filter: "sharp2" };
    const got = resample(source, { ...job, exact: false }, kernels);
    expectNear(premultiplied(got.data), premultiplied(oracleResample(source, { ...job, filter: TEXTBOOK.sharp2 })), 3);
  });
});

test.each(FILTER_NAMES)("at its own size and place, %s gives every pixel back exactly", (filter) => {
  const source = noise({ width: 37, height: 23 }, 4, false);
  for (let at = 0; at < source.data.length; at += 4) {
    // What is fully transparent has no colour to give back; below 4, a colour has fewer than 255 steps in the rows.
    if ((source.data[at + 3] ?? 0) < 4) source.data.fill(0, at, at + 4);
  }
  for (const linear of [false, true]) {
    if (linear) for (let at = 3; at < source.data.length; at += 4) source.data[at] = 255;
    const job = { window: wholeOf(source), size: source.size, filter, linear };
    const got = resample(source, job, kernels);
    expect(got.size).toEqual(source.size);
    expectNearPicture(got, source, 0);
  }
});
