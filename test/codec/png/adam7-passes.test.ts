import { describe, expect, test } from "vitest";
import { adam7Passes, columnsWithin } from "../../../src/codec/png/adam7-passes.ts";
import type { Size } from "../../../src/plan/size.ts";

/**
 * The pass of each pixel of an eight by eight block.
 * Source: PNG (Third Edition), 8.2: "Adam7".
 */
const PATTERN = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];

const passAt = (x: number, y: number) => Number(PATTERN[y % 8]?.[x % 8]);

/** Every size from 1 × 1 to 17 × 17: passes without columns, without rows, and with both. */
const SIZES: readonly Size[] = Array.from({ length: 17 * 17 }, (_, at) => ({
  width: 1 + (at % 17),
  height: 1 + Math.floor(at / 17),
}));

describe("the passes of a picture", () => {
  test("have every pixel once, each in the pass that the specification shows", () => {
    for (const size of SIZES) {
      const seen = new Map<string, number>();
      for (const { number, x, y, stepX, stepY, width, height } of adam7Passes(size)) {
        for (let row = 0; row < height; row++) {
          for (let column = 0; column < width; column++) {
            const at = `${x + column * stepX}, ${y + row * stepY}`;
            expect(seen.has(at), at).toBe(false);
            seen.set(at, number);
          }
        }
      }
      expect(seen.size).toBe(size.width * size.height);
      for (let y = 0; y < size.height; y++) {
        for (let x = 0; x < size.width; x++) expect(seen.get(`${x}, ${y}`)).toBe(passAt(x, y));
      }
    }
  });

  test("come in their order, and those without a pixel do not come at all", () => {
    const numbers = (width: number, height: number) => adam7Passes({ width, height }).map(({ number }) => number);
    expect(numbers(8, 8)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(numbers(1, 1)).toEqual([1]);
    expect(numbers(4, 1)).toEqual([1, 4, 6]);
    expect(numbers(1, 4)).toEqual([1, 5, 7]);
    expect(numbers(5, 1)).toEqual([1, 2, 4, 6]);
    expect(numbers(1, 5)).toEqual([1, 3, 5, 7]);
  });

  test("are, with those before, as far apart as they say: nothing is nearer to the corner of a block", () => {
    for (const { number, apart } of adam7Passes({ width: 16, height: 16 })) {
      for (let y = 0; y < 16; y++) {
        for (let x = 0; x < 16; x++) {
          const isCorner = x % apart.width === 0 && y % apart.height === 0;
          expect(passAt(x, y) <= number, `${x}, ${y} in pass ${number}`).toBe(isCorner);
        }
      }
    }
  });
});

test("the columns of a pass within a window are those that lie there", () => {
  for (const width of [1, 2, 5, 8, 13, 17]) {
    for (const pass of adam7Passes({ width, height: 8 })) {
      for (let from = 0; from < width; from++) {
        for (let end = from; end <= width; end++) {
          const { first, count } = columnsWithin(pass, from, end);
          const inside = Array.from({ length: pass.width }, (_, at) => at).filter((at) => {
            const x = pass.x + at * pass.stepX;
            return x >= from && x < end;
          });
          expect(Array.from({ length: count }, (_, at) => first + at)).toEqual(inside);
        }
      }
    }
  }
});
