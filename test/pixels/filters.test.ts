import { describe, expect, test } from "vitest";
import { FILTERS } from "../../src/pixels/filters.ts";
import { FILTER_NAMES, TEXTBOOK } from "../oracle/filters.ts";

describe.each(FILTER_NAMES)("the filter %s", (name) => {
  const { support, weight } = FILTERS[name];

  test("is its textbook formula, to float64's accuracy", () => {
    expect(support).toBe(TEXTBOOK[name].support);
    for (let x = 0; x <= 4; x += 1 / 64) expect(weight(x), `at ${x}`).toBeCloseTo(TEXTBOOK[name].weight(x), 12);
  });

  test("is 1 at its middle, and 0 at every other whole distance: a picture at its own size stays as it is", () => {
    expect(weight(0)).toBe(1);
    for (const x of [1, 2, 3, 4, 50]) expect(weight(x), `at ${x}`).toBeCloseTo(0, 15);
  });

  test("is 0 from its support on", () => {
    for (const x of [0, 1e-9, 0.4, 1, 7.3]) expect(weight(support + x), `at ${support + x}`).toBeCloseTo(0, 15);
  });
});

test("the filters have the weights half-way between pixels that the literature gives them", () => {
  const halves = FILTER_NAMES.map((name) => [0.5, 1.5, 2.5].map((x) => FILTERS[name].weight(x)));
  const [bilin, bicub, sharp2, bisharp] = halves;
  expect(bilin).toEqual([0.5, 0, 0]);
  expect(bicub).toEqual([9 / 16, -1 / 16, 0]);
  expect(bisharp).toEqual([19 / 32, -3 / 32, 0]);
  // 6/π², −4/(3π)·… in the sinc's own numbers: sinc(x)·sinc(x/3).
  expect(sharp2?.map((weight) => Number(weight.toFixed(4)))).toEqual([0.6079, -0.1351, 0.0243]);
});
