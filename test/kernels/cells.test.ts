import { describe, expect, test } from "vitest";
import { boxed, cellIndex } from "../oracle/rows.ts";
import { floatsIn, guarded, guardedCopy, LENGTHS, roomyKernels, wordsIn } from "../support/guarded.ts";
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

function widen(cells: Int16Array, row: number): Uint32Array {
  kernels.clear();
  const bytes = new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength);
  const from = guardedCopy(kernels, bytes);
  const to = guarded(kernels, cells.length);
  kernels.run.widenCells(from.address + row * 16, to.address, cells.length / 32);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(from.bytes, "the cells are left alone").toEqual(bytes);
  return wordsIn(to);
}

/** The whole block of cells, of which one row was written: by `narrowSums`, or by `pairCells` where there is no scale. */
function fromRow(values: Uint32Array | Uint16Array, row: number, scale?: number): Int16Array {
  kernels.clear();
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const from = guardedCopy(kernels, bytes);
  const to = guarded(kernels, values.length * 8);
  const pairs = values.length / 8;
  if (scale === undefined) kernels.run.pairCells(from.address, to.address + row * 16, pairs);
  else kernels.run.narrowSums(from.address, to.address + row * 16, pairs, scale);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(from.bytes, "what it is made of is left alone").toEqual(bytes);
  return new Int16Array(to.bytes.slice().buffer);
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
      expect(widen(block(sums, row), row)).toEqual(Uint32Array.from(sums, (sum) => sum * 255));
    }
  });

  test("is exact up to the largest sum", () => {
    const sums = Uint32Array.from({ length: 32_768 }, (_, at) => at);
    expect(widen(block(sums, 3), 3)).toEqual(sums.map((sum) => sum * 255));
  });
});

describe("narrowSums", () => {
  test.each(LENGTHS)(
    "rounds %i pairs of scaled sums as `narrowCells` does floats of the same value, into any row",
    (pairs) => {
      for (const row of ROWS) {
        const floats = randomFloats(pairs * 8, 0, 2 ** 24, pairs).map(Math.floor);
        const scale = 64 / (255 * 257);
        expect(fromRow(Uint32Array.from(floats), row, scale)).toEqual(narrow(floats, row, scale));
      }
    },
  );

  test("takes the sums of 32,768 pixels, which are more than a float holds exactly", () => {
    const sums = Uint32Array.of(2_130_739_200, 2_130_739_199, 1_065_369_600, 0, 2_000_000_003, 1, 65_025, 16_777_217);
    const scale = 64 / (255 * 32_768);
    const wanted = [...sums].map((sum) => Math.round((sum * 64) / (255 * 32_768)));
    expect(fromRow(sums, 1, scale)).toEqual(block(wanted, 1));
  });

  test("divides every sum of opaque pixels by 255, as exactly as they were added up", () => {
    const sums = Uint32Array.from({ length: 32_768 }, (_, at) => at);
    const premultiplied = sums.map((sum) => sum * 255);
    expect(fromRow(premultiplied, 2, 1 / 255)).toEqual(block(sums, 2));
  });
});

describe("pairCells", () => {
  test.each(LENGTHS)("lays %i pairs as rows of cells lie, into any row", (pairs) => {
    const cells = new Uint16Array(randomBytes(pairs * 16, pairs + 1).buffer);
    const signed = new Int16Array(cells.buffer);
    for (const row of ROWS) expect(fromRow(cells, row)).toEqual(block(signed, row));
  });
});

describe("haveAlpha", () => {
  const have = (sums: Uint32Array, alpha: number) => {
    kernels.clear();
    const from = guardedCopy(kernels, new Uint8Array(sums.buffer));
    return kernels.run.haveAlpha(from.address, sums.length / 4, alpha) !== 0;
  };

  test.each(LENGTHS)("finds the one of %i cells that has another alpha, and none where there is none", (cells) => {
    for (const alpha of [65_025, 2_130_739_200]) {
      const sums = Uint32Array.from({ length: cells * 4 }, (_, at) => (at % 4 === 3 ? alpha : at * 1001));
      expect(have(sums, alpha)).toBe(true);
      for (let cell = 0; cell < cells; cell++) {
        const other = sums.slice();
        other[cell * 4 + 3] = alpha - 1;
        expect(have(other, alpha)).toBe(false);
      }
    }
  });
});
