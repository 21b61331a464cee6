import { describe, expect, test } from "vitest";
import { lastWithin, placesWithin, ZIGZAG } from "../../../src/codec/jpeg/zigzag.ts";

/** Number of each coefficient in the file, where it lies in a block. Source: ITU-T T.81, figure A.6. */
// biome-ignore format: the figure
const FIGURE = [
   0,  1,  5,  6, 14, 15, 27, 28,
   2,  4,  7, 13, 16, 26, 29, 42,
   3,  8, 12, 17, 25, 30, 41, 43,
   9, 11, 18, 24, 31, 40, 44, 53,
  10, 19, 23, 32, 39, 45, 52, 54,
  20, 22, 33, 38, 46, 51, 55, 60,
  21, 34, 37, 47, 50, 56, 59, 61,
  35, 36, 48, 49, 57, 58, 62, 63,
];

const SIDES = [1, 2, 4, 8] as const;

test("coefficients lie where figure A.6 has them", () => {
  expect(ZIGZAG.length).toBe(64);
  for (const [place, k] of FIGURE.entries()) expect(ZIGZAG[k], `coefficient ${k}`).toBe(place);
});

/** Place of what is not wanted: behind the block. */
const NOWHERE = 64;

describe.each(SIDES)("of the %i × as many lowest frequencies", (side) => {
  const places = placesWithin(side);
  const isWanted = (place: number) => place % 8 < side && Math.floor(place / 8) < side;

  test("each has its place, and the others have none", () => {
    for (const [place, k] of FIGURE.entries()) {
      expect(places[k], `coefficient ${k}`).toBe(isWanted(place) ? place : NOWHERE);
    }
  });

  // libjpeg's jutils.c, jpeg_natural_order: "in case of corrupt data".
  test("one that a run leads to beyond the block counts as the last, and behind the end of the block there is none", () => {
    const last = isWanted(63) ? 63 : NOWHERE;
    expect([...places.subarray(64, 128)]).toEqual(new Array(64).fill(last));
    expect([...places.subarray(128)]).toEqual(new Array(64).fill(NOWHERE));
  });

  test("none comes behind the last one", () => {
    expect(lastWithin(side)).toBe(Math.max(...FIGURE.filter((_, place) => isWanted(place))));
  });
});
