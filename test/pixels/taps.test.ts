import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FILTERS } from "../../src/pixels/filters.ts";
import { type Axis, type Taps, tapsOf } from "../../src/pixels/taps.ts";
import { FILTER_NAMES } from "../oracle/filters.ts";
import { expectNear } from "../support/near.ts";

/** Axes of every kind: enlarged and shrunk 0.05 to 20 times, windows with fractions, at and over the edges. */
const anAxis: fc.Arbitrary<Axis> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 300 }),
    begins: fc.double({ min: 0, max: 0.99, noNaN: true }),
    part: fc.double({ min: 0.01, max: 1, noNaN: true }),
    factor: fc.double({ min: 0.05, max: 20, noNaN: true }),
  })
  .map(({ inputs, begins, part, factor }) => {
    const from = begins * inputs;
    const covers = Math.max(0.01, part * (inputs - from));
    return { inputs, from, covers, outputs: Math.max(1, Math.round(covers / factor)) };
  });

const aFilter = fc.constantFrom(...FILTER_NAMES);
const aMultiple = fc.constantFrom(1, 4);

const weightsOf = ({ count, weights }: Taps, output: number) => [
  ...weights.subarray(output * count, (output + 1) * count),
];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function forEveryAxis(claim: (taps: Taps, axis: Axis) => void): void {
  fc.assert(
    fc.property(anAxis, aFilter, aMultiple, (axis, filter, multiple) =>
      claim(tapsOf(axis, FILTERS[filter], multiple), axis),
    ),
    { seed: 7, numRuns: 400 },
  );
}

