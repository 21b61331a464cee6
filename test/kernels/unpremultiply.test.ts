import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unpremultiplied } from "../oracle/rows.ts";
import { floatsIn, guarded, guardedCopy, MATRIX, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomFloats } from "../support/random.ts";

const kernels = roomyKernels();

function unpremultiply(row: Float32Array, alignment = 0): Uint8Array {
  kernels.clear();
  const from = guardedCopy(kernels, row);
  const to = guarded(kernels, row.length, alignment);
  kernels.run.unpremultiplyRow(from.address, to.address, row.length / 4);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(floatsIn(from), "the source row is left alone").toEqual(row);
  return to.bytes.slice();
}

describe("unpremultiplyRow", () => {
  // Halves may fall to either side: three roundings to a float against three to a double.
  test.each(MATRIX)(
    "agrees with the twin to a level: $count pixels to byte alignment $alignment",
    ({ count, alignment }) => {
      // Alphas well above ½, where a pixel is either there or not; that edge has a test of its own.
      const row = randomFloats(count * 4, -20, 300, count).map((value, at) =>
        at % 4 === 3 ? Math.abs(value) + 1 : value,
      );
      expectNear(unpremultiply(row, alignment), unpremultiplied(row), 1);
    },
  );

  // Exact for every alpha, not only 255: both roundings together are less than 2 · 2^-24 of the colour, which is 0.00003
  // levels, and colours are whole.
  test("gives back every colour at every alpha, and zeros at alpha 0", () => {
    const bytes = new Uint8Array(65_536 * 4);
    for (let pixel = 0; pixel < 65_536; pixel++) {
      const [colour, alpha] = [pixel & 255, pixel >> 8];
      bytes.set([colour, 255 - colour, (colour * 7) & 255, alpha], pixel * 4);
    }
    const row = Float32Array.from(bytes, (value, at) => (at % 4 === 3 ? value : (value * (bytes[at | 3] ?? 0)) / 255));
    expectNear(unpremultiply(row), bytes.fill(0, 0, 256 * 4), 0);
  });

  test("divides by the alpha before it clamps: what overshot in both comes out as it was", () => {
    // Colour 200 at alpha 260 and at alpha 300, and a colour that overshot further than its alpha.
    expect([...unpremultiply(Float32Array.of((200 * 260) / 255, 0, 260, 260))]).toEqual([200, 0, 255, 255]);
    expect([...unpremultiply(Float32Array.of((200 * 300) / 255, 0, 300, 300))]).toEqual([200, 0, 255, 255]);
    expect([...unpremultiply(Float32Array.of(280, -15, 255, 255))]).toEqual([255, 0, 255, 255]);
    expect([...unpremultiply(Float32Array.of(40, -3, 10, 20))]).toEqual([255, 0, 128, 20]);
  });

  test("makes a pixel all zeros where its alpha rounds to 0, is negative, or is not a number", () => {
    for (const alpha of [0, -0, 0.25, 0.49, -0.5, -1e-30, -40, Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect([...unpremultiply(Float32Array.of(3, 255, -7, alpha))], `alpha ${alpha}`).toEqual([0, 0, 0, 0]);
    }
  });

  test("keeps a pixel whose alpha rounds to 1", () => {
    expect([...unpremultiply(Float32Array.of(0.5, 0.25, 0, 0.5))]).toEqual([255, 128, 0, 1]);
  });

  test("makes a colour that is not a number 0 and leaves its neighbours alone", () => {
    expect([...unpremultiply(Float32Array.of(Number.NaN, 10, 20, 255, 1, 2, 3, 255))]).toEqual([
      0, 10, 20, 255, 1, 2, 3, 255,
    ]);
  });

  test("clamps whatever the floats are, however large: the twin's bytes to a level", () => {
    const value = fc.float({ noNaN: true, min: Math.fround(-1e30), max: Math.fround(1e30) });
    const pixels = fc.array(fc.tuple(value, value, value, fc.float({ min: 1, max: Math.fround(1e30), noNaN: true })));
    fc.assert(
      fc.property(pixels, (list) => {
        const row = Float32Array.from(list.flat());
        expectNear(unpremultiply(row), unpremultiplied(row), 1);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
