import fc from "fast-check";
import { expect, test } from "vitest";
import { trimInto } from "../../../src/pixels/steps/trim.ts";
import type { Rect } from "../../../src/plan/size.ts";
import { coveredBy, fadedPicture } from "../../oracle/steps.ts";
import { pixelAt } from "../../support/charts.ts";
import { drive } from "../../support/driving.ts";
import { expectNearPicture } from "../../support/near.ts";
import { noise, picture } from "../../support/pictures.ts";

const size = { width: 23, height: 17 };
const source = noise(size, 8, false);

/** Whole numbers, halves and anything, from well before to well behind the raster. */
const aPlace = fc.oneof(
  fc.integer({ min: -5, max: 25 }),
  fc.integer({ min: -10, max: 50 }).map((half) => half / 2),
  fc.double({ min: -5, max: 25, noNaN: true }),
);
const aLength = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.double({ min: 0, max: 30, noNaN: true }));
const aRect = fc.record({ x: aPlace, y: aPlace, width: aLength, height: aLength });
const aPart = fc
  .tuple(fc.nat(22), fc.nat(16), fc.nat(22), fc.nat(16))
  .map(([x, y, width, height]) => ({ x, y, width: Math.min(width + 1, 23 - x), height: Math.min(height + 1, 17 - y) }));

test("a trim fades each pixel by the part of it that lies inside, and leaves all bytes that lie wholly inside", () => {
  fc.assert(
    fc.property(aPart, aRect, (within, to) => {
      const got = { size, data: source.data.slice() };
      drive(trimInto(got, { step: "trim", within, to }));
      const faded = fadedPicture(source, (x, y) => coveredBy(to, x, y));
      const wanted = picture(size, (x, y) => {
        const isTouched = coveredBy(within, x, y) === 1 && coveredBy(to, x, y) < 1;
        return pixelAt(isTouched ? faded : source, x, y);
      });
      expectNearPicture(got, wanted, 0);
    }),
    { seed: 4, numRuns: 500 },
  );
});

test("a trim to something thinner than a pixel leaves that much of it", () => {
  const raster = picture(size, () => [10, 20, 30, 200]);
  drive(
    trimInto(raster, { step: "trim", within: { x: 0, y: 0, ...size }, to: { x: 4.25, y: 0, width: 0.5, height: 17 } }),
  );
  expect(pixelAt(raster, 4, 8)).toEqual([10, 20, 30, 100]);
  expect(raster.data.filter((value) => value === 100).length).toBe(17);
  expect(raster.data.filter((value) => value !== 0).length).toBe(17 * 4);
});

test.each<Rect>([
  { x: 0, y: 0, width: 23, height: 17 },
  { x: -3.5, y: -0.1, width: 60, height: 60 },
])("a trim to all that there is changes no byte: $x, $y", (to) => {
  const got = { size, data: source.data.slice() };
  drive(trimInto(got, { step: "trim", within: { x: 0, y: 0, ...size }, to }));
  expectNearPicture(got, source, 0);
});
