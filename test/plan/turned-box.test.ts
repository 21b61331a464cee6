import { expect, test } from "vitest";
import { turnedBox } from "../../src/plan/turned-box.ts";

const SIZE = { width: 300, height: 200 };

test("without an angle the box is the rectangle, and points stay", () => {
  const { size, point } = turnedBox(SIZE, 0);
  expect(size).toEqual(SIZE);
  expect(point({ x: 12, y: 34 })).toEqual({ x: 12, y: 34 });
});

test("turns clockwise: by a right angle the left edge comes to lie on top", () => {
  const { size, point } = turnedBox(SIZE, 90);
  expect(size).toEqual({ width: 200, height: 300 });
  const topLeft = point({ x: 0, y: 0 });
  expect(topLeft.x).toBeCloseTo(200, 9);
  expect(topLeft.y).toBeCloseTo(0, 9);
});

test("the middle stays in the middle, but for what the box was rounded up by", () => {
  for (let angle = 1; angle < 360; angle++) {
    const { size, point } = turnedBox(SIZE, angle);
    const middle = point({ x: 150, y: 100 });
    for (const off of [size.width / 2 - middle.x, size.height / 2 - middle.y]) {
      expect(off).toBeGreaterThan(-1e-6);
      expect(off).toBeLessThan(0.5);
    }
  }
});

test("a box is not rounded up by what comes of rounding, and is never without a pixel", () => {
  // 3, 4 and 5: 4 · 0.8 + 3 · 0.6 is 5 but for the last digits.
  const { size } = turnedBox({ width: 4, height: 3 }, (Math.atan2(3, 4) * 180) / Math.PI);
  expect(size.width).toBe(5);
  expect(turnedBox({ width: 1, height: 1 }, 1e-7).size).toEqual({ width: 1, height: 1 });
});
