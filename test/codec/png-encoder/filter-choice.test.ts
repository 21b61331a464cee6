import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { isOfDrawing, leastOf } from "../../../src/codec/png-encoder/filter-choice.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import { photo } from "../../golden/sources/photo.ts";
import { filtered, pairsIn, weightsOf } from "../../oracle/png-filter.ts";
import { noise, picture, ramps, rowOf } from "../../support/pictures.ts";
import { streamOf } from "../../support/png-chunks.ts";
import { mixedRows, pngOf } from "../../support/png-encoding.ts";

const PIXEL = 4;

/** The filter types of a file, row by row. */
function filtersOf(raster: Raster, effort: "fast" | "small"): readonly number[] {
  const rows = inflateSync(streamOf(pngOf(raster, { colour: "rgba", effort })));
  return Array.from({ length: raster.size.height }, (_, y) => rows[y * (1 + raster.size.width * PIXEL)] ?? -1);
}

/** The same, as it is said: a drawing is not filtered, else the least sum, or the fewest pairs; of equals the first. */
function wantedOf(raster: Raster, effort: "fast" | "small"): readonly number[] {
  return Array.from({ length: raster.size.height }, (_, y) => {
    const row = rowOf(raster, y);
    const above = y === 0 ? new Uint8Array(row.length) : rowOf(raster, y - 1);
    const [none = 0, sub = 0, up = 0, average = 0, paeth = 0, left = 0, over = 0] = weightsOf(row, above, PIXEL);
    if (row.length - Math.max(left, over) < row.length / 4) return 0;
    const sums = [none, sub, up, average, paeth];
    const weights = effort === "fast" ? sums : sums.map((_, filter) => pairsIn(filtered(filter, row, above, PIXEL)));
    return weights.indexOf(Math.min(...weights));
  });
}

const PICTURES: readonly (readonly [what: string, raster: Raster])[] = [
  ["a scene", photo()],
  ["ramps", ramps({ width: 90, height: 70 })],
  ["different rows", mixedRows(61, 80)],
  ["noise", noise({ width: 33, height: 40 }, 1, false)],
  ["one colour", picture({ width: 40, height: 9 }, () => [9, 80, 200, 255])],
  ["stripes", picture({ width: 40, height: 30 }, (x) => [x % 5 ? 200 : 10, 4, 90, 255])],
];

describe.each(["fast", "small"] as const)("the filter of each row, %s", (effort) => {
  test.each(PICTURES)("is the one that is said, of %s", (_, raster) => {
    expect(filtersOf(raster, effort)).toEqual(wantedOf(raster, effort));
  });
});

test("all filters are chosen in a picture of different rows, and none of them in one colour", () => {
  expect([...new Set(filtersOf(mixedRows(64, 80), "fast"))].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(
    new Set(
      filtersOf(
        picture({ width: 64, height: 9 }, () => [1, 2, 3, 255]),
        "fast",
      ),
    ),
  ).toEqual(new Set([0]));
});

test("a row is one of a drawing where less than a quarter of it changes", () => {
  expect(isOfDrawing(75, 0, 100)).toBe(false);
  expect(isOfDrawing(76, 0, 100)).toBe(true);
  expect(isOfDrawing(0, 76, 100)).toBe(true);
});

test("of equal weights the first counts", () => {
  expect(leastOf([5, 3, 3, 9, 3])).toBe(1);
  expect(leastOf([2, 2])).toBe(0);
});
