import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FROM_FLOATS, FROM_PIXELS, TO_FLOATS, TO_PIXELS } from "../../src/pixels/ends.ts";
import { FILTERS, type FilterShape } from "../../src/pixels/filters.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { resampler, stageBytes, stageOf } from "../../src/pixels/resampler.ts";
import type { Resampling } from "../../src/pixels/resampling.ts";
import { FILTER_NAMES, TEXTBOOK } from "../oracle/filters.ts";
import { oracleResample } from "../oracle/resample.ts";
import { roomyKernels } from "../support/guarded.ts";
import { expectNear, expectNearPicture } from "../support/near.ts";
import { noise, partOf, premultiplied, rowOf } from "../support/pictures.ts";
import { resample, stripOf, wholeOf } from "../support/resampling.ts";

const kernels = roomyKernels();
const UNTOUCHED: FilterShape = { support: 0.5, weight: () => 1 };
const MODE = { alpha: true, exact: true, linear: false };

/** Every pixel of a picture as it is. */
function keeping(source: Raster, mode: Partial<Resampling>): Resampling {
  return { ...MODE, source: source.size, window: wholeOf(source), size: source.size, filter: UNTOUCHED, ...mode };
}

/** The rows of floats that come out, without those that complete their pairs. */
function floatsOf(source: Raster, resampling: Resampling): Float64Array {
  kernels.clear();
  const stage = stageOf(kernels, resampling, FROM_PIXELS, TO_FLOATS);
  const values: number[] = [];
  for (const row of stage.push(stripOf(kernels, source, stage.wanted))) {
    expect([row.x, row.width, row.rows]).toEqual([0, resampling.size.width, 1]);
    expect(row.y * row.width * 4).toBe(values.length);
    values.push(...new Float32Array(kernels.bytesAt(row.address, row.width * 16).slice().buffer));
  }
  return Float64Array.from(values);
}

/** The picture by way of floats. */
function throughFloats(source: Raster, first: Resampling, last: Resampling): Raster {
  kernels.clear();
  const floats = stageOf(kernels, first, FROM_PIXELS, TO_FLOATS);
  const pixels = stageOf(kernels, last, FROM_FLOATS, TO_PIXELS);
  const rows: Uint8Array[] = [];
  for (const row of floats.push(stripOf(kernels, source, floats.wanted))) {
    for (const result of pixels.push(row)) rows.push(result.slice());
  }
  return { size: { width: last.size.width, height: rows.length }, data: Uint8Array.from(Buffer.concat(rows)) };
}

const aSide = fc.integer({ min: 1, max: 30 });
const aSize = fc.record({ width: aSide, height: aSide });

