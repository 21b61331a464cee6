import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FILTERS } from "../../src/pixels/filters.ts";
import { type Axis, type Demands, type Reach, reachOf, type Taps, tapsOf, UNITY } from "../../src/pixels/taps.ts";
import type { Filter } from "../../src/plan/drawing.ts";
import { FILTER_NAMES, TEXTBOOK } from "../oracle/filters.ts";
import { expectNear } from "../support/near.ts";

/** Axes of every kind: enlarged and shrunk 0.05 to 20 times, windows with fractions, at and over the edges. */
const anAxis: fc.Arbitrary<Axis> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 300 }),
    cutOff: fc.constantFrom(0, 0.125, 0.5, 0.875),
    begins: fc.double({ min: 0, max: 0.99, noNaN: true }),
    part: fc.double({ min: 0.01, max: 1, noNaN: true }),
    factor: fc.double({ min: 0.05, max: 20, noNaN: true }),
  })
  .map(({ inputs: whole, cutOff, begins, part, factor }) => {
    const inputs = whole - cutOff;
    const from = begins * inputs;
    const covers = Math.max(0.01, part * (inputs - from));
    const outputs = Math.max(1, Math.round(covers / factor));
    let box = 1;
    while (covers / outputs / (2 * box) >= 2.5) box *= 2;
    return { inputs, from, covers, outputs, box };
  });

const aFilter = fc.constantFrom(...FILTER_NAMES);
const DEMANDS: readonly Demands[] = [
  { taps: 4, leading: 2 },
  { taps: 2, leading: 1 },
];

interface Built {
  readonly axis: Axis;
  readonly filter: Filter;
  readonly demands: Demands;
  readonly reach: Reach;
  readonly taps: Taps;
}

function built(axis: Axis, filter: Filter, demands: Demands): Built {
  const reach = reachOf(axis, FILTERS[filter], demands);
  return { axis, filter, demands, reach, taps: tapsOf(axis, FILTERS[filter], reach) };
}

/** Every axis with its box, and with none. */
function forEveryAxis(claim: (taps: Built) => void): void {
  fc.assert(
    fc.property(anAxis, aFilter, fc.constantFrom(...DEMANDS), fc.boolean(), (axis, filter, demands, boxed) =>
      claim(built({ ...axis, box: boxed ? axis.box : 1 }, filter, demands)),
    ),
    { seed: 7, numRuns: 500 },
  );
}

const weightsOf = ({ taps, reach }: Built, output: number) => [
  ...taps.weights.subarray(output * reach.taps, (output + 1) * reach.taps),
];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const eachOutput = ({ axis }: Built) => Array.from({ length: axis.outputs }, (_, output) => output);

