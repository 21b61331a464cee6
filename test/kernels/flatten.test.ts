import { describe, expect, test } from "vitest";
import { flattened } from "../oracle/rows.ts";
import { floatsIn, guardedCopy, LENGTHS, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomFloats } from "../support/random.ts";

const kernels = roomyKernels();

type Background = readonly [red: number, green: number, blue: number];
const BACKGROUNDS: readonly Background[] = [
  [255, 255, 255],
  [0, 0, 0],
  [128, 127, 1],
  [254, 3.25, 77],
];

function flatten(row: Float32Array, background: Background): Float32Array {
  kernels.clear();
  const block = guardedCopy(kernels, row);
  const colour = guardedCopy(kernels, Float32Array.of(...background, 255));
  kernels.run.flattenRow(block.address, row.length / 4, colour.address);
  expect([block.trespasses(), colour.trespasses()]).toEqual([0, 0]);
  return floatsIn(block);
}

describe("flattenRow", () => {
  // Four roundings to a float, of at most 600.
  const TOLERANCE = 4 * 2 ** -15;

  test.each(LENGTHS)("lays %i pixels over a colour as the twin does, wherever they overshot", (count) => {
    const row = randomFloats(count * 4, -20, 300, count + 17);
    for (const background of BACKGROUNDS) expectNear(flatten(row, background), flattened(row, background), TOLERANCE);
  });

  test("takes the whole of the background at alpha 0 and none of it at alpha 255", () => {
    const row = Float32Array.of(0, 0, 0, 0, 10, 20, 30, 255);
    expect([...flatten(row, [254, 3, 77])]).toEqual([254, 3, 77, 255, 10, 20, 30, 255]);
  });

  test("is opaque whatever alpha was, and clamps nothing", () => {
    const row = Float32Array.of(300, -20, 255.5, 255, 10, 10, 10, 300, 10, 10, 10, -20);
    expect([...flatten(row, [0, 0, 0])]).toEqual([300, -20, 255.5, 255, 10, 10, 10, 255, 10, 10, 10, 255]);
  });

  // Filters overshoot in colour and alpha alike. Both are needed for the sum to come out: c + b·(255 − a)/255 is linear.
  test("lays a colour over itself without a trace where a filter overshot, above 255 and below 0", () => {
    for (const colour of [255, 128, 40]) {
      for (const alpha of [-25, -10, 0, 128, 255, 265, 280]) {
        const part = (colour * alpha) / 255;
        const got = flatten(Float32Array.of(part, part, part, alpha), [colour, colour, colour]);
        expectNear(got, [colour, colour, colour, 255], TOLERANCE);
      }
    }
  });
});
