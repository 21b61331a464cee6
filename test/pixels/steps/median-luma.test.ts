import fc from "fast-check";
import { expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { medianLuma } from "../../../src/pixels/steps/median-luma.ts";
import type { Tone } from "../../../src/plan/tone.ts";
import { lumaOf, NEUTRAL, toned } from "../../oracle/tone.ts";
import { noise, partOf, picture, type Rgba } from "../../support/pictures.ts";
import { wholeOf } from "../../support/resampling.ts";
import { tones } from "../../support/tones.ts";

const row = (...pixels: readonly Rgba[]): Raster =>
  picture({ width: pixels.length, height: 1 }, (x) => pixels[x] ?? [0, 0, 0, 0]);
const medianOf = (raster: Raster, tone: Partial<Tone> = {}) =>
  medianLuma(raster, wholeOf(raster), { ...NEUTRAL, ...tone });

/** Every pixel as often as its alpha says, sorted: the one in the middle, or the mean of the two. */
function twin({ data }: Raster, { brightness, contrast }: Tone): number {
  const lumas: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
    const luma = lumaOf(toned([red, green, blue], { ...NEUTRAL, brightness, contrast }));
    lumas.push(...new Array<number>(alpha).fill(luma));
  }
  lumas.sort((one, other) => one - other);
  const last = lumas.length - 1;
  return lumas.length === 0 ? 127.5 : ((lumas[Math.floor(last / 2)] ?? 0) + (lumas[Math.ceil(last / 2)] ?? 0)) / 2;
}

// Rounded to sixteenths of a level.
test("is the median of what is visible, each pixel as often as its alpha says, behind brightness and contrast", () => {
  fc.assert(
    fc.property(tones(99), fc.nat(1000), fc.integer({ min: 1, max: 30 }), (tone, seed, width) => {
      const raster = noise({ width, height: 3 }, seed, false);
      expect(Math.abs(medianOf(raster, tone) - twin(raster, tone))).toBeLessThanOrEqual(1 / 32 + 1e-9);
    }),
  );
});

test("is the level of a picture of one gray, exactly", () => {
  for (let level = 0; level <= 255; level++) expect(medianOf(row([level, level, level, 200]))).toBe(level);
});

test("passes over what is transparent, and is in the middle where all is", () => {
  expect(medianOf(row([255, 255, 255, 0], [255, 0, 255, 0], [10, 10, 10, 1]))).toBe(10);
  expect(medianOf(row([255, 255, 255, 0]))).toBe(127.5);
  expect(medianLuma(row([9, 9, 9, 255]), { x: 0, y: 0, width: 0, height: 0 }, NEUTRAL)).toBe(127.5);
});

test("lies between two halves that are alike in weight, and in the heavier one where they are not", () => {
  expect(medianOf(row([0, 0, 0, 255], [255, 255, 255, 255]))).toBe(127.5);
  expect(medianOf(row([0, 0, 0, 255], [255, 255, 255, 254]))).toBe(0);
});

test("looks at nothing outside of its part", () => {
  const raster = noise({ width: 9, height: 8 }, 3, false);
  const within = { x: 2, y: 1, width: 4, height: 5 };
  const part = partOf(raster, within);
  expect(medianLuma(raster, within, NEUTRAL)).toBe(medianOf(part));
});
