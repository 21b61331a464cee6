import { describe, expect, test } from "vitest";
import { BEHIND_ROW, Unfiltering, unfilteringBytes } from "../../../src/codec/png/unfiltering.ts";
import type { FilteredRow } from "../../oracle/png-unfilter.ts";
import { unfilteredRows } from "../../oracle/png-unfilter.ts";
import { guarded, roomyKernels } from "../../support/guarded.ts";
import { randomBytes, randomNumbers } from "../../support/random.ts";

const kernels = roomyKernels();

const PIXELS = [1, 2, 3, 4, 6, 8];
const FILTERS = [0, 1, 2, 3, 4];
const EVERY_PAIR = FILTERS.flatMap((upper) => FILTERS.map((lower) => [upper, lower] as const));

/** Rows as they come out of the inflater: each behind its filter type. */
function inflated(rows: readonly FilteredRow[]): Uint8Array {
  return Uint8Array.from(rows.flatMap(({ filter, bytes }) => [filter, ...bytes]));
}

function randomRows(filters: readonly number[], width: number, seed: number): readonly FilteredRow[] {
  return filters.map((filter, row) => ({ filter, bytes: randomBytes(width, seed * 100 + row) }));
}

interface Undone {
  readonly rows: readonly Uint8Array[];
  /** How many came at once, call by call. */
  readonly counts: readonly number[];
}

/**
 * Undoes all rows, `availableOf` of those that are left being there at a time. They lie at an odd address between
 * canaries; what comes out is looked at before the next call, and what went in must be as it was.
 */
function undo(
  unfiltering: Unfiltering,
  rows: readonly FilteredRow[],
  width: number,
  availableOf: (left: number) => number = (left) => left,
): Undone {
  const content = inflated(rows);
  const block = guarded(kernels, content.length, 3);
  block.bytes.set(content);
  unfiltering.begin(width);
  const out: Uint8Array[] = [];
  const counts: number[] = [];
  while (out.length < rows.length) {
    const available = availableOf(rows.length - out.length);
    const addresses = unfiltering.next(block.address + out.length * (width + 1), available);
    expect(addresses.length).toBeLessThanOrEqual(available);
    counts.push(addresses.length);
    out.push(...addresses.map((address) => kernels.bytesAt(address, width).slice()));
  }
  expect(block.trespasses()).toBe(0);
  expect(block.bytes, "the inflated bytes are what later ones may be copies of").toEqual(content);
  return { rows: out, counts };
}

function fresh(width: number, pixel: number): Unfiltering {
  kernels.clear();
  return new Unfiltering(kernels, width, pixel);
}

describe("rows of every filter", () => {
  test.each(PIXELS)("are the twin's, all 25 pairs of them, a pixel having %i bytes", (pixel) => {
    for (const columns of [1, 2, 3, 5, 16, 33]) {
      const width = columns * pixel;
      for (const [upper, lower] of EVERY_PAIR) {
        // In front of them, a row that is not zeros; behind them, one that shows whether the last row stayed.
        for (const filters of [
          [upper, lower],
          [1, upper, lower, 2],
          [upper, lower, upper, lower, 4],
        ]) {
          const rows = randomRows(filters, width, columns);
          for (const availableOf of [(left: number) => left, () => 1, (left: number) => Math.min(left, 2)]) {
            const got = undo(fresh(width, pixel), rows, width, availableOf).rows;
            expect(got, `${filters}, ${columns} columns`).toEqual(unfilteredRows(rows, width, pixel));
          }
        }
      }
    }
  });

  test.each(PIXELS)("are the twin's in any order, in many pictures one after the other, %i bytes a pixel", (pixel) => {
    const next = randomNumbers(pixel);
    const most = 60 * pixel;
    const unfiltering = fresh(most, pixel);
    for (let picture = 0; picture < 60; picture++) {
      // As the passes of an interlaced picture are: each of another width, and each beginning below zeros.
      const width = Math.ceil(next() * 60) * pixel;
      const rows = randomRows(
        Array.from({ length: Math.ceil(next() * 20) }, () => Math.floor(next() * 5)),
        width,
        picture,
      );
      const got = undo(unfiltering, rows, width, (left) => Math.ceil(next() * left)).rows;
      expect(got).toEqual(unfilteredRows(rows, width, pixel));
    }
  });

  test("take only the memory that was said, whatever is filtered", () => {
    for (const pixel of PIXELS) {
      for (const columns of [1, 2, 7, 100]) {
        const width = columns * pixel;
        kernels.clear();
        const before = kernels.reserve(0);
        const unfiltering = new Unfiltering(kernels, width, pixel);
        expect(Math.ceil((kernels.reserve(0) - before) / 16) * 16).toBe(unfilteringBytes(width));
        const behind = guarded(kernels, 0);
        for (const [upper, lower] of EVERY_PAIR) undo(unfiltering, randomRows([upper, lower], width, 1), width);
        expect(behind.trespasses()).toBe(0);
      }
    }
  });
});

describe("two rows are undone at once", () => {
  test.each(EVERY_PAIR)("where both are Average, or both Paeth: %i, %i", (upper, lower) => {
    const { counts } = undo(fresh(30, 3), randomRows([upper, lower], 30, 1), 30);
    expect(counts).toEqual(upper === lower && upper >= 3 ? [2] : [1, 1]);
  });

  test("but not where only one is there, or a row has only one pixel", () => {
    expect(undo(fresh(30, 3), randomRows([4, 4], 30, 1), 30, () => 1).counts).toEqual([1, 1]);
    expect(undo(fresh(3, 3), randomRows([4, 4], 3, 1), 3).counts).toEqual([1, 1]);
  });
});

describe("what is read", () => {
  test("ends as far behind the last row as is said: there the memory may end", () => {
    for (const pixel of PIXELS) {
      for (const filters of EVERY_PAIR) {
        const width = 5 * pixel;
        const unfiltering = fresh(width, pixel);
        unfiltering.begin(width);
        const rows = randomRows(filters, width, 2);
        const from = kernels.bytes - BEHIND_ROW - 2 * (width + 1);
        kernels.bytesAt(from, 2 * (width + 1)).set(inflated(rows));
        expect(() => {
          const { length } = unfiltering.next(from, 2);
          if (length === 1) unfiltering.next(from + width + 1, 1);
        }).not.toThrow();
      }
    }
  });
});

describe("a filter type that there is not", () => {
  test.each([5, 6, 127, 255])("is a broken source: %i", (filter) => {
    const rows = randomRows([1, filter], 9, 1);
    const wrong = () => undo(fresh(9, 3), rows, 9);
    expect(wrong).toThrow(
      expect.objectContaining({ code: "sourceBroken", detail: `the PNG has a row with filter ${filter}` }),
    );
  });
});
