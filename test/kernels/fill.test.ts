import { describe, expect, test } from "vitest";
import type { Rgb } from "../../src/protocol/rgb.ts";
import { filledRow } from "../oracle/steps.ts";
import { guardedCopy, MATRIX, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();

function fill(row: Uint8Array, colour: Rgb, alpha: number, alignment = 0): Uint8Array {
  kernels.clear();
  const block = guardedCopy(kernels, row, alignment);
  const under = guardedCopy(kernels, Float32Array.of(...colour.map((level) => level * alpha), alpha));
  kernels.run.fillRow(block.address, row.length / 4, under.address);
  expect([block.trespasses(), under.trespasses()]).toEqual([0, 0]);
  return block.bytes.slice();
}

/** Every colour at every alpha. */
function everyPixel(): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(65_536 * 4);
  for (let pixel = 0; pixel < 65_536; pixel++) {
    const [colour, alpha] = [pixel & 255, pixel >> 8];
    row.set([colour, 255 - colour, (colour * 7) & 255, alpha], pixel * 4);
  }
  return row;
}

const COLOURS: readonly Rgb[] = [
  [0, 0, 0],
  [255, 255, 255],
  [200, 3, 77],
  [1, 128, 254],
];
/** Rounding, and some roundings to a float of at most 65025 that are divided by 255. */
const LEVELS = 0.5001;

describe("fillRow", () => {
  test.each(MATRIX)("lays a colour under $count pixels at alignment $alignment", ({ count, alignment }) => {
    const row = randomBytes(count * 4, count + alignment);
    for (const alpha of [0, 0.3, 0.5, 1]) {
      // A pixel whose alpha rounds to 0 or to 1 has a test of its own.
      const wanted = filledRow(row, [9, 100, 250], alpha);
      expectNear(fill(row, [9, 100, 250], alpha, alignment), wanted, LEVELS);
    }
  });

  test("is exact under an opaque colour, for every colour and alpha", () => {
    const row = everyPixel();
    for (const colour of COLOURS) {
      const wanted = row.map((level, at) => {
        if (at % 4 === 3) return 255;
        const alpha = row[at | 3] ?? 0;
        return Math.round((level * alpha + (colour[at % 4] ?? 0) * (255 - alpha)) / 255);
      });
      expectNear(fill(row, colour, 1), wanted, 0);
    }
  });

  test.each([0, 0.001, 0.01, 0.25, 1 / 3, 0.7, 0.999])("of alpha %f is within half a level of the twin", (alpha) => {
    const row = everyPixel();
    for (const colour of COLOURS) expectNear(fill(row, colour, alpha), filledRow(row, colour, alpha), LEVELS);
  });

  test("leaves opaque pixels as they are among others, whatever is laid under them", () => {
    const row = everyPixel().subarray(65_280 * 4 - 256);
    for (const alpha of [0.2, 0.77, 1]) expect(fill(row, [3, 200, 90], alpha).subarray(256)).toEqual(row.subarray(256));
  });

  test("makes pixels all zeros whose alpha rounds to 0, and keeps the ones that round to 1", () => {
    const clear = Uint8Array.of(9, 9, 9, 0);
    expect([...fill(clear, [200, 100, 50], 0.49 / 255)]).toEqual([0, 0, 0, 0]);
    expect([...fill(clear, [200, 100, 50], 0.51 / 255)]).toEqual([200, 100, 50, 1]);
    expect([...fill(clear, [200, 100, 50], 0)]).toEqual([0, 0, 0, 0]);
  });
});
