import { describe, test } from "vitest";
import type { Raster } from "../../src/pixels/raster.ts";
import { FILTER_NAMES } from "../oracle/filters.ts";
import { roomyKernels } from "../support/guarded.ts";
import { expectNear, expectNearPicture } from "../support/near.ts";
import { picture, premultiplied, type Rgba } from "../support/pictures.ts";
import { type Job, resample, wholeOf } from "../support/resampling.ts";

const kernels = roomyKernels();

/** From 1 × 1, of which boxes take away most, over both axes for themselves, to enlarging. */
const SIZES = [
  { width: 1, height: 1 },
  { width: 3, height: 40 },
  { width: 29, height: 31 },
  { width: 30, height: 2 },
  { width: 400, height: 600 },
];

const flat = (colour: Rgba): Raster => picture({ width: 30, height: 30 }, () => colour);

describe("a constant picture stays exactly constant", () => {
  test.each(SIZES)("scaled to $width × $height with every filter, in every mode, opaque or not", (size) => {
    const colours: Rgba[] = [
      [255, 255, 255, 255],
      [1, 127, 254, 255],
      [200, 3, 90, 128],
      [255, 128, 7, 4],
    ];
    for (const filter of FILTER_NAMES) {
      for (const colour of colours) {
        for (const exact of [true, false]) {
          const window = { x: 0.3, y: 5.7, width: 29.1, height: 20 };
          const job = { window, size, filter, exact };
          const wanted = picture(size, () => colour);
          expectNearPicture(resample(flat(colour), job, kernels), wanted, 0);
          // In linear light a colour of little alpha is dark, and has few steps.
          if (colour[3] > 100) expectNearPicture(resample(flat(colour), { ...job, linear: true }, kernels), wanted, 0);
        }
      }
    }
  });

  test("and is all zeros where it is fully transparent, whatever colour it had", () => {
    for (const size of SIZES) {
      for (const mode of [{ exact: true }, { exact: false }, { linear: true }]) {
        const nothing = flat([9, 8, 7, 0]);
        const job: Job = { window: wholeOf(nothing), size, filter: "sharp2", ...mode };
        const zeros = picture(size, () => [0, 0, 0, 0]);
        expectNearPicture(resample(nothing, job, kernels), zeros, 0);
      }
    }
  });
});

describe("the colour of fully transparent pixels never bleeds", () => {
  /** Opaque green on the left, magenta that nobody should ever see on the right. */
  const halves = picture({ width: 24, height: 16 }, (x) => (x < 12 ? [0, 255, 0, 255] : [255, 0, 255, 0]));

  test.each(FILTER_NAMES)("%s shows green of some alpha, or nothing, however it is scaled", (filter) => {
    for (const size of [...SIZES, { width: 24, height: 16 }]) {
      for (const mode of [{ exact: true }, { exact: false }, { linear: true }]) {
        const job = { window: wholeOf(halves), size, filter, ...mode };
        const got = resample(halves, job, kernels);
        const wanted = got.data.slice();
        for (let at = 0; at < wanted.length; at += 4) wanted.set([0, wanted[at + 3] === 0 ? 0 : 255, 0], at);
        expectNearPicture(got, { size, data: wanted }, 0);
      }
    }
  });
});

// A filter with negative weights overshoots in alpha as well as in colour; the two cancel out over their own colour.
test.each(FILTER_NAMES)("with %s, an opaque shape laid over its own colour cannot be seen", (filter) => {
  for (const level of [255, 128, 30]) {
    const shape = picture({ width: 20, height: 20 }, (x, y) => [level, level, level, x > 6 && y > 9 ? 255 : 0]);
    for (const linear of [false, true]) {
      for (const size of [
        { width: 33, height: 47 },
        { width: 7, height: 9 },
      ]) {
        const { data } = resample(shape, { window: wholeOf(shape), size, filter, linear }, kernels);
        const shown = premultiplied(data).map((value, at) => value + (level * (255 - (data[at | 3] ?? 0))) / 255);
        const over = shown.filter((_, at) => at % 4 !== 3);
        // In linear light a dark colour of little alpha may be a level off.
        expectNear(over, new Float64Array(over.length).fill(level), 0.05);
      }
    }
  }
});

test("in linear light, fine black and white stripes become the gray that gives as much light", () => {
  const stripes = picture({ width: 64, height: 64 }, (x) => (x % 2 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
  for (const [linear, level] of [
    [true, 188],
    [false, 128],
  ] as const) {
    for (const exact of [true, false]) {
      const job: Job = {
        window: { x: 16, y: 16, width: 32, height: 32 },
        size: { width: 4, height: 4 },
        filter: "bicub",
        linear,
        exact,
      };
      const gray = picture(job.size, () => [level, level, level, 255]);
      expectNearPicture(resample(stripes, job, kernels), gray, 1);
    }
  }
});
