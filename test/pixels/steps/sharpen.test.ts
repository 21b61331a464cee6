import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { sharpenBytes, sharpenInto } from "../../../src/pixels/steps/sharpen.ts";
import type { Sharpen } from "../../../src/plan/steps.ts";
import { oracleSharpen, premultiplied, shown } from "../../oracle/blur.ts";
import { describeCorpus } from "../../support/corpus.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { changed, discOn, fields, isOpaque, plainPictures, reservedBy, withPart } from "../../support/in-place.ts";
import { expectNear, expectNearPicture } from "../../support/near.ts";
import { noise, partOf, picture } from "../../support/pictures.ts";
import { pngPixels } from "../../support/pixels.ts";
import { wholeOf } from "../../support/resampling.ts";

const kernels = roomyKernels();

/** Half a level is the rounding to a byte; the rest is five times what the blur may be wrong by. */
const LEVELS = 0.65;
/** A level of alpha, and of a colour times its alpha: both are rounded before they can be compared. */
const BLENDED_LEVELS = 1.1;
/** Nearer to the threshold than this, the blur's last bits decide. */
const UNDECIDED = 0.05;

type Way = Omit<Sharpen, "step" | "within">;
const usm = (sigma: number, amount: number, threshold = 0, mono = false): Way => {
  return { against: { sigma: { x: sigma, y: sigma } }, amount, threshold, mono };
};
/** `op_sharpen` */
const BASIC: Way = { against: "box3", amount: 9 / 8, threshold: 0, mono: false };

function sharpened(raster: Raster, way: Way, within = wholeOf(raster)): Raster {
  return changed(kernels, raster, (copy) => sharpenInto(kernels, copy, { step: "sharpen", within, ...way }));
}

function expectLikeOracle(raster: Raster, way: Way, levels: number): void {
  const got = premultiplied(sharpened(raster, way), wholeOf(raster));
  const oracle = oracleSharpen(raster, { step: "sharpen", within: wholeOf(raster), ...way });
  const wanted = shown(oracle.levels);
  const nearThreshold = oracle.differences.map((by) => (Math.abs(Math.abs(by) - way.threshold) < UNDECIDED ? 1 : 0));
  const isDecided = (at: number) => way.threshold === 0 || !nearThreshold.subarray(at & ~3, (at & ~3) + 4).includes(1);
  const decided = [...wanted.keys()].filter(isDecided);
  expect(decided.length, "most of the picture is compared").toBeGreaterThan(0.9 * wanted.length);
  const pick = (values: Float64Array) => Float64Array.from(decided, (at) => values[at] ?? Number.NaN);
  expectNear(pick(got), pick(wanted), levels);
}

describe("an unsharp mask is that of its definition", () => {
  const size = { width: 110, height: 80 };
  const WAYS: readonly Way[] = [0.3, 0.5, 1, 2.4, 2.5, 5, 17, 60].flatMap((sigma) => [
    usm(sigma, 5),
    usm(sigma, 1.3, 4),
    usm(sigma, 5, 12, true),
  ]);

  test.each([...WAYS, BASIC])("in opaque pictures, with %j", (way) => {
    expectLikeOracle(noise(size, 1, true), way, LEVELS);
    expectLikeOracle(fields(size), way, LEVELS);
  });

  test.each([...WAYS, BASIC])("in pictures with alpha, with %j", (way) => {
    expectLikeOracle(noise(size, 2, false), way, BLENDED_LEVELS);
    expectLikeOracle(discOn(80, [180, 130, 60, 200], [60, 40, 90, 60]), way, BLENDED_LEVELS);
  });

  test("in pictures of any size, those smaller than the blur among them", () => {
    const side = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 24 }));
    const sigma = fc.double({ min: 0.15, max: 60, noNaN: true });
    fc.assert(
      fc.property(side, side, sigma, fc.boolean(), fc.boolean(), (width, height, radius, opaque, mono) => {
        const levels = opaque ? LEVELS : BLENDED_LEVELS;
        expectLikeOracle(noise({ width, height }, 3, opaque), usm(radius, 5, 0, mono), levels);
      }),
      { seed: 43, numRuns: 200 },
    );
  });
});

describeCorpus("kodak", (files) => {
  test.each(files.slice(0, 4))("a part of $name is sharpened as the definition says", (file) => {
    const { width, height, data } = pngPixels(file.read());
    const part = { x: 250, y: 150, width: 160, height: 120 };
    const photograph = partOf({ size: { width, height }, data: Uint8Array.from(data) }, part);
    for (const way of [usm(0.5, 5), usm(2, 5), usm(10, 5), usm(1, 1.5, 5, true), BASIC]) {
      expectLikeOracle(photograph, way, LEVELS);
    }
  });
});

describe("basic sharpening", () => {
  // 2 in the middle, −1/8 around it: the SHARPEN of PIL, whose kernel is (−2 … 32 … −2) / 16.
  test("doubles a pixel and takes an eighth of each neighbour away", () => {
    const raster = noise({ width: 40, height: 30 }, 4, true);
    const got = sharpened(raster, BASIC);
    for (let y = 1; y < 29; y++) {
      for (let at = (y * 40 + 1) * 4; at < (y * 40 + 39) * 4; at++) {
        const around = [-164, -160, -156, -4, 4, 156, 160, 164].map((by) => raster.data[at + by] ?? 0);
        const wanted = 2 * (raster.data[at] ?? 0) - around.reduce((sum, value) => sum + value, 0) / 8;
        expect(Math.abs((got.data[at] ?? 0) - Math.min(255, Math.max(0, wanted)))).toBeLessThan(0.55);
      }
    }
  });
});