describe("taps, whatever the axis, the filter and the box", () => {
  test("the weights of each output add up to exactly 1", () => {
    forEveryAxis((all) => {
      expect(eachOutput(all).every((output) => sum(weightsOf(all, output)) === UNITY)).toBe(true);
    });
  });

  test("starts are even; starts and lasts never fall, and lie among the cells", () => {
    forEveryAxis((all) => {
      const { starts, lasts } = all.taps;
      const wrong = eachOutput(all).filter((output) => {
        const [start = -1, last = -1] = [starts[output], lasts[output]];
        if (start % 2 !== 0 || last < start || last >= all.reach.cells) return true;
        return start < (starts[output - 1] ?? 0) || last < (lasts[output - 1] ?? 0);
      });
      expect(wrong).toEqual([]);
    });
  });

  test("no weight stands behind an output's last cell, which is one of its taps", () => {
    forEveryAxis((all) => {
      expect(all.reach.taps % all.demands.taps).toBe(0);
      for (const output of eachOutput(all)) {
        const used = (all.taps.lasts[output] ?? 0) - (all.taps.starts[output] ?? 0) + 1;
        expect(used).toBeLessThanOrEqual(all.reach.taps);
        expect(
          weightsOf(all, output)
            .slice(used)
            .every((weight) => weight === 0),
        ).toBe(true);
      }
    });
  });

  test("a window of weights ends at the last cell, rounded up to what the kernels take at once", () => {
    forEveryAxis(({ reach, taps }) => {
      const end = Math.max(...taps.starts) + reach.taps;
      expect(end).toBeLessThanOrEqual(Math.max(reach.cells + (reach.cells % 2), reach.taps));
    });
  });

  test("the cells take in every input that is needed, and only the last may be cut off, by the edge", () => {
    forEveryAxis(({ axis, reach }) => {
      const { first, end, cells, leading, trailing } = reach;
      const columns = Math.ceil(axis.inputs);
      expect([first >= 0, first < end, end <= columns]).toEqual([true, true, true]);
      const whole = cells - leading - trailing;
      expect(whole).toBe(Math.ceil((end - first) / axis.box));
      if (end < columns) expect(end - first).toBe(whole * axis.box);
      expect(leading > 0 && (first > 0 || axis.box === 1), "an edge that is repeated is the picture's").toBe(false);
      expect(trailing > 0 && (end < columns || axis.box === 1)).toBe(false);
    });
  });

  test("without boxes, sums of weights are those of the textbook to half a unit", () => {
    forEveryAxis((all) => {
      const { axis, filter, reach, taps } = all;
      if (axis.box !== 1) return;
      for (const output of eachOutput(all).slice(0, 20)) {
        const exact = textbook(axis, filter, output);
        const got = new Float64Array(exact.length);
        for (const [tap, weight] of weightsOf(all, output).entries()) {
          const input = reach.first + (taps.starts[output] ?? 0) + tap;
          if (input < got.length) got[input] = weight / UNITY;
        }
        expectNear(sumsOf(got), sumsOf(exact), 0.5 / UNITY + 1e-9);
      }
    });
  });
});

/** The weight of every input of an axis. */
function textbook({ inputs, from, covers, outputs }: Axis, filter: Filter, output: number): Float64Array {
  const weights = new Float64Array(Math.ceil(inputs));
  const stretch = Math.max(1, covers / outputs);
  const middle = from + ((output + 0.5) * covers) / outputs;
  const reach = TEXTBOOK[filter].support * stretch + 1;
  let total = 0;
  for (let input = Math.floor(middle - reach); input <= middle + reach; input++) {
    const weight = TEXTBOOK[filter].weight((input + 0.5 - middle) / stretch);
    const inside = Math.min(Math.max(input, 0), weights.length - 1);
    weights[inside] = (weights[inside] ?? 0) + weight;
    total += weight;
  }
  return weights.map((weight) => weight / total);
}

function sumsOf(values: Float64Array): Float64Array {
  let total = 0;
  return values.map((value) => {
    total += value;
    return total;
  });
}

