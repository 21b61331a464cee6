import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INVERTED, joined, levelOn, movedBy, shifted, stretched } from "../../../src/pixels/steps/curve.ts";
import { recipeOf } from "../../../src/pixels/steps/tone-recipe.ts";
import type { Tone } from "../../../src/plan/tone.ts";
import { NEUTRAL } from "../../oracle/tone.ts";

describe("a curve for several", () => {
  const hundred = fc.integer({ min: -100, max: 100 });
  const curves = fc.oneof(
    hundred.map(shifted),
    // A threshold is not continuous: what lies on it may fall to either side.
    fc.integer({ min: -100, max: 99 }).map(stretched),
    fc.constant(INVERTED),
    fc.double({ min: -127, max: 127, noNaN: true }).map(movedBy),
  );

  test("is what they are one after the other, with all their clamping", () => {
    fc.assert(
      fc.property(fc.array(curves, { minLength: 1, maxLength: 6 }), (several) => {
        const [first = INVERTED, ...others] = several;
        const one = others.reduce(joined, first);
        for (let level = 0; level <= 255; level++) {
          const wanted = several.reduce((now, curve) => levelOn(curve, now), level);
          // Doubles, stretched by 100 up to six times over; what is steeper than 10^6 is a threshold in all but name.
          if (Math.abs(one.factor) < 1e6) expect(levelOn(one, level)).toBeCloseTo(wanted, 5);
        }
      }),
    );
  });

  test("has a threshold where the middle was before it was moved", () => {
    const raised = joined(shifted(20), stretched(100));
    expect([76, 77].map((level) => levelOn(raised, level))).toEqual([0, 255]);
    const negative = joined(raised, INVERTED);
    expect([76, 77].map((level) => levelOn(negative, level))).toEqual([255, 0]);
  });
});

describe("a recipe", () => {
  const stagesOf = (tone: Partial<Tone>) => recipeOf({ ...NEUTRAL, ...tone }).map(({ stage }) => stage);

  test("leaves out what changes nothing", () => {
    expect(stagesOf({})).toEqual([]);
    expect(stagesOf({ hue: 3 })).toEqual(["hue"]);
  });

  test("has one stage for all that looks at one component at a time", () => {
    expect(stagesOf({ brightness: 5, contrast: 5, balance: [1, 0, 0], invert: true })).toEqual(["levels"]);
    expect(stagesOf({ brightness: 5, contrast: 5, saturation: 9, invert: true })).toEqual([
      "levels",
      "saturate",
      "levels",
    ]);
  });

  test("keeps the protocol's order", () => {
    const colorize = { colour: [1, 2, 3], normalise: true, contrast: 4 } as const;
    const all = {
      brightness: 1,
      contrast: 1,
      colorize,
      balance: [1, 1, 1],
      hue: 1,
      saturation: 1,
      invert: true,
    } as const;
    expect(stagesOf(all)).toEqual(["levels", "ramp", "levels", "hue", "saturate", "levels"]);
  });
});
