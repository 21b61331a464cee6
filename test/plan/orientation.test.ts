import { describe, expect, test } from "vitest";
import {
  courseOf,
  followedBy,
  inFile,
  inverse,
  type Orientation,
  quarterTurns,
  turned,
  upright as uprightPart,
} from "../../src/plan/orientation.ts";
import type { Rect, Size } from "../../src/plan/size.ts";
import { SPECIFIED, seenAt } from "../support/pictures.ts";

const SIZES: readonly Size[] = [
  { width: 3, height: 2 },
  { width: 1, height: 1 },
  { width: 1, height: 5 },
  { width: 4, height: 3 },
];

const upright = (file: Size, orientation: Orientation): Size => {
  const { width, height } = seenAt({ x: 0, y: 0 }, 1, file, orientation);
  return { width, height };
};

test("orientations 5 to 8 change width and height, and no others do", () => {
  const size = { width: 3, height: 2 };
  const changed = SPECIFIED.filter(([orientation]) => turned(size, orientation).width === 2);
  expect(changed.map(([orientation]) => orientation)).toEqual([5, 6, 7, 8]);
});

describe.each(SPECIFIED)("orientation %i, the first row at the %s and the first column at the %s", (orientation) => {
  test("turns the size of the file into that of the picture, and back", () => {
    for (const file of SIZES) {
      expect(turned(file, orientation)).toEqual(upright(file, orientation));
      expect(turned(turned(file, orientation), orientation)).toEqual(file);
    }
  });

  test("lays each pixel of each row where it is seen", () => {
    for (const file of SIZES) {
      for (let y = 0; y < file.height; y++) {
        const { start, step } = courseOf(y, file, orientation);
        for (let x = 0; x < file.width; x++) {
          const seen = seenAt({ x, y }, 1, file, orientation);
          expect({ x: start.x + x * step.x, y: start.y + x * step.y }).toEqual({ x: seen.x, y: seen.y });
        }
      }
    }
  });

  test("finds every part of the picture where its pixels lie in the file", () => {
    for (const file of SIZES) {
      for (const part of partsOf(upright(file, orientation))) {
        const found = inFile(part, upright(file, orientation), orientation);
        for (let y = 0; y < file.height; y++) {
          for (let x = 0; x < file.width; x++) {
            expect(isIn(found, x, y)).toBe(isIn(part, ...placeOf(x, y, file)));
          }
        }
      }
    }
  });

  function placeOf(x: number, y: number, file: Size): readonly [number, number] {
    const seen = seenAt({ x, y }, 1, file, orientation);
    return [seen.x, seen.y];
  }

  // Eighths are exact in every sum.
  test("finds parts with fractions, whose corners are those in the file", () => {
    const file = { width: 9, height: 5 };
    for (const part of [
      { x: 0.125, y: 1.5, width: 2.25, height: 3 },
      { x: 0, y: 0.375, width: 0.5, height: 0.125 },
      { x: 3.875, y: 0, width: 1.125, height: 4.625 },
    ]) {
      const { x, y, width, height } = inFile(part, upright(file, orientation), orientation);
      const corners = [
        seenAt({ x, y }, 0, file, orientation),
        seenAt({ x: x + width, y: y + height }, 0, file, orientation),
      ];
      const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
      expect([Math.min(...xs), Math.max(...xs)]).toEqual([part.x, part.x + part.width]);
      expect([Math.min(...ys), Math.max(...ys)]).toEqual([part.y, part.y + part.height]);
    }
  });
});

describe("turns one after the other", () => {
  const ALL = SPECIFIED.map(([orientation]) => orientation);
  const FILE: Size = { width: 5, height: 3 };
  /** A pixel that no turn of the file has in the same place. */
  const PIXEL: Rect = { x: 1, y: 0, width: 1, height: 1 };

  test("are one: that of a part turned twice", () => {
    for (const first of ALL) {
      for (const second of ALL) {
        const once = uprightPart(PIXEL, FILE, first);
        const twice = uprightPart(once, turned(FILE, first), second);
        expect(uprightPart(PIXEL, FILE, followedBy(first, second)), `${first}, then ${second}`).toEqual(twice);
      }
    }
  });

  test("are undone by the inverse, before or behind", () => {
    for (const orientation of ALL) {
      expect(followedBy(orientation, inverse(orientation))).toBe(1);
      expect(followedBy(inverse(orientation), orientation)).toBe(1);
      expect(inFile(uprightPart(PIXEL, FILE, orientation), turned(FILE, orientation), orientation)).toEqual(PIXEL);
    }
  });

  test("by quarters go clockwise: what was at the left comes to the top", () => {
    expect([-1, 0, 1, 2, 3, 4, 5].map(quarterTurns)).toEqual([8, 1, 6, 3, 8, 1, 6]);
    expect(uprightPart({ x: 0, y: 0, width: 1, height: 3 }, FILE, quarterTurns(1))).toEqual({
      x: 0,
      y: 0,
      width: 3,
      height: 1,
    });
    expect(followedBy(quarterTurns(1), quarterTurns(2))).toBe(quarterTurns(3));
  });
});

/** Every rectangle of whole pixels, however small. */
function partsOf({ width, height }: Size): readonly Rect[] {
  const spans = (length: number) =>
    Array.from({ length }, (_, at) => Array.from({ length: length - at }, (_, more) => [at, more + 1] as const)).flat();
  return spans(width).flatMap(([x, wide]) => spans(height).map(([y, high]) => ({ x, y, width: wide, height: high })));
}

function isIn({ x, y, width, height }: Rect, column: number, row: number): boolean {
  return column >= x && column < x + width && row >= y && row < y + height;
}