describe("taps in numbers", () => {
  const axis = (inputs: number, from: number, covers: number, outputs: number, box = 1): Axis => {
    return { inputs, from, covers, outputs, box };
  };
  const pairwise: Demands = { taps: 2, leading: 1 };
  /** Weights of an output by the input that they are of, in parts of 1. */
  const parts = (all: Built, output: number) => {
    const start = all.reach.first + (all.taps.starts[output] ?? 0);
    return Object.fromEntries(
      weightsOf(all, output)
        .map((weight, tap) => [start + tap, weight / UNITY] as const)
        .filter(([, weight]) => weight !== 0),
    );
  };

  test.each(FILTER_NAMES)("at its own size, %s gives each output its own input alone", (filter) => {
    const all = built(axis(9, 0, 9, 9), filter, pairwise);
    expect(eachOutput(all).map((output) => parts(all, output))).toEqual(
      eachOutput(all).map((output) => ({ [output]: 1 })),
    );
  });

  test("a bilinear halving weighs four inputs 1 3 3 1", () => {
    const all = built(axis(8, 0, 8, 4), "bilin", pairwise);
    expect(parts(all, 1)).toEqual({ 1: 1 / 8, 2: 3 / 8, 3: 3 / 8, 4: 1 / 8 });
  });

  test("a bilinear doubling weighs two inputs 3 1 and 1 3 in turn", () => {
    const all = built(axis(4, 0, 4, 8), "bilin", pairwise);
    expect(parts(all, 3)).toEqual({ 1: 0.75, 2: 0.25 });
    expect(parts(all, 4)).toEqual({ 1: 0.25, 2: 0.75 });
  });

  test("the edge repeats beyond the picture: its weight is the sum of all that fell outside", () => {
    const all = built(axis(8, 0, 8, 4), "bilin", pairwise);
    expect(parts(all, 0)).toEqual({ 0: 4 / 8, 1: 3 / 8, 2: 1 / 8 });
    expect(parts(all, 3)).toEqual({ 5: 1 / 8, 6: 3 / 8, 7: 4 / 8 });
  });

  test("inputs beyond the window but inside the picture are used", () => {
    const all = built(axis(8, 2, 4, 2), "bilin", pairwise);
    expect(parts(all, 0)).toEqual({ 1: 1 / 8, 2: 3 / 8, 3: 3 / 8, 4: 1 / 8 });
    expect(parts(all, 1)).toEqual({ 3: 1 / 8, 4: 3 / 8, 5: 3 / 8, 6: 1 / 8 });
  });

  test("a window that begins between two inputs mixes them", () => {
    expect(parts(built(axis(8, 2.25, 1, 1), "bilin", pairwise), 0)).toEqual({ 2: 0.75, 3: 0.25 });
  });

  test("an axis that ends within an input has that input whole", () => {
    const all = built(axis(3.25, 2.25, 1, 1), "bilin", pairwise);
    expect(parts(all, 0)).toEqual({ 2: 0.75, 3: 0.25 });
    expect(all.reach.end).toBe(4);
  });

  test("a single input is all of every output", () => {
    for (const filter of FILTER_NAMES) {
      const all = built(axis(1, 0, 1, 20), filter, { taps: 4, leading: 2 });
      expect(all.reach).toMatchObject({ first: 0, end: 1, cells: 1, taps: 4 });
      for (const output of eachOutput(all)) expect(parts(all, output)).toEqual({ 0: 1 });
    }
  });

  test("cells of a repeated edge stand at both ends where the filter reaches beyond the picture", () => {
    const { reach, taps } = built(axis(50, 0, 50, 5, 4), "bilin", { taps: 4, leading: 2 });
    // 50 inputs are twelve cells and a half.
    expect(reach).toMatchObject({ first: 0, end: 50, cells: 2 + 13 + 1, leading: 2, trailing: 1 });
    // The first of the two is never weighed; starts are even all the same.
    expect([taps.starts[0], taps.lasts[4], taps.weights[0]]).toEqual([0, 15, 0]);
  });

  test("cells begin at the box in which the filter does, and none repeats an edge, inside the picture", () => {
    const { reach } = built(axis(1000, 403.5, 100, 10, 4), "bilin", pairwise);
    // The first middle is at 408.5; ten inputs of the filter and four of its sharpening before that: at 394.5.
    expect(reach).toMatchObject({ first: 392, leading: 0, trailing: 0 });
    expect(reach.end).toBeLessThanOrEqual(403.5 + 100 - 5 + 10 + 4 + 4);
  });

  test("thousands of tiny weights are right in sum wherever the sum ends", () => {
    const all = built(axis(12_000, 0, 12_000, 2), "sharp2", pairwise);
    const got = Float64Array.from(weightsOf(all, 0), (weight) => weight / UNITY).slice(0, 12_000);
    const exact = textbook(all.axis, "sharp2", 0).subarray(all.reach.first + (all.taps.starts[0] ?? 0));
    expectNear(sumsOf(got), sumsOf(exact).subarray(0, got.length), 0.5 / UNITY + 1e-9);
  });
});