describe("sharpening", () => {
  test("leaves a picture of one colour as it is, exactly, however thin it is", () => {
    const plains = plainPictures([
      [7, 128, 255, 255],
      [200, 100, 50, 8],
      [91, 255, 3, 1],
    ]);
    for (const plain of plains) {
      for (const way of [BASIC, usm(0.5, 5), usm(4, 5), usm(60, 5, 0, true)]) {
        expectNearPicture(sharpened(plain, way), plain, 0);
      }
    }
  });

  test("leaves an opaque picture opaque, exactly", () => {
    for (const way of [BASIC, usm(0.5, 5), usm(4, 5), usm(60, 5, 0, true)]) {
      expect(isOpaque(sharpened(noise({ width: 70, height: 50 }, 5, true), way))).toBe(true);
    }
  });

  test("leaves what stays below the threshold exactly as it is, hidden colours too", () => {
    const gentle = picture({ width: 60, height: 50 }, (x, y) => [x * 3, y * 3, 90, x < 30 ? 255 : 200 + (x % 2)]);
    const hidden = picture({ width: 60, height: 50 }, (x, y) => [x * 4, y * 5, 90, 0]);
    for (const raster of [gentle, hidden]) {
      for (const way of [usm(0.7, 5, 130), usm(3, 5, 130), usm(20, 5, 130, true)]) {
        expectNearPicture(sharpened(raster, way), raster, 0);
      }
    }
  });

  test("changes nothing at all with an amount of 0, without a blur, and in an empty part", () => {
    const raster = noise({ width: 9, height: 9 }, 6, false);
    expectNearPicture(sharpened(raster, usm(5, 0)), raster, 0);
    expectNearPicture(sharpened(raster, usm(0, 5)), raster, 0);
    expectNearPicture(sharpened(raster, usm(5, 5), { x: 2, y: 2, width: 3, height: 0 }), raster, 0);
  });

  test("changes nothing outside of its part, whose edge repeats: the part is sharpened as if it were all", () => {
    const whole = noise({ width: 50, height: 40 }, 7, false);
    for (const within of [
      { x: 11, y: 7, width: 23, height: 18 },
      { x: 49, y: 0, width: 1, height: 40 },
      { x: 3, y: 39, width: 40, height: 1 },
    ]) {
      for (const way of [BASIC, usm(0.6, 2), usm(6, 2), usm(30, 2)]) {
        const alone = sharpened(partOf(whole, within), way);
        expectNearPicture(sharpened(whole, way, within), withPart(whole, within, alone), 0);
      }
    }
  });

  test("sharpens one axis alone where the other is not blurred", () => {
    const raster = picture({ width: 40, height: 40 }, (x) => [x < 20 ? 100 : 140, 90, 90, 255]);
    const down = { against: { sigma: { x: 0, y: 4 } }, amount: 3, threshold: 0, mono: false };
    expectNearPicture(sharpened(raster, down), raster, 0);
    expectLikeOracle(raster, { ...down, against: { sigma: { x: 4, y: 0 } } }, LEVELS);
  });

  test("leaves a white shape white, whatever hides under what is transparent", () => {
    for (const way of [BASIC, usm(0.5, 5), usm(4, 2), usm(30, 5, 3)]) {
      const { data } = sharpened(discOn(60, [255, 255, 255, 255], [200, 0, 90, 0]), way);
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] !== 0) expect([...data.subarray(at, at + 3)]).toEqual([255, 255, 255]);
      }
    }
  });

  test("with mono changes all colours of a pixel alike", () => {
    const raster = fields({ width: 40, height: 30 });
    const got = sharpened(raster, usm(2, 1, 0, true));
    for (let at = 0; at < got.data.length; at += 4) {
      const by = [0, 1, 2].map((channel) => (got.data[at + channel] ?? 0) - (raster.data[at + channel] ?? 0));
      expect(by).toEqual([by[0], by[0], by[0]]);
    }
    expect(got.data).not.toEqual(raster.data);
  });
});

describe("the memory of sharpening", () => {
  const stepOf = (width: number, height: number, sigma: number): Sharpen => {
    return { step: "sharpen", within: { x: 0, y: 0, width, height }, ...usm(sigma, 1) };
  };

  test("is what it reserves, all of it before the first row", () => {
    const side = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(0, 0.1, 0.5, 2, 2.6, 11, 125), (width, height, sigma) => {
        const raster = { size: { width, height }, data: new Uint8Array(width * height * 4) };
        for (const step of [stepOf(width, height, sigma), { ...stepOf(width, height, 1), ...BASIC }]) {
          expect(reservedBy(kernels, sharpenInto(kernels, raster, step))).toBe(sharpenBytes(step));
        }
      }),
      { seed: 44, numRuns: 40 },
    );
  });

  test("stays below 3 MiB for a picture 8000 pixels wide, and below 1.5 for one of 4000, whatever the blur", () => {
    for (let sigma = 0.15; sigma <= 125; sigma *= 1.05) {
      expect(sharpenBytes(stepOf(8000, 3000, sigma))).toBeLessThan(3 * 1_048_576);
      expect(sharpenBytes(stepOf(4000, 3000, sigma))).toBeLessThan(1.5 * 1_048_576);
    }
  });
});
