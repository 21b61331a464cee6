import { expect, test } from "vitest";
import { lumaOf } from "../../src/pixels/luma.ts";

test("the luma of a gray is that gray, whichever it is", () => {
  for (let gray = 0; gray < 256; gray++) expect(lumaOf(gray, gray, gray)).toBe(gray);
});

test("the luma is that of the formula, rounded, of every fifth level of all three components", () => {
  // Weights are off by at most a 131072nd each, which three levels of 255 make 0.006 of a level.
  const TOLERANCE = 0.5 + 0.006;
  let worst = 0;
  for (let red = 0; red < 256; red += 5) {
    for (let green = 0; green < 256; green += 5) {
      for (let blue = 0; blue < 256; blue += 5) {
        const off = lumaOf(red, green, blue) - (0.299 * red + 0.587 * green + 0.114 * blue);
        worst = Math.max(worst, Math.abs(off));
      }
    }
  }
  expect(worst).toBeLessThan(TOLERANCE);
});
