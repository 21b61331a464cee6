import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  between,
  middleOf,
  moved,
  readRectangle,
  rectangleText,
  resized,
} from "../../../playground/stage/rectangle.ts";

const OF = { width: 400, height: 300 };
const number = fc.double({ min: -1000, max: 1000, noNaN: true });
const point = fc.record({ x: number, y: number });

test("Two corners make a rectangle, in whichever order they come.", () => {
  const wanted = { x: 10, y: 20, width: 90, height: 60 };
  expect(between({ x: 10, y: 20 }, { x: 100, y: 80 }, OF)).toEqual(wanted);
  expect(between({ x: 100, y: 20 }, { x: 10, y: 80 }, OF)).toEqual(wanted);
});

test("Whatever is done, a rectangle is whole pixels, has at least one, and lies inside of its picture.", () => {
  fc.assert(
    fc.property(point, point, point, (one, other, by) => {
      const drawn = between(one, other, OF);
      for (const { x, y, width, height } of [drawn, moved(drawn, by, OF), resized(drawn, by, OF)]) {
        expect([x, y, width, height].every(Number.isInteger)).toBe(true);
        expect(Math.min(x, y, width - 1, height - 1)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(OF.width);
        expect(y + height).toBeLessThanOrEqual(OF.height);
      }
    }),
  );
});

test("Moving keeps the size, sizing keeps the corner.", () => {
  const drawn = { x: 10, y: 20, width: 90, height: 60 };
  expect(moved(drawn, { x: 500, y: -5 }, OF)).toEqual({ x: 310, y: 15, width: 90, height: 60 });
  expect(resized(drawn, { x: 10, y: -100 }, OF)).toEqual({ x: 10, y: 20, width: 100, height: 1 });
});

describe("a rectangle as text", () => {
  test("is pixels, or shares of the picture", () => {
    const drawn = { x: 100, y: 30, width: 200, height: 150 };
    expect(rectangleText(drawn, OF, "pixels")).toBe("100,30,200,150");
    expect(rectangleText(drawn, OF, "share")).toBe("0.25,0.1,0.5,0.5");
  });

  test("is read again", () => {
    const drawn = middleOf(OF);
    expect(readRectangle(rectangleText(drawn, OF, "pixels"), OF, "pixels")).toEqual(drawn);
    expect(readRectangle(rectangleText(drawn, OF, "share"), OF, "share")).toEqual(drawn);
  });

  test.each(["", "1,2,3", "0,0,0,0", "a,b,c,d", "1,2,,4"])("%s is none", (text) => {
    expect(readRectangle(text, OF, "pixels")).toBeUndefined();
  });
});
