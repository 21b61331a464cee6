import { describe, expect, test } from "vitest";
import { bandOf, inBand } from "../../src/plan/streaming.ts";
import { facts, plan, ROWS_CRAFT } from "./planning.ts";

const streams = (modifiers: string, source = facts(1000, 500), mask = false) =>
  plan(modifiers, source, {}, ROWS_CRAFT, 100_000, mask ? facts(9, 9) : undefined).streams;

describe("a plan streams where every row can be made, and written, before the next one is there", () => {
  test.each([
    "wid=100",
    "fmt=png",
    "fmt=png-alpha&wid=2000&fit=fit,1",
    "fmt=pjpeg",
    "wid=300&hei=900&bgc=ff0000",
    "rect=-500,-500,2,2",
    "crop=-10.5,-3,400,300&color=00ff0080&opac=40",
    "op_invert=1&op_hue=20&op_contrast=10",
    "flip=lr&layer=0&op_brightness=20",
    "flip=ud&rotate=180",
  ])("%s", (modifiers) => {
    expect(streams(modifiers)).toBe(true);
  });

  test.each([
    "fmt=webp",
    "op_blur=3",
    "op_usm=1,2",
    "op_sharpen=1",
    "rotate=10",
    "rotate=90",
    "rotate=180",
    "flip=ud",
    "jpegSize=40",
    "op_colorize=ff8000",
  ])("not %s", (modifiers) => {
    expect(streams(modifiers)).toBe(false);
  });

  test("no more than it is drawn with a mask, and as the orientation says in which it is drawn", () => {
    expect(streams("mask=m", facts(1000, 500), true)).toBe(false);
    const drawn = ([1, 2, 3, 4, 5, 6, 7, 8] as const).map((orientation) => streams("", facts(1000, 500, orientation)));
    expect(drawn).toEqual([true, true, false, false, false, false, false, false]);
    expect(streams("flip=ud", facts(1000, 500, 4))).toBe(true);
  });
});

describe("a band", () => {
  test("has at most 64 rows and a megabyte, but one row in any case", () => {
    expect(bandOf({ width: 100, height: 20 })).toEqual({ width: 100, height: 20 });
    expect(bandOf({ width: 4096, height: 5000 })).toEqual({ width: 4096, height: 64 });
    expect(bandOf({ width: 65_500, height: 5000 })).toEqual({ width: 65_500, height: 4 });
    expect(bandOf({ width: 2 ** 20, height: 5000 })).toEqual({ width: 2 ** 20, height: 1 });
  });

  test("has its part of a step, with what is trimmed to left where it is", () => {
    const trim = {
      step: "trim",
      within: { x: 3, y: 10, width: 5, height: 20 },
      to: { x: 3.5, y: 10.1, width: 4, height: 19 },
    } as const;
    const band = { width: 50, height: 8 };
    expect(inBand(trim, 0, band)).toBeUndefined();
    expect(inBand(trim, 8, band)).toEqual({ ...trim, within: { x: 3, y: 2, width: 5, height: 6 } });
    expect(inBand(trim, 16, band)).toEqual({ ...trim, within: { x: 3, y: 0, width: 5, height: 8 } });
    expect(inBand(trim, 30, band)).toBeUndefined();
  });
});
