import { describe, expect, test } from "vitest";
import { convolved } from "../oracle/rows.ts";
import { floatsIn, guarded, guardedCopy, LENGTHS, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomFloats, randomNumbers } from "../support/random.ts";

const kernels = roomyKernels();

interface Convolution {
  readonly row: Float32Array;
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly weights: Float32Array<ArrayBuffer>;
  readonly taps: number;
}

function convolve({ row, starts, weights, taps }: Convolution): Float32Array {
  kernels.clear();
  const from = guardedCopy(kernels, row);
  const to = guarded(kernels, starts.length * 16);
  const [startsAt, weightsAt] = [kernels.place(starts), kernels.place(weights)];
  kernels.run.convolveRow(from.address, to.address, startsAt, weightsAt, taps, starts.length);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(floatsIn(from), "the source row is left alone").toEqual(row);
  return floatsIn(to);
}

/** Outputs that begin anywhere in a row of 40 pixels, which ends in as many of padding as there are taps. */
function randomConvolution(count: number, taps: number): Convolution {
  const next = randomNumbers(count * 100 + taps);
  return {
    row: randomFloats((40 + taps) * 4, -20, 275, count),
    starts: Uint32Array.from({ length: count }, () => next() * 41),
    weights: randomFloats(count * taps, -0.2, 1, taps),
    taps,
  };
}

describe("convolveRow", () => {
  test.each(LENGTHS)("sums up %i output pixels as the twin does, with 4, 8 and 120 taps", (count) => {
    for (const taps of [4, 8, 120]) {
      const convolution = randomConvolution(count, taps);
      // A rounding a tap, each of a partial sum of at most 275 a tap: never more than taps² · 275 · 2^-24, and that only
      // if all of them fell to the same side.
      const tolerance = taps ** 2 * 275 * 2 ** -24;
      const { row, starts, weights } = convolution;
      expectNear(convolve(convolution), convolved(row, starts, weights, taps), tolerance);
    }
  });

  test("picks a pixel out unchanged where one weight is 1 and the others 0, at each of the four lanes' places", () => {
    const row = randomFloats(20 * 4, 0, 255, 9);
    for (let tap = 0; tap < 8; tap++) {
      const weights = new Float32Array(8);
      weights[tap] = 1;
      const got = convolve({ row, starts: Uint32Array.of(3), weights, taps: 8 });
      expect(got).toEqual(row.slice((3 + tap) * 4, (4 + tap) * 4));
    }
  });

  test("reads the first input pixel of each output from its own start, in any order", () => {
    const row = Float32Array.from({ length: 12 * 4 }, (_, at) => Math.floor(at / 4));
    const starts = Uint32Array.of(8, 0, 5, 5, 1);
    const weights = Float32Array.from({ length: starts.length * 4 }, (_, at) => (at % 4 === 0 ? 1 : 0));
    const got = convolve({ row, starts, weights, taps: 4 });
    expect(got.filter((_, at) => at % 4 === 0)).toEqual(Float32Array.from(starts));
  });

  test("gives zeros with no taps at all", () => {
    const starts = Uint32Array.of(0, 2);
    const got = convolve({ row: randomFloats(16, 0, 255, 1), starts, weights: new Float32Array(0), taps: 0 });
    expect([...got]).toEqual(new Array(8).fill(0));
  });
});