describe("taps, whatever the axis and the filter", () => {
  // Each of at most 121 weights is rounded to a float once, by less than 2^-25 of at most 1.
  test("the weights of each output add up to 1 within float error", () => {
    forEveryAxis((taps, { outputs }) => {
      const sums = Array.from({ length: outputs }, (_, output) => sum(weightsOf(taps, output)));
      expectNear(sums, new Array(outputs).fill(1), 121 * 2 ** -25);
    });
  });

  test("starts and lasts never fall, and lie inside the picture", () => {
    forEveryAxis(({ starts, lasts }, { inputs, outputs }) => {
      expect([starts.length, lasts.length]).toEqual([outputs, outputs]);
      const never = (wrong: (start: number, last: number, output: number) => boolean) =>
        [...starts].findIndex((start, output) => wrong(start, lasts[output] ?? -1, output));
      expect(
        never((start, _, output) => start < (starts[output - 1] ?? 0)),
        "a start that falls",
      ).toBe(-1);
      expect(
        never((_, last, output) => last < (lasts[output - 1] ?? 0)),
        "a last that falls",
      ).toBe(-1);
      expect(
        never((start, last) => last < start || last >= inputs),
        "a last outside",
      ).toBe(-1);
    });
  });

  test("no weight stands behind an output's last input, and the count is the smallest that holds them all", () => {
    fc.assert(
      fc.property(anAxis, aFilter, aMultiple, (axis, filter, multiple) => {
        const taps = tapsOf(axis, FILTERS[filter], multiple);
        const widths = [...taps.starts].map((start, output) => (taps.lasts[output] ?? 0) - start + 1);
        expect(taps.count).toBe(Math.ceil(Math.max(...widths) / multiple) * multiple);
        for (const [output, width] of widths.entries()) {
          expect(
            weightsOf(taps, output)
              .slice(width)
              .every((weight) => weight === 0),
          ).toBe(true);
        }
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  test("a constant row stays constant", () => {
    forEveryAxis((taps, { outputs }) => {
      const constant = (output: number) => sum(weightsOf(taps, output).map((weight) => weight * 200));
      expectNear(
        Array.from({ length: outputs }, (_, output) => constant(output)),
        new Array(outputs).fill(200),
        0.001,
      );
    });
  });

  test("the inputs that an output is made of lie around its own place in the window", () => {
    forEveryAxis(({ starts, lasts }, { inputs, from, covers, outputs }) => {
      for (let output = 0; output < outputs; output++) {
        const middle = Math.min(Math.max(from + ((output + 0.5) * covers) / outputs - 0.5, 0), inputs - 1);
        const [start = inputs, last = -1] = [starts[output], lasts[output]];
        expect(start <= Math.ceil(middle) && last >= Math.floor(middle), `${start}…${last}, ${middle}`).toBe(true);
      }
    });
  });
});

describe("taps in numbers", () => {
  const axis = (inputs: number, from: number, covers: number, outputs: number): Axis => ({
    inputs,
    from,
    covers,
    outputs,
  });

  test.each(FILTER_NAMES)("at its own size, %s gives each output its own input alone", (filter) => {
    const taps = tapsOf(axis(9, 0, 9, 9), FILTERS[filter], 1);
    for (let output = 0; output < 9; output++) {
      const row = new Array<number>(9).fill(0);
      for (const [tap, weight] of weightsOf(taps, output).entries()) {
        const input = (taps.starts[output] ?? 0) + tap;
        if (input < 9) row[input] = weight;
      }
      for (let input = 0; input < 9; input++) expect(row[input]).toBeCloseTo(input === output ? 1 : 0, 12);
    }
  });

  test("a bilinear halving weighs four inputs 1 3 3 1", () => {
    const taps = tapsOf(axis(8, 0, 8, 4), FILTERS.bilin, 1);
    expect(taps.starts[1]).toBe(1);
    expect(weightsOf(taps, 1).filter((weight) => weight !== 0)).toEqual([1 / 8, 3 / 8, 3 / 8, 1 / 8]);
  });

  test("a bilinear doubling weighs two inputs 3 1 and 1 3 in turn", () => {
    const taps = tapsOf(axis(4, 0, 4, 8), FILTERS.bilin, 1);
    expect(taps.starts.subarray(2, 5)).toEqual(Uint32Array.of(0, 1, 1));
    expect(weightsOf(taps, 3)).toEqual([0.75, 0.25]);
    expect(weightsOf(taps, 4)).toEqual([0.25, 0.75]);
  });

  test("the edge repeats beyond the picture: its weight is the sum of all that fell outside", () => {
    const taps = tapsOf(axis(8, 0, 8, 4), FILTERS.bilin, 1);
    // 1 3 | 3 1 with the first outside: 4/8 on input 0 … and the same mirrored at the end.
    expect(weightsOf(taps, 0).slice(0, 3)).toEqual([4 / 8, 3 / 8, 1 / 8]);
    expect([taps.starts[3], taps.lasts[3]]).toEqual([5, 7]);
    expect(weightsOf(taps, 3).slice(0, 3)).toEqual([1 / 8, 3 / 8, 4 / 8]);
  });

  test("inputs beyond the window but inside the picture are used", () => {
    const taps = tapsOf(axis(8, 2, 4, 2), FILTERS.bilin, 1);
    expect([taps.starts[0], taps.lasts[1]]).toEqual([1, 6]);
    expect(weightsOf(taps, 0)).toEqual([1 / 8, 3 / 8, 3 / 8, 1 / 8]);
  });

  test("a window that begins between two inputs mixes them", () => {
    const taps = tapsOf(axis(8, 2.25, 1, 1), FILTERS.bilin, 1);
    expect(taps.starts[0]).toBe(2);
    expect(weightsOf(taps, 0)).toEqual([0.75, 0.25]);
  });

  test("a single input is all of every output", () => {
    for (const filter of FILTER_NAMES) {
      const taps = tapsOf(axis(1, 0, 1, 20), FILTERS[filter], 4);
      expect(taps.count).toBe(4);
      for (let output = 0; output < 20; output++) expect(weightsOf(taps, output)).toEqual([1, 0, 0, 0]);
    }
  });
});
