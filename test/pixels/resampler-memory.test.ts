import { describe, expect, test } from "vitest";
import { FILTERS } from "../../src/pixels/filters.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import { resampler } from "../../src/pixels/resampler.ts";
import type { Size } from "../../src/plan/size.ts";
import { FILTER_NAMES } from "../oracle/filters.ts";
import { MODULES } from "../support/wasm-modules.ts";

const PAGE = 65_536;
const FLOAT_PIXEL = 16;

/** Bytes of the instance that a whole picture was resampled in. */
function bytesHeld(source: Size, size: Size, filter: keyof typeof FILTERS): number {
  const kernels = new Kernels(MODULES.kernels);
  const window = { x: 0, y: 0, ...source };
  let rows = 0;
  const stage = resampler(kernels, { source, window, size, filter: FILTERS[filter], background: undefined });
  const row = new Uint8Array(source.width * 4);
  for (let y = stage.first; y < stage.end; y++) rows += [...stage.push(y, row)].length;
  expect(rows, "the whole picture went through").toBe(size.height);
  return kernels.bytes;
}

/**
 * What a resampler may hold, from the sizes alone: as many rows of output width as a filter of support 3 overlaps, and
 * one in the making; one row of the source as bytes and as floats; the horizontal weights; a row of bytes to emit.
 */
function bound(source: Size, size: Size): number {
  const taps = Math.ceil((2 * 3 * Math.max(1, source.width / size.width) + 1) / 4) * 4;
  const rows = (2 * 3 + 2) * size.width * FLOAT_PIXEL;
  const sourceRow = source.width * (4 + FLOAT_PIXEL) + taps * FLOAT_PIXEL;
  const tables = size.width * (taps + 1) * 4;
  return Math.ceil((rows + sourceRow + tables + size.width * 4) / PAGE + 1) * PAGE;
}

describe("the resampler holds a handful of rows of output width, whatever the factor", () => {
  const JOBS: readonly (readonly [source: Size, size: Size])[] = [
    [
      { width: 2000, height: 4000 },
      { width: 2000, height: 10 },
    ],
    [
      { width: 2000, height: 10 },
      { width: 2000, height: 4000 },
    ],
    [
      { width: 2000, height: 400 },
      { width: 2000, height: 399 },
    ],
    [
      { width: 2000, height: 400 },
      { width: 2000, height: 401 },
    ],
    [
      { width: 2000, height: 400 },
      { width: 2000, height: 1 },
    ],
    [
      { width: 4000, height: 2000 },
      { width: 100, height: 50 },
    ],
    [
      { width: 40, height: 20 },
      { width: 2000, height: 200 },
    ],
  ];

  test.each(JOBS)("from %o to %o", (source, size) => {
    for (const filter of FILTER_NAMES) expect(bytesHeld(source, size, filter)).toBeLessThanOrEqual(bound(source, size));
  });

  test("4000 rows stretched to 2000 × 10 take less than half a megabyte, where one filter's worth of rows takes 76", () => {
    const source = { width: 2000, height: 4000 };
    expect(bytesHeld(source, { width: 2000, height: 10 }, "sharp2")).toBeLessThan(512 * 1024);
  });

  test("four times as many source rows take not a byte more", () => {
    const size = { width: 500, height: 20 };
    const held = [1000, 4000].map((height) => bytesHeld({ width: 500, height }, size, "sharp2"));
    expect(held[1]).toBe(held[0]);
  });
});
