import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FILTERS } from "../../src/pixels/filters.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import { passesOf } from "../../src/pixels/passes.ts";
import { resampler, resamplerBytes } from "../../src/pixels/resampler.ts";
import type { Resampling } from "../../src/pixels/resampling.ts";
import type { Size } from "../../src/plan/size.ts";
import { FILTER_NAMES } from "../oracle/filters.ts";
import { picture } from "../support/pictures.ts";
import { resample, wholeOf } from "../support/resampling.ts";
import { MODULES } from "../support/wasm-modules.ts";

const MEBIBYTE = 1_048_576;

const PLAIN = { filter: FILTERS.sharp2, alpha: false, exact: false, linear: false };

function resamplingOf(source: Size, size: Size, mode: Partial<Resampling> = {}): Resampling {
  return { ...PLAIN, source, window: { x: 0, y: 0, ...source }, size, ...mode };
}

const aSide = fc.integer({ min: 1, max: 5000 });
const aSize = fc.record({ width: aSide, height: aSide });
const aResampling: fc.Arbitrary<Resampling> = fc
  .record({
    source: aSize,
    size: fc.record({ width: fc.integer({ min: 1, max: 900 }), height: fc.integer({ min: 1, max: 900 }) }),
    filter: fc.constantFrom(...FILTER_NAMES),
    alpha: fc.boolean(),
    exact: fc.boolean(),
    linear: fc.boolean(),
  })
  .map(({ filter, source, ...rest }) => ({
    ...rest,
    source,
    window: { x: 0, y: 0, ...source },
    filter: FILTERS[filter],
  }));

describe("the memory of a resampler", () => {
  test("is what it reserves from the arena, all of it before the first row", () => {
    const kernels = new Kernels(MODULES.kernels);
    fc.assert(
      fc.property(aResampling, (resampling) => {
        kernels.clear();
        const before = kernels.reserve(0);
        resampler(kernels, resampling);
        expect(kernels.reserve(0) - before).toBe(resamplerBytes(resampling));
      }),
      { seed: 31, numRuns: 60 },
    );
  });

  test("is not added to by pushing rows", () => {
    const source = picture({ width: 90, height: 400 }, (x, y) => [x, y, 9, x + y]);
    const job = { window: wholeOf(source), size: { width: 7, height: 50 }, filter: "sharp2" };
    const kernels = new Kernels(MODULES.kernels);
    resample(source, { ...job, filter: "sharp2" }, kernels);
    const strips = 400 * (90 * 4 + 64);
    expect(kernels.reserve(0) - kernels.run.arenaStart()).toBeLessThanOrEqual(
      strips + resamplerBytes(resamplingOf(source.size, job.size, { alpha: true, exact: true })) + 32,
    );
  });

  test("is the same for four times as many source rows of the same shrink, and for ten times as many", () => {
    const bytes = [2000, 8000, 20_000].map((height) =>
      resamplerBytes(resamplingOf({ width: 500, height }, { width: 500, height: 20 })),
    );
    // A shrink by 100 leaves 3.1 to the filter, one by 400 as well, one by 1000 leaves 3.9.
    expect(bytes[1]).toBe(bytes[0]);
    expect(bytes[2]).toBeLessThan((bytes[0] ?? 0) * 1.3);
  });

  test("is half a megabyte for twelve megapixels to 800 × 600, whatever the mode", () => {
    const source = { width: 4032, height: 3024 };
    for (const exact of [false, true]) {
      for (const alpha of [false, true]) {
        for (const linear of [false, true]) {
          const resampling = resamplingOf(source, { width: 800, height: 600 }, { exact, alpha, linear });
          expect(resamplerBytes(resampling)).toBeLessThan(0.55 * MEBIBYTE);
        }
      }
    }
  });

  const LARGE: readonly (readonly [source: Size, size: Size])[] = [
    [
      { width: 65_500, height: 65_500 },
      { width: 1, height: 1 },
    ],
    [
      { width: 65_500, height: 65_500 },
      { width: 800, height: 8 },
    ],
    [
      { width: 65_500, height: 65_500 },
      { width: 4000, height: 4000 },
    ],
    [
      { width: 20_000, height: 14_000 },
      { width: 2000, height: 1400 },
    ],
    [
      { width: 100, height: 100 },
      { width: 65_500, height: 10 },
    ],
  ];
  test.each(LARGE)("from %o to %o is bounded in quality mode too", (source, size) => {
    for (const filter of FILTER_NAMES) {
      const resampling = resamplingOf(source, size, { filter: FILTERS[filter], alpha: true, exact: true });
      const { bytes, down } = passesOf(resampling);
      // 2 MB of rows, or what boxes leave: at most a shrink by five of the longest filter, sharpened, and a batch.
      const boxed = (2 * (3 * 5 + 1) + 8) * size.width * 8;
      expect(bytes.ring).toBeLessThanOrEqual(Math.max(2 * MEBIBYTE, boxed));
      // Four rows of cells, one of floats, and the weights: six in a filter for every column, each two bytes.
      const columns = (source.width + 4) * (4 * 8 + 16 + 12);
      const rows = source.height * 12;
      expect(resamplerBytes(resampling) - bytes.ring).toBeLessThan(
        columns + rows + (size.width + size.height) * 128 + 4096,
      );
      if (down.axis.box > 1) {
        const half = { ...resampling, exact: false };
        expect(down.axis.box).toBeLessThanOrEqual(passesOf(half).down.axis.box);
      }
    }
  });
});

describe("boxes", () => {
  const boxesOf = (resampling: Resampling) => {
    const { across, down } = passesOf(resampling);
    return [across.axis.box, down.axis.box];
  };

  test.each([
    [4.99, 1],
    [5, 2],
    [9.99, 2],
    [10, 4],
    [20, 8],
    [79, 16],
    [2560, 1024],
  ])("of a shrink of %f are %i wide, and leave at least 2.5 to the filter", (shrink, box) => {
    const size = { width: 3, height: 10 };
    const source = { width: size.width * shrink, height: size.height };
    expect(boxesOf(resamplingOf(source, size))).toEqual([box, 1]);
    const turned = { width: size.height, height: size.width * shrink };
    expect(boxesOf(resamplingOf(turned, { width: 10, height: 3 }))).toEqual([1, box]);
  });

  // 32,768 pixels of 255 · 255 stay below 2^31: sums of more would not be exact.
  test.each([
    [65_500, 65_500, [256, 128]],
    [65_500, 2000, [256, 128]],
    [1000, 65_500, [256, 128]],
  ])("have no more pixels than can be added up without loss: %i × %i to one", (width, height, wanted) => {
    const boxes = boxesOf(resamplingOf({ width, height }, { width: 1, height: 1 }));
    expect(boxes).toEqual(wanted);
    expect((boxes[0] ?? 0) * (boxes[1] ?? 0)).toBeLessThanOrEqual(32_768);
  });

  test("are not made in quality mode while the rows take 2 MB or less", () => {
    const resampling = (height: number) =>
      resamplingOf({ width: 2000, height }, { width: 1000, height: 100 }, { exact: true, alpha: true });
    // 1000 columns of 8 bytes: 262 rows, which is a shrink of 43 and a batch.
    expect(boxesOf(resampling(4200))).toEqual([1, 1]);
    expect(boxesOf(resampling(4500))).toEqual([1, 2]);
    expect(boxesOf(resampling(9000))).toEqual([1, 4]);
  });
});
