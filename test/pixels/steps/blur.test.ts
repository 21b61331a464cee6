import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { blurBytes, blurInto } from "../../../src/pixels/steps/blur.ts";
import type { Blur } from "../../../src/plan/steps.ts";
import { oracleBlur, premultiplied, shown } from "../../oracle/blur.ts";
import { describeCorpus } from "../../support/corpus.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { changed, discOn, fields, isOpaque, plainPictures, reservedBy, withPart } from "../../support/in-place.ts";
import { expectNear, expectNearPicture } from "../../support/near.ts";
import { noise, partOf, picture } from "../../support/pictures.ts";
import { pngPixels } from "../../support/pixels.ts";
import { wholeOf } from "../../support/resampling.ts";

const kernels = roomyKernels();

/**
 * Half a level is the rounding to a byte. The rest is for weights of 14 bits and rows that are held in 64ths of a level,
 * and for the part of a Gaussian beyond four standard deviations.
 */
const LEVELS = 0.6;
/** A level of alpha, and of a colour times its alpha: both are rounded before they can be compared. */
const BLENDED_LEVELS = 1;

const SIGMAS = [0.3, 0.5, 0.8, 1, 1.7, 2.4, 2.5, 3.3, 5, 9.1, 20, 33, 60];

function blurred(raster: Raster, across: number, down = across, within = wholeOf(raster)): Raster {
  const step: Blur = { step: "blur", within, sigma: { x: across, y: down } };
  return changed(kernels, raster, (copy) => blurInto(kernels, copy, step));
}

function expectLikeOracle(raster: Raster, across: number, down: number, levels: number): void {
  const got = premultiplied(blurred(raster, across, down), wholeOf(raster));
  expectNear(got, shown(oracleBlur(raster, { within: wholeOf(raster), sigma: { x: across, y: down } })), levels);
}

describe("a blur is the Gaussian of its definition", () => {
  const size = { width: 120, height: 90 };

  test.each(SIGMAS)("in opaque pictures, with a standard deviation of %f", (sigma) => {
    expectLikeOracle(noise(size, 1, true), sigma, sigma, LEVELS);
    expectLikeOracle(fields(size), sigma, sigma, LEVELS);
    const stripes = picture(size, (x, y) => [x % 2 ? 255 : 0, y % 3 ? 0 : 255, x < 60 ? 0 : 255, 255]);
    expectLikeOracle(stripes, sigma, sigma, LEVELS);
  });

  test.each(SIGMAS)("in pictures with alpha, with a standard deviation of %f", (sigma) => {
    expectLikeOracle(noise(size, 2, false), sigma, sigma, BLENDED_LEVELS);
    expectLikeOracle(discOn(90, [250, 130, 3, 255], [0, 0, 0, 0]), sigma, sigma, BLENDED_LEVELS);
  });

  test.each([
    [0, 0.7],
    [0.7, 0],
    [0, 14],
    [14, 0],
    [0.4, 25],
    [25, 2],
    [50, 3],
  ])("with standard deviations of %f across and %f down", (across, down) => {
    expectLikeOracle(noise(size, 3, true), across, down, LEVELS);
    expectLikeOracle(noise(size, 4, false), across, down, BLENDED_LEVELS);
  });

  test("in pictures of any size, those smaller than the blur among them", () => {
    const side = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 24 }));
    const sigma = fc.oneof(fc.constant(0), fc.double({ min: 0.15, max: 60, noNaN: true }));
    fc.assert(
      fc.property(side, side, sigma, sigma, fc.boolean(), (width, height, across, down, opaque) =>
        expectLikeOracle(noise({ width, height }, 5, opaque), across, down, opaque ? LEVELS : BLENDED_LEVELS),
      ),
      { seed: 41, numRuns: 200 },
    );
  });

  // Waves that the coarse grid of a wide blur shows worst: of one to three times the distance of its cells.
  test.each([2.5, 3.1, 4.7, 8.9])("in waves that could beat with its cells, with %f", (sigma) => {
    for (const length of [0.7, 1, 1.4, 2, 3]) {
      const wave = (at: number) => 127.5 + 127.5 * Math.cos((2 * Math.PI * at) / (sigma * length));
      expectLikeOracle(
        picture(size, (x, y) => [wave(x), wave(y), wave(x + y), 255]),
        sigma,
        sigma,
        LEVELS,
      );
    }
  });
});

describeCorpus("kodak", (files) => {
  test.each(files.slice(0, 4))("a part of $name is blurred as the definition says", (file) => {
    const { width, height, data } = pngPixels(file.read());
    const part = { x: 250, y: 150, width: 200, height: 160 };
    const photograph = partOf({ size: { width, height }, data: Uint8Array.from(data) }, part);
    for (const sigma of [0.3, 1.1, 2.5, 4, 12, 40, 60]) expectLikeOracle(photograph, sigma, sigma, LEVELS);
  });
});