describe("rows of floats", () => {
  test("taken in are the pixels that they were, whatever is done with them", () => {
    fc.assert(
      fc.property(
        aSize,
        fc.record({ width: fc.integer({ min: 1, max: 90 }), height: fc.integer({ min: 1, max: 90 }) }),
        fc.record({ filter: fc.constantFrom(...FILTER_NAMES), linear: fc.boolean() }),
        fc.boolean(),
        (from, size, { filter, linear }, opaque) => {
          const source = noise(from, 1, opaque);
          const { width, height } = from;
          const window = { x: width * 0.2, y: height * 0.1, width: width * 0.8, height: height * 0.7 };
          const last = keeping(source, { window, size, filter: FILTERS[filter], linear });
          const got = throughFloats(source, keeping(source, { linear }), last);
          expectNearPicture(got, resample(source, { window, size, filter, linear }, kernels), 0);
        },
      ),
      { seed: 51, numRuns: 150 },
    );
  });

  // Rows are held in 64ths of a level, and weights have 14 bits; a value of the oracle is not rounded.
  test("given out are premultiplied levels, neither rounded nor clamped to bytes", () => {
    fc.assert(
      fc.property(aSize, aSize, fc.boolean(), (from, size, opaque) => {
        const source = noise(from, 2, opaque);
        const got = floatsOf(source, keeping(source, { size, filter: FILTERS.bilin }));
        const wanted = oracleResample(source, { window: wholeOf(source), size, filter: TEXTBOOK.bilin });
        // The oracle gives nothing of a pixel that rounds to nothing.
        const shown = got.map((value, at) => ((wanted[at | 3] ?? 0) === 0 ? 0 : value));
        expectNear(shown, premultiplied(wanted), 0.05);
      }),
      { seed: 52, numRuns: 100 },
    );
  });

  test("say that they are opaque where they are, and have an alpha of exactly 255 there", () => {
    const source = noise({ width: 21, height: 40 }, 3, true);
    source.data[(5 * 21 + 4) * 4 + 3] = 254;
    kernels.clear();
    const stage = stageOf(kernels, keeping(source, { filter: FILTERS.sharp2 }), FROM_PIXELS, TO_FLOATS);
    const opaque: boolean[] = [];
    for (const row of stage.push(stripOf(kernels, source, stage.wanted))) {
      const floats = new Float32Array(kernels.bytesAt(row.address, row.width * 16).slice().buffer);
      if (row.opaque) expect(floats.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
      opaque.push(row.opaque);
    }
    expect([opaque[5], opaque.slice(12).every((each) => each)]).toEqual([false, true]);
  });

  test("are reserved for exactly as the bytes say", () => {
    const sizes = fc.record({ width: fc.integer({ min: 1, max: 900 }), height: fc.integer({ min: 1, max: 900 }) });
    fc.assert(
      fc.property(sizes, sizes, fc.boolean(), fc.boolean(), fc.boolean(), (from, size, alpha, exact, linear) => {
        const source = { size: from, data: new Uint8Array() };
        const resampling = keeping(source, { size, filter: FILTERS.bicub, alpha, exact, linear });
        for (const intake of [FROM_PIXELS, FROM_FLOATS]) {
          for (const outlet of [TO_PIXELS, TO_FLOATS]) {
            kernels.clear();
            const before = kernels.reserve(0);
            stageOf<never, unknown>(kernels, resampling, intake, outlet);
            expect(kernels.reserve(0) - before).toBe(stageBytes(resampling, intake, outlet));
          }
        }
      }),
      { seed: 53, numRuns: 40 },
    );
  });
});

describe("a filter for each axis", () => {
  const source = noise({ width: 23, height: 17 }, 4, false);
  const only = (filter: Resampling["filter"], size: Raster["size"]): Raster => {
    kernels.clear();
    const stage = resampler(kernels, keeping(source, { filter, size }));
    const rows: Uint8Array[] = [];
    for (const row of stage.push(stripOf(kernels, source, stage.wanted))) rows.push(row.slice());
    return { size, data: Uint8Array.from(Buffer.concat(rows)) };
  };

  test("is the same as one for both where they are the same", () => {
    const size = { width: 9, height: 40 };
    const job = { window: wholeOf(source), size, filter: "bicub" } as const;
    expectNearPicture(only({ across: FILTERS.bicub, down: FILTERS.bicub }, size), resample(source, job, kernels), 0);
  });

  test("scales rows, or columns, as if each were a picture of its own where the other axis is left alone", () => {
    const wider = only({ across: FILTERS.sharp2, down: UNTOUCHED }, { width: 50, height: 17 });
    for (let y = 0; y < 17; y++) {
      const row = partOf(source, { x: 0, y, width: 23, height: 1 });
      const job = { window: wholeOf(row), size: { width: 50, height: 1 }, filter: "sharp2" } as const;
      expect(rowOf(wider, y)).toEqual(resample(row, job, kernels).data);
    }
    const higher = only({ across: UNTOUCHED, down: FILTERS.sharp2 }, { width: 23, height: 50 });
    for (let x = 0; x < 23; x++) {
      const column = partOf(source, { x, y: 0, width: 1, height: 17 });
      const job = { window: wholeOf(column), size: { width: 1, height: 50 }, filter: "sharp2" } as const;
      expectNearPicture(partOf(higher, { x, y: 0, width: 1, height: 50 }), resample(column, job, kernels), 0);
    }
  });
});
