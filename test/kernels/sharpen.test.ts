import { describe, expect, test } from "vitest";
import { type Sharpening, sharpenedRow } from "../oracle/sharpen-row.ts";
import { floatsIn, guardedCopy, MATRIX, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes, randomFloats } from "../support/random.ts";

const kernels = roomyKernels();
type Kernel = "sharpenRow" | "sharpenOpaqueRow";
const BOTH: readonly Kernel[] = ["sharpenRow", "sharpenOpaqueRow"];

function sharpen(kernel: Kernel, rgba: Uint8Array, blurred: Float32Array, how: Sharpening, alignment = 0): Uint8Array {
  kernels.clear();
  const row = guardedCopy(kernels, rgba, alignment);
  const blur = guardedCopy(kernels, blurred);
  kernels.run[kernel](row.address, blur.address, rgba.length / 4, how.amount, how.threshold, how.mono);
  expect([row.trespasses(), blur.trespasses()]).toEqual([0, 0]);
  expect(floatsIn(blur), "the blur is left alone").toEqual(blurred);
  return row.bytes.slice();
}

function opaque<Values extends Uint8Array | Float32Array>(values: Values): Values {
  for (let at = 3; at < values.length; at += 4) values[at] = 255;
  return values;
}

/** Premultiplied: no colour is above its alpha. */
function randomBlur(count: number, seed: number): Float32Array {
  const floats = randomFloats(count * 4, 0, 255, seed);
  return floats.map((value, at) => (at % 4 === 3 ? value : Math.min(value, floats[at | 3] ?? 0)));
}

const WAYS: readonly Sharpening[] = [
  { amount: 1.3, threshold: 0, mono: false },
  { amount: 5, threshold: 0, mono: true },
  { amount: 0.7, threshold: 11.37, mono: false },
  { amount: 2.2, threshold: 5.61, mono: true },
];

describe.each(BOTH)("%s", (kernel) => {
  // Halves may fall to either side: the twin rounds none of its sums to a float.
  test.each(MATRIX)(
    "agrees with the twin to a level: $count opaque pixels to byte alignment $alignment",
    ({ count, alignment }) => {
      for (const how of WAYS) {
        const row = opaque(randomBytes(count * 4, count));
        const blurred = opaque(randomBlur(count, count + 1));
        expectNear(sharpen(kernel, row, blurred, how, alignment), sharpenedRow(row, blurred, how), 1);
      }
    },
  );

  // All numbers of it are floats without rounding.
  test("is exact for every level beside every level of its blur", () => {
    const row = opaque(Uint8Array.from({ length: 65_536 * 4 }, (_, at) => (at >> 2) & 255));
    const blurred = opaque(Float32Array.from({ length: 65_536 * 4 }, (_, at) => at >> 10));
    for (const threshold of [0, 7, 255, 256]) {
      const how = { amount: 1.5, threshold, mono: false };
      expectNear(sharpen(kernel, row, blurred, how), sharpenedRow(row, blurred, how), 0);
    }
  });

  test("adds what reaches the threshold, and nothing that stays below it, each channel for itself", () => {
    const row = Uint8Array.of(100, 100, 100, 255);
    const blurred = Float32Array.of(90, 90.015625, 110, 255);
    const how = { amount: 1, threshold: 10, mono: false };
    expect([...sharpen(kernel, row, blurred, how)]).toEqual([110, 100, 90, 255]);
  });

  test("adds the difference of the luma to all colours with mono, where that reaches the threshold", () => {
    const row = Uint8Array.of(100, 100, 100, 255, 100, 100, 100, 255);
    // 0.587 · 20 is 11.74, and 0.299 · 20 is 5.98.
    const blurred = Float32Array.of(100, 80, 100, 255, 80, 100, 100, 255);
    const how = { amount: 1, threshold: 10, mono: true };
    expect([...sharpen(kernel, row, blurred, how)]).toEqual([112, 112, 112, 255, 100, 100, 100, 255]);
  });
});

describe("sharpenRow", () => {
  test.each(MATRIX)(
    "agrees with the twin to a level of what shows: $count pixels of any alpha to byte alignment $alignment",
    ({ count, alignment }) => {
      for (const how of WAYS) {
        const row = randomBytes(count * 4, count);
        const blurred = randomBlur(count, count + 2);
        const [got, wanted] = [sharpen("sharpenRow", row, blurred, how, alignment), sharpenedRow(row, blurred, how)];
        expectNear(got, wanted, 1);
      }
    },
  );

  test("leaves a pixel exactly as it is to which nothing is added, its hidden colour too", () => {
    const row = randomBytes(4096, 3);
    for (let at = 0; at < 1024; at += 4) row[at + 3] = 0;
    const blurred = Float32Array.from(row, (value, at) => (at % 4 === 3 ? value : (value * (row[at | 3] ?? 0)) / 255));
    expect(sharpen("sharpenRow", row, blurred, { amount: 5, threshold: 0.01, mono: false })).toEqual(row);
  });

  test("adds nothing where the blur is the pixel as it was rounded for it", () => {
    const row = randomBytes(4096, 4);
    for (let at = 0; at < row.length; at += 4) if (row[at + 3] === 0) row.fill(0, at, at + 4);
    const rounded = (value: number, at: number) =>
      Math.round((at % 4 === 3 ? value : (value * (row[at | 3] ?? 0)) / 255) * 64) / 64;
    const blurred = Float32Array.from(row, rounded);
    expect(sharpen("sharpenRow", row, blurred, { amount: 5, threshold: 0, mono: false })).toEqual(row);
  });

  test("divides by the alpha before it clamps, and leaves all zeros where alpha is rounded to 0", () => {
    // White of alpha 200 beside nothing: alpha 300 of which white is left.
    const white = Uint8Array.of(255, 255, 255, 200, 9, 9, 9, 20);
    const blurred = Float32Array.of(100, 100, 100, 100, 1, 1, 1, 60);
    const how = { amount: 1, threshold: 0, mono: false };
    expect([...sharpen("sharpenRow", white, blurred, how)]).toEqual([255, 255, 255, 255, 0, 0, 0, 0]);
  });
});
