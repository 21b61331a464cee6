import { describe, expect, test } from "vitest";
import { lumaOf } from "../../src/pixels/luma.ts";
import { ALIGNMENTS, guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();
const { run } = kernels;

/** Every remainder of a step, several times over, and a row of many steps. */
const COUNTS = [0, ...Array.from({ length: 34 }, (_, index) => index + 1), 257];

const luma = ([red = 0, green = 0, blue = 0]: readonly number[]) => lumaOf(red, green, blue);

const KINDS = [
  { name: "packRgb", samples: 3, behind: 13, of: (rgba: readonly number[]) => rgba.slice(0, 3) },
  { name: "packGray", samples: 1, behind: 3, of: (rgba: readonly number[]) => [luma(rgba)] },
  { name: "packGrayAlpha", samples: 2, behind: 6, of: (rgba: readonly number[]) => [luma(rgba), rgba[3] ?? 0] },
] as const;

describe.each(KINDS)("$name", ({ name, samples, behind, of }) => {
  test("gives exactly the plain samples of a row, for every length and alignment", () => {
    for (const count of COUNTS) {
      for (const alignment of ALIGNMENTS) {
        kernels.clear();
        const pixels = randomBytes(count * 4, count + alignment);
        const from = guardedCopy(kernels, pixels, alignment);
        const to = guarded(kernels, count * samples + behind, 4 - alignment);
        run[name](from.address, to.address, count);
        const wanted = Array.from({ length: count }, (_, at) => of([...pixels.subarray(at * 4, at * 4 + 4)])).flat();
        expectNear(to.bytes.subarray(0, count * samples), wanted, 0);
        expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
        expect(from.bytes, "what is read is left alone").toEqual(pixels);
      }
    }
  });

  test("reads no farther than 12 bytes behind the pixels", () => {
    kernels.clear();
    const to = kernels.reserve(5 * samples + behind);
    expect(() => run[name](kernels.bytes - 5 * 4 - 12, to, 5)).not.toThrow();
  });
});

test("gray is rounded as src/pixels/luma.ts rounds it, for all 16,777,216 colours", () => {
  kernels.clear();
  const count = 65_536;
  const from = kernels.reserve(count * 4);
  const to = kernels.reserve(count + 3);
  const words = new Uint32Array(kernels.run.memory.buffer, from, count);
  const got = kernels.bytesAt(to, count);
  let wrong = 0;
  for (let blue = 0; blue < 256; blue++) {
    for (let at = 0; at < count; at++) words[at] = at | (blue << 16);
    run.packGray(from, to, count);
    for (let at = 0; at < count; at++) if (got[at] !== lumaOf(at & 255, at >> 8, blue)) wrong++;
  }
  expect(wrong).toBe(0);
});
