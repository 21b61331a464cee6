import { describe, test } from "vitest";
import type { Raster } from "../../src/pixels/raster.ts";
import { FILTER_NAMES, TEXTBOOK } from "../oracle/filters.ts";
import { oracleResample } from "../oracle/resample.ts";
import { roomyKernels } from "../support/guarded.ts";
import { expectNear, expectNearPicture } from "../support/near.ts";
import { noise, picture, premultiplied } from "../support/pictures.ts";
import { type Job, resample, wholeOf } from "../support/resampling.ts";

const kernels = roomyKernels();

/** The mean of every square of `by` × `by` pixels, as a decoder gives it; the last row and column repeat what is there. */
function reduced({ size, data }: Raster, by: number): Raster {
  const small = { width: Math.ceil(size.width / by), height: Math.ceil(size.height / by) };
  return picture(small, (x, y) => {
    const sums = [0, 0, 0, 0];
    for (let at = 0; at < by * by; at++) {
      const column = Math.min(x * by + (at % by), size.width - 1);
      const row = Math.min(y * by + Math.floor(at / by), size.height - 1);
      for (let channel = 0; channel < 4; channel++) {
        sums[channel] = (sums[channel] ?? 0) + (data[(row * size.width + column) * 4 + channel] ?? 0) / (by * by);
      }
    }
    const [red = 0, green = 0, blue = 0, alpha = 0] = sums.map(Math.round);
    return [red, green, blue, alpha];
  });
}

describe("a decoded picture that ends within a pixel", () => {
  const full = { width: 1001, height: 499 };
  // Ramps without an end in sight: any shift shows as a difference everywhere.
  const ramp = picture(full, (x, y) => [
    Math.round((x * 255) / 1000),
    Math.round((y * 255) / 498),
    Math.round(((x + y) * 255) / 1498),
    255,
  ]);

  test.each([2, 4, 8])("decoded at 1/%i, comes out where the whole picture does, to the last column", (by) => {
    const small = reduced(ramp, by);
    const extent = { width: full.width / by, height: full.height / by };
    for (const width of [143, 60, 20, 9]) {
      const size = { width, height: Math.round((width * full.height) / full.width) };
      const wanted = oracleResample(ramp, { window: wholeOf(ramp), size, filter: TEXTBOOK.bicub });
      for (const exact of [true, false]) {
        const window = { x: 0, y: 0, ...extent };
        const job: Job = { source: extent, window, size, filter: "bicub", alpha: false, exact };
        // Half a level for each rounding, and the edge, which repeats a mean rather than its last pixel.
        expectNear(resample(small, job, kernels).data, wanted, 1.5);
      }
    }
  });

  test("has the column in which it ends whole: what is shown of it is real", () => {
    const source = noise({ width: 6, height: 5 }, 2, true);
    for (const filter of FILTER_NAMES) {
      const extent = { width: 5.125, height: 4.5 };
      const window = { x: 1.5, y: 0, width: 3.625, height: 4.5 };
      const job: Job = { source: extent, window, size: { width: 9, height: 4 }, filter };
      const wanted = oracleResample(source, { ...job, filter: TEXTBOOK[filter] });
      expectNear(resample(source, job, kernels).data, wanted, 0.6);
    }
  });
});

describe("extremes", () => {
  const mode = { filter: "sharp2" } as const;

  test.each(FILTER_NAMES)("a single pixel fills every size with %s", (filter) => {
    const dot = picture({ width: 1, height: 1 }, () => [12, 200, 77, 255]);
    for (const size of [
      { width: 1, height: 1 },
      { width: 300, height: 1 },
      { width: 1, height: 300 },
      { width: 77, height: 91 },
    ]) {
      for (const exact of [true, false]) {
        const job = { ...mode, filter, window: wholeOf(dot), size, exact };
        const wanted = picture(size, () => [12, 200, 77, 255]);
        expectNearPicture(resample(dot, job, kernels), wanted, 0);
        const corner = { x: 0.4, y: 0.9, width: 0.01, height: 0.1 };
        expectNearPicture(resample(dot, { ...job, window: corner }, kernels), wanted, 0);
      }
    }
  });

  test.each([
    [65_500, 3],
    [3, 65_500],
    [4001, 300],
  ])("%i × %i pixels become a few, or one, as the oracle has them", (width, height) => {
    const source = picture({ width, height }, (x, y) => [
      (x * 255) / width,
      (y * 255) / height,
      128 + 127 * Math.sin((x + y) / (width + height)),
      x > width / 2 ? 255 : 100,
    ]);
    for (const size of [
      { width: 1, height: 1 },
      { width: 3, height: 2 },
      { width: 40, height: 1 },
      { width: 1, height: 40 },
    ]) {
      const job: Job = { ...mode, window: wholeOf(source), size };
      const wanted = oracleResample(source, { ...job, filter: TEXTBOOK.sharp2 });
      // A level of alpha, and of a colour times its alpha, each rounded.
      expectNear(premultiplied(resample(source, job, kernels).data), premultiplied(wanted), 1.1);
      // A step in alpha keeps little of itself that boxes could lose.
      const boxed = resample(source, { ...job, exact: false }, kernels).data;
      expectNear(premultiplied(boxed), premultiplied(wanted), 4);
    }
  });

  test("a row of 65500 pixels comes out of a handful, and of a part of a pixel", () => {
    const source = picture({ width: 5, height: 2 }, (x, y) => [x * 60, y * 200, 9, 255]);
    for (const window of [wholeOf(source), { x: 2.2, y: 0.5, width: 0.3, height: 1 }]) {
      const job: Job = { ...mode, window, size: { width: 65_500, height: 3 } };
      const wanted = oracleResample(source, { ...job, filter: TEXTBOOK.sharp2 });
      expectNear(resample(source, job, kernels).data, wanted, 0.6);
    }
  });

  test("nothing but the edge is repeated where boxes end beyond the picture", () => {
    // 37 columns are not a number of boxes; were the rest of the last one dark, white would not stay white.
    const white = picture({ width: 37, height: 43 }, () => [255, 255, 255, 255]);
    for (const width of [1, 2, 3, 5]) {
      const size = { width, height: width };
      const job: Job = { ...mode, window: wholeOf(white), size, exact: false };
      expectNearPicture(
        resample(white, job, kernels),
        picture(size, () => [255, 255, 255, 255]),
        0,
      );
    }
  });
});
