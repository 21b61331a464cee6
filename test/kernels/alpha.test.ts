import { describe, expect, test } from "vitest";
import { guarded, MATRIX, roomyKernels } from "../support/guarded.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();

/** What becomes of the alpha of a pixel, one pixel after the other. */
const TWINS = {
  makeOpaque: () => 255,
  invertAlpha: (alpha: number) => 255 - alpha,
};

describe.each(["makeOpaque", "invertAlpha"] as const)("%s", (name) => {
  test.each(MATRIX)("changes alpha alone: $count pixels at alignment $alignment", ({ count, alignment }) => {
    kernels.clear();
    const pixels = randomBytes(count * 4, count + 1);
    const block = guarded(kernels, pixels.length, alignment);
    block.bytes.set(pixels);
    kernels.run[name](block.address, count);
    const expected = pixels.map((value, at) => (at % 4 === 3 ? TWINS[name](value) : value));
    expect(block.bytes).toEqual(expected);
    expect(block.trespasses()).toBe(0);
  });
});
