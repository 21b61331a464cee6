import { describe, expect, test } from "vitest";
import { boxed, cellIndex } from "../oracle/rows.ts";
import { floatsIn, guarded, guardedCopy, LENGTHS, roomyKernels } from "../support/guarded.ts";
import { randomBytes, randomFloats } from "../support/random.ts";

const kernels = roomyKernels();
const ROWS = [0, 1, 2, 3];

/** The whole block of cells, of which one row was written. */
function narrow(floats: Float32Array, row: number, scale: number): Int16Array {
  kernels.clear();
  const from = guardedCopy(kernels, floats);
  const to = guarded(kernels, floats.length * 8);
  kernels.run.narrowCells(from.address, to.address + row * 16, floats.length / 8, scale);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(floatsIn(from), "the floats are left alone").toEqual(floats);
  return new Int16Array(to.bytes.slice().buffer);
}

function widen(cells: Int16Array, row: number): Float32Array {
  kernels.clear();
  const bytes = new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength);
  const from = guardedCopy(kernels, bytes);
  const to = guarded(kernels, cells.length);
  kernels.run.widenCells(from.address + row * 16, to.address, cells.length / 32);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(from.bytes, "the cells are left alone").toEqual(bytes);
  return floatsIn(to);
}

/** A block of cells that holds these values in one row, and canaries in the others. */
function block(values: ArrayLike<number>, row: number): Int16Array {
  const cells = new Int16Array(new Uint8Array(values.length * 8).fill(0xa5).buffer);
  for (let at = 0; at < values.length; at++) cells[cellIndex(at >> 2, row, at % 4)] = values[at] ?? 0;
  return cells;
}

describe("narrowCells", () => {
  // The product is rounded to a float, which does not matter away from halves: fractions of .1 … .4 and .6 … .9.
  test.each(LENGTHS)("rounds %i pairs of scaled cells as the twin does, into any row", (pairs) => {
    for (const row of ROWS) {
      const whole = randomFloats(pairs * 8, 0, 16_320, pairs).map(Math.floor);
      const parts = randomFloats(pairs * 8, 0.1, 0.4, pairs + 1);
      const values = whole.map((value, at) => value + (at % 3 === 0 ? 0.5 : 0) + (parts[at] ?? 0));
      const scale = 64 / 255;
      const got = narrow(
        values.map((value) => value / scale),
        row,
        scale,
      );
      expect(got).toEqual(block(values.map(Math.round), row));
    }
  });

  test("gives every whole number from 0 to 32767 back", () => {
    const values = Float32Array.from({ length: 32_768 }, (_, at) => at);
    expect(narrow(values, 2, 1)).toEqual(block(values, 2));
  });

  test("rounds halves to even", () => {
    const got = narrow(Float32Array.of(0.5, 1.5, 2.5, 16_319.5, 0.49, 0.51, 3.5, 4.5), 0, 1);
    expect(got).toEqual(block([0, 2, 2, 16_320, 0, 1, 4, 4], 0));
  });
});

describe("widenCells", () => {
  test.each(LENGTHS)("gives 255 times the sums of %i pairs, exactly, of any row", (pairs) => {
    for (const row of ROWS) {
      const sums = boxed([randomBytes(pairs * 64 * 4, pairs)], 32, pairs * 2);
      expect(widen(block(sums, row), row)).toEqual(Float32Array.from(sums, (sum) => sum * 255));
    }
  });

  test("is exact up to the largest sum", () => {
    const sums = Float32Array.from({ length: 32_768 }, (_, at) => at);
    expect(widen(block(sums, 3), 3)).toEqual(sums.map((sum) => sum * 255));
  });
});
