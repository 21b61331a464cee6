import { describe, expect, test } from "vitest";
import { discAlpha } from "../../bench/disc.ts";
import { psnr, reference } from "../../bench/reference.ts";

describe("what renditions are held against", () => {
  test("one colour stays that colour at every size", () => {
    const rgb = Uint8Array.from({ length: 31 * 17 * 3 }, (_, at) => [200, 100, 50][at % 3] ?? 0);
    const picture = reference({ size: { width: 31, height: 17 }, rgb }, { width: 5, height: 40 });
    expect(picture.every((value, at) => Math.abs(value - ([200, 100, 50][at % 3] ?? 0)) < 1e-9)).toBe(true);
  });

  test("what is transparent is black, whatever colour lies there", () => {
    const wanted = Float64Array.of(0, 0, 0, 100, 50, 25);
    expect(psnr(Uint8Array.of(255, 255, 255, 0, 200, 100, 50, 128), 4, wanted)).toBeGreaterThan(45);
    expect(psnr(Uint8Array.of(255, 255, 255, 0, 100, 50, 25, 255), 4, wanted)).toBe(Number.POSITIVE_INFINITY);
    expect(psnr(Uint8Array.of(255, 255, 255, 9, 100, 50, 25, 255), 4, wanted)).toBeLessThan(40);
  });

  test("gray is as near as its one channel is to each of three", () => {
    expect(psnr(Uint8Array.of(10), 1, Float64Array.of(10, 10, 11))).toBeCloseTo(10 * Math.log10(255 ** 2 * 3));
  });
});

test("half of the pixels behind a disc is transparent, a tenth partly so, and the rest opaque", () => {
  const alpha = discAlpha({ width: 400, height: 300 });
  const share = (holds: (value: number) => boolean) => alpha.filter(holds).length / alpha.length;
  expect(share((value) => value === 0)).toBeCloseTo(0.52, 2);
  expect(share((value) => value > 0 && value < 255)).toBeCloseTo(0.1, 2);
});