describe("a blur", () => {
  test("leaves a picture of one colour as it is, exactly", () => {
    // Below an alpha of 4, a colour times alpha has fewer than 255 steps in the rows.
    const plains = plainPictures([
      [7, 128, 255, 255],
      [200, 100, 50, 8],
      [255, 255, 255, 1],
    ]);
    for (const plain of plains) for (const sigma of SIGMAS) expectNearPicture(blurred(plain, sigma), plain, 0);
  });

  test("leaves an opaque picture opaque, exactly", () => {
    for (const sigma of SIGMAS) {
      expect(isOpaque(blurred(noise({ width: 70, height: 50 }, 6, true), sigma))).toBe(true);
    }
  });

  test("changes nothing outside of its part, whose edge repeats: the part is blurred as if it were all", () => {
    const whole = noise({ width: 50, height: 40 }, 7, false);
    for (const within of [
      { x: 0, y: 0, width: 50, height: 40 },
      { x: 11, y: 7, width: 23, height: 18 },
      { x: 49, y: 0, width: 1, height: 40 },
      { x: 3, y: 39, width: 40, height: 1 },
      { x: 20, y: 20, width: 1, height: 1 },
    ]) {
      for (const sigma of [0.6, 2, 6, 30]) {
        const alone = blurred(partOf(whole, within), sigma);
        expectNearPicture(blurred(whole, sigma, sigma, within), withPart(whole, within, alone), 0);
      }
    }
  });

  test("changes nothing at all below 0.15 pixels, and in an empty part", () => {
    const raster = noise({ width: 9, height: 9 }, 8, false);
    expectNearPicture(blurred(raster, 0), raster, 0);
    expectNearPicture(blurred(raster, 0.14), raster, 0);
    expectNearPicture(blurred(raster, 5, 5, { x: 2, y: 2, width: 0, height: 3 }), raster, 0);
  });

  test("leaves a white shape white, whatever hides under what is transparent", () => {
    for (const sigma of SIGMAS) {
      const { data } = blurred(discOn(60, [255, 255, 255, 255], [200, 0, 90, 0]), sigma);
      for (let at = 0; at < data.length; at += 4) {
        const alpha = data[at + 3] ?? 0;
        expect([...data.subarray(at, at + 3)]).toEqual(alpha === 0 ? [0, 0, 0] : [255, 255, 255]);
      }
    }
  });

  test("is done in pieces of less than a million samples, of those that are read and those that are written", () => {
    const raster = noise({ width: 3000, height: 500 }, 10, true);
    const step: Blur = { step: "blur", within: wholeOf(raster), sigma: { x: 70, y: 70 } };
    kernels.clear();
    const pieces = [...blurInto(kernels, raster, step)];
    expect(Math.max(...pieces)).toBeLessThan(1_000_000);
    expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(2 * raster.data.length);
  });

  test("gives a picture turned over the blur turned over", () => {
    const raster = noise({ width: 83, height: 71 }, 9, true);
    const turned = ({ size, data }: Raster): Raster => {
      return { size, data: new Uint8Array(new Uint32Array(data.slice().buffer).reverse().buffer) };
    };
    for (const sigma of [0.9, 3, 17])
      expectNearPicture(blurred(turned(raster), sigma), turned(blurred(raster, sigma)), 1);
  });
});

describe("the memory of a blur", () => {
  const stepOf = (width: number, height: number, x: number, y = x): Blur => {
    return { step: "blur", within: { x: 0, y: 0, width, height }, sigma: { x, y } };
  };

  test("is what it reserves, all of it before the first row", () => {
    const side = fc.integer({ min: 1, max: 400 });
    const sigma = fc.constantFrom(0, 0.1, 0.5, 2, 2.6, 11, 125);
    fc.assert(
      fc.property(side, side, sigma, sigma, (width, height, x, y) => {
        const step = stepOf(width, height, x, y);
        const raster = { size: { width, height }, data: new Uint8Array(width * height * 4) };
        expect(reservedBy(kernels, blurInto(kernels, raster, step))).toBe(blurBytes(step));
      }),
      { seed: 42, numRuns: 60 },
    );
  });

  // An instance that has grown past 4 MiB is thrown away.
  test("stays below 3 MiB for a picture 8000 pixels wide, and below 1.5 for one of 4000, whatever the blur", () => {
    for (let sigma = 0.15; sigma <= 125; sigma *= 1.05) {
      expect(blurBytes(stepOf(8000, 3000, sigma))).toBeLessThan(3 * 1_048_576);
      expect(blurBytes(stepOf(4000, 3000, sigma))).toBeLessThan(1.5 * 1_048_576);
    }
  });
});
