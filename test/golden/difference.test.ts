import { describe, expect, test } from "vitest";
import type { Raster } from "../../src/pixels/raster.ts";
import { picture, type Rgba } from "../support/pictures.ts";
import { complaintOf, differenceOf, differencePicture } from "./difference.ts";

const EXACT = { mean: 0, max: 0 };
const gray: Rgba = [100, 100, 100, 255];
const flat = (colour: Rgba = gray): Raster => picture({ width: 4, height: 3 }, () => colour);
/** Another colour at column 2 of row 1. */
const spotted = (colour: Rgba): Raster =>
  picture({ width: 4, height: 3 }, (x, y) => (x === 2 && y === 1 ? colour : gray));

describe("a difference", () => {
  test("is how far, how often and where", () => {
    const got = differenceOf(spotted([100, 90, 130, 255]), flat(), EXACT);
    expect(got).toEqual({ max: 30, count: 1, x: 2, y: 1, mean: 40 / (12 * 4) });
  });

  test("is that of what is seen: hidden colours are none, faint ones are faint", () => {
    expect(differenceOf(flat([255, 0, 255, 0]), flat([0, 0, 0, 0]), EXACT).max).toBe(0);
    expect(differenceOf(flat([255, 0, 0, 51]), flat([0, 0, 0, 51]), EXACT).max).toBe(51);
    expect(differenceOf(flat([0, 0, 0, 7]), flat([0, 0, 0, 0]), EXACT).max).toBe(7);
  });

  test("is a complaint where it is above either tolerance, and says where to look", () => {
    const got = spotted([100, 90, 130, 255]);
    expect(complaintOf(got, flat(), { max: 30, mean: 1 })).toBeUndefined();
    expect(complaintOf(got, flat(), { max: 29, mean: 1 })).toBe(
      "1 of 12 pixels differ by more than 29; most of all the one at 2, 1, by 30: " +
        "got (100, 90, 130, 255), wanted (100, 100, 100, 255); the mean is 0.833, and 1 at most is allowed",
    );
    expect(complaintOf(got, flat(), { max: 255, mean: 0.8 })).toContain("the mean is 0.833");
    expect(
      complaintOf(
        got,
        picture({ width: 3, height: 4 }, () => gray),
        EXACT,
      ),
    ).toBe("is 4 × 3, wanted 3 × 4");
  });

  test("is shown eight times as large, and magenta where there is only one picture", () => {
    const got = differencePicture(
      spotted([100, 90, 130, 255]),
      picture({ width: 5, height: 3 }, () => gray),
    );
    expect([...got.data.subarray((1 * 5 + 2) * 4).subarray(0, 4)]).toEqual([0, 80, 240, 255]);
    expect([...got.data.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
    expect([...got.data.subarray(4 * 4, 5 * 4)]).toEqual([255, 0, 255, 255]);
  });
});
