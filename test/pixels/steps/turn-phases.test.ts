import { describe, expect, test } from "vitest";
import { PHASES, phasesOf, TAPS } from "../../../src/pixels/steps/turn-phases.ts";
import { FILTER_NAMES, TEXTBOOK } from "../../oracle/filters.ts";
import { expectNear } from "../../support/near.ts";

describe.each(FILTER_NAMES)("the phases of %s", (filter) => {
  const phases = phasesOf(filter);
  const weightsOf = (phase: number) => phases.subarray(phase * TAPS, (phase + 1) * TAPS);

  test("add up to exactly 1, in floats, in any order", () => {
    for (let phase = 0; phase < PHASES; phase++) {
      const [a = 0, b = 0, c = 0, d = 0] = weightsOf(phase);
      const sum = (...values: readonly number[]) => values.reduce((so, value) => Math.fround(so + value), 0);
      expect([sum(a, b, c, d), sum(d, c, b, a), sum(b, d, a, c), sum(sum(a, b), sum(c, d))]).toEqual([1, 1, 1, 1]);
    }
  });

  // A sum is rounded to 2^-22, a weight is the difference of two.
  test("are the filter's weights at the four pixels around a place", () => {
    const { weight } = TEXTBOOK[filter === "sharp2" ? "bicub" : filter];
    for (let phase = 0; phase < PHASES; phase++) {
      const place = 1 + phase / PHASES;
      expectNear(
        weightsOf(phase),
        [0, 1, 2, 3].map((pixel) => weight(pixel - place)),
        2 ** -22,
      );
    }
  });

  test("take a pixel as it is where the place is its middle", () => {
    expect([...weightsOf(0)]).toEqual([0, 1, 0, 0]);
  });
});
