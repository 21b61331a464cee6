import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  around,
  contains,
  intersection,
  isEmpty,
  looksWhole,
  mapped,
  outward,
  sharedEdges,
  whole,
} from "../../src/plan/rect.ts";
import type { Rect } from "../../src/plan/size.ts";

const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
const side = fc.integer({ min: 0, max: 9 });
const place = fc.integer({ min: -9, max: 9 });
const rects = fc.tuple(place, place, side, side).map((sides) => rect(...sides));

/** The whole pixels of a rectangle. */
function pixels({ x, y, width, height }: Rect): ReadonlySet<string> {
  const all = new Set<string>();
  for (let row = y; row < y + height; row++)
    for (let column = x; column < x + width; column++) all.add(`${column},${row}`);
  return all;
}

describe("of whole pixels", () => {
  test("an intersection has the pixels that both have", () => {
    fc.assert(
      fc.property(rects, rects, (one, other) => {
        const both = [...pixels(one)].filter((pixel) => pixels(other).has(pixel));
        expect([...pixels(intersection(one, other))].sort()).toEqual(both.sort());
      }),
    );
  });

  test("what is around two has all the pixels of both, and contains them", () => {
    fc.assert(
      fc.property(rects, rects, (one, other) => {
        const box = around(one, other);
        expect(contains(box, one) && contains(box, other)).toBe(true);
        for (const pixel of [...pixels(one), ...pixels(other)]) expect(pixels(box).has(pixel)).toBe(true);
        if (isEmpty(one)) expect(box).toEqual(other);
      }),
    );
  });

  test("one contains another that has no pixel besides", () => {
    fc.assert(
      fc.property(rects, rects, (one, other) => {
        expect(contains(one, other)).toBe([...pixels(other)].every((pixel) => pixels(one).has(pixel)));
      }),
    );
  });
});

describe("with fractions", () => {
  test("outward are the pixels that are touched; what rounding leaves does not touch", () => {
    expect(outward(rect(0.5, -0.5, 2, 1))).toEqual(rect(0, -1, 3, 2));
    expect(outward(rect(1 - 1e-9, 2 + 1e-9, 3, 4))).toEqual(rect(1, 2, 3, 4));
    expect(outward(rect(0.25, 0.25, 0.5, 0.5))).toEqual(rect(0, 0, 1, 1));
  });

  test("an edge is looked at only where it is seen", () => {
    const half = rect(0.5, 0, 10, 10);
    expect(looksWhole(half, rect(0, 0, 20, 20))).toBe(false);
    expect(looksWhole(half, rect(1, 0, 9, 20))).toBe(true);
    expect(looksWhole(half, rect(30, 0, 9, 20))).toBe(true);
  });

  test("edges shared with what is around are grown to whole pixels, and the others stay", () => {
    const outer = rect(0.25, 0.25, 9.5, 9.5);
    expect(sharedEdges(rect(0.25, 3.5, 9.5, 6.25), outer)).toEqual(rect(0, 3.5, 10, 6.5));
    expect(sharedEdges(outer, outer)).toEqual(rect(0, 0, 10, 10));
  });

  test("a part is mapped as the whole is", () => {
    expect(mapped(rect(2, 3, 4, 5), rect(0, 0, 10, 10), rect(100, 200, 20, 5))).toEqual(rect(104, 201.5, 8, 2.5));
    expect(mapped(whole({ width: 7, height: 3 }), rect(0, 0, 7, 3), rect(-1, 2, 0.5, 9))).toEqual(rect(-1, 2, 0.5, 9));
  });
});
