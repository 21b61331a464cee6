import { describe, expect, test } from "vitest";
import { accumulated } from "../oracle/rows.ts";
import { floatsIn, guardedCopy, LENGTHS, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomFloats } from "../support/random.ts";

const kernels = roomyKernels();

/** Runs the kernel on copies; the sums that come out. */
function accumulate(sum: Float32Array, row: Float32Array, weight: number): Float32Array {
  kernels.clear();
  const sums = guardedCopy(kernels, sum);
  const added = guardedCopy(kernels, row);
  kernels.run.accumulateRow(sums.address, added.address, weight, sum.length / 4);
  expect([sums.trespasses(), added.trespasses()]).toEqual([0, 0]);
  expect(floatsIn(added), "the added row is left alone").toEqual(row);
  return floatsIn(sums);
}

describe("accumulateRow", () => {
  // Two roundings, of the product and of the sum, each of half a unit in the last place of at most 700: 2 · 2^-15.
  const TOLERANCE = 2 ** -14;

  test.each(LENGTHS)("adds a weighted row of %i pixels as the twin does", (count) => {
    const sum = randomFloats(count * 4, -100, 400, count + 1);
    const row = randomFloats(count * 4, -30, 290, count + 2);
    for (const weight of [1, 0.3, -0.0625, 1e-4]) {
      const exact = Math.fround(weight);
      expectNear(accumulate(sum, row, weight), accumulated(sum, row, exact), TOLERANCE);
    }
  });

  test("adds nothing with weight 0", () => {
    const sum = randomFloats(36, 0, 255, 5);
    expect(accumulate(sum, randomFloats(36, 0, 255, 6), 0)).toEqual(sum);
  });

  test("keeps a sum that is built up from 0 with weights of 1 exact", () => {
    let sum: Float32Array = new Float32Array(20);
    const row = Float32Array.from({ length: 20 }, (_, at) => at * 13);
    for (let times = 0; times < 10; times++) sum = accumulate(sum, row, 1);
    expect([...sum]).toEqual([...row].map((value) => value * 10));
  });
});
