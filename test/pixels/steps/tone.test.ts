import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { toneBytes, toneInto } from "../../../src/pixels/steps/tone.ts";
import type { Rect, Size } from "../../../src/plan/size.ts";
import type { Tone } from "../../../src/plan/tone.ts";
import { NEUTRAL, tonedRow } from "../../oracle/tone.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { expectNearPicture } from "../../support/near.ts";
import { noise, partOf, picture, type Rgba } from "../../support/pictures.ts";
import { wholeOf } from "../../support/resampling.ts";
import { tones } from "../../support/tones.ts";

const kernels = roomyKernels();

/** The raster with its part changed, and the samples of each yield. */
function toned(raster: Raster, tone: Tone, median?: number, within = wholeOf(raster)): Raster & { yields: number[] } {
  kernels.clear();
  const copy = { size: raster.size, data: raster.data.slice() };
  const yields = [...toneInto(kernels, copy, { step: "tone", within, tone }, median)];
  return { ...copy, yields };
}

function twin({ size, data }: Raster, tone: Tone, median?: number): Raster {
  return { size, data: tonedRow(data, tone, median) };
}

/** Every level of every component beside others, and any alpha. */
const PICTURE = noise({ width: 64, height: 48 }, 1, false);

const SINGLE: readonly (readonly [name: string, tones: readonly Partial<Tone>[]])[] = [
  ["brightness", [-100, -33, -1, 1, 50, 100].map((brightness) => ({ brightness }))],
  ["contrast", [-100, -50, -1, 1, 50, 99, 100].map((contrast) => ({ contrast }))],
  ["colour balance", [{ balance: [100, -100, 7] }, { balance: [0, 0, -1] }]],
  ["hue", [-180, -90, -1, 1, 120, 180].map((hue) => ({ hue }))],
  ["saturation", [-100, -50, 1, 100].map((saturation) => ({ saturation }))],
  ["invert", [{ invert: true }]],
  [
    "colorize",
    [0, 30, 99].flatMap((contrast) =>
      [true, false].map((normalise) => ({ colorize: { colour: [180, 20, 60], normalise, contrast } }) as const),
    ),
  ],
];

describe("a tone", () => {
  // Floats against doubles, rounded once: halves may fall to either side.
  test.each(SINGLE)("of %s alone is what its formula says", (_, each) => {
    for (const one of each) {
      const tone = { ...NEUTRAL, ...one };
      for (const median of [undefined, 90.25]) {
        expectNearPicture(toned(PICTURE, tone, median), twin(PICTURE, tone, median), 1);
      }
    }
  });

  // What a float errs by, 2^-24 of 256 a few times over, grows by a slope of 10 in each contrast, of 2 in the ramp, of 3 in
  // a hue and of 2 in a saturation: by 1200 at the most, to some hundredths of a level. That moves halves, and no more.
  test("of any operations is what their formulas say one after the other, unfolded, to a level", () => {
    fc.assert(
      fc.property(tones(90), fc.double({ min: 0, max: 255, noNaN: true }), (tone, median) => {
        expectNearPicture(toned(PICTURE, tone, median), twin(PICTURE, tone, median), 1);
      }),
      { numRuns: 300 },
    );
  });

  // Both contrasts at 99 are slopes of 100, and the same error is one of a level and a half.
  test("of any operations, both contrasts as steep as they can be short of a threshold, is so to two levels", () => {
    fc.assert(
      fc.property(tones(99), fc.double({ min: 0, max: 255, noNaN: true }), (tone, median) => {
        expectNearPicture(toned(PICTURE, tone, median), twin(PICTURE, tone, median), 2);
      }),
      { numRuns: 300 },
    );
  });

  test("never touches alpha, nor anything outside of its part", () => {
    const size = { width: 23, height: 17 };
    const around = noise(size, 5, false);
    const parts = fc
      .tuple(fc.nat(22), fc.nat(16))
      .chain(([x, y]) =>
        fc.record({ x: fc.constant(x), y: fc.constant(y), width: fc.nat(23 - x), height: fc.nat(17 - y) }),
      );
    fc.assert(
      fc.property(parts, tones(90), (within, tone) => {
        const got = toned(around, tone, 100, within);
        const wanted = pasted(around, twin(partOf(around, within), tone, 100), within);
        expectNearPicture(got, wanted, 1);
        const isTouched = (at: number) => {
          const [x, y] = [(at >> 2) % size.width, Math.floor((at >> 2) / size.width)];
          const inside = x >= within.x && x < within.x + within.width && y >= within.y && y < within.y + within.height;
          return inside && at % 4 !== 3;
        };
        expect(got.data.filter((_, at) => !isTouched(at))).toEqual(around.data.filter((_, at) => !isTouched(at)));
      }),
    );
  });

  test.each([
    { width: 5000, height: 3 },
    { width: 1, height: 5000 },
    { width: 2047, height: 2 },
    { width: 700, height: 11 },
  ])("takes pictures of any shape, whole and in part: $width × $height", (size) => {
    const raster = noise(size, 7, false);
    const tone = { ...NEUTRAL, hue: 77, balance: [10, 0, -30] } as const;
    expectNearPicture(toned(raster, tone), twin(raster, tone), 1);
    const within = { x: size.width > 1 ? 1 : 0, y: 1, width: Math.max(1, size.width - 3), height: size.height - 1 };
    const wanted = pasted(raster, twin(partOf(raster, within), tone), within);
    expectNearPicture(toned(raster, tone, undefined, within), wanted, 1);
  });

  test("that changes nothing leaves every byte, and one of no pixels has nothing to do", () => {
    const neutral = { ...NEUTRAL, colorize: undefined };
    expect(toned(PICTURE, neutral).data).toEqual(PICTURE.data);
    const nothing = { x: 3, y: 3, width: 0, height: 9 };
    expect(toned(PICTURE, { ...NEUTRAL, invert: true }, undefined, nothing).yields).toEqual([]);
  });
});

describe("what is known of a tone beforehand", () => {
  const flat = (colour: Rgba): Raster => picture({ width: 3, height: 2 }, () => colour);
  const colourOf = (tone: Partial<Tone>, colour: Rgba, median?: number) => [
    ...toned(flat(colour), { ...NEUTRAL, ...tone }, median).data.subarray(0, 4),
  ];

  test("a contrast of 100 is a threshold in the middle, behind a brightness as well", () => {
    expect(colourOf({ contrast: 100 }, [127, 128, 0, 9])).toEqual([0, 255, 0, 9]);
    // Black is raised to 127.5 exactly, and the middle is white.
    expect(colourOf({ contrast: 100, brightness: 50 }, [0, 1, 255, 9])).toEqual([255, 255, 255, 9]);
    expect(colourOf({ contrast: 100, brightness: 49 }, [0, 2, 3, 9])).toEqual([0, 0, 255, 9]);
  });

  test("a contrast of −100 is gray throughout, whatever is inverted behind it", () => {
    for (const invert of [false, true])
      expect(colourOf({ contrast: -100, invert }, [0, 77, 255, 9])).toEqual([128, 128, 128, 9]);
  });

  test("a picture inverted twice is the same one, and turned by 180 degrees twice too, but for rounding", () => {
    const inverted = { ...NEUTRAL, invert: true };
    expect(toned(toned(PICTURE, inverted), inverted).data).toEqual(PICTURE.data);
    for (const hue of [180, -180, 60, 17]) {
      const there = toned(PICTURE, { ...NEUTRAL, hue });
      // Half a level of rounding on the way becomes three halves, for a hue stretches by 3 at the most.
      expectNearPicture(toned(there, { ...NEUTRAL, hue: -hue }), PICTURE, 2);
    }
  });

  test("a hue of 180 and one of −180 are the same", () => {
    expectNearPicture(toned(PICTURE, { ...NEUTRAL, hue: 180 }), toned(PICTURE, { ...NEUTRAL, hue: -180 }), 1);
  });

  test("a luma at the median becomes the colour itself, and one far from it black or white", () => {
    const colorize = { colour: [180, 20, 60], normalise: true, contrast: 0 } as const;
    expect(colourOf({ colorize }, [90, 90, 90, 255], 90)).toEqual([180, 20, 60, 255]);
    expect(colourOf({ colorize }, [0, 0, 0, 255], 127.5)).toEqual([0, 0, 0, 255]);
    expect(colourOf({ colorize }, [255, 255, 255, 255], 127.5)).toEqual([255, 255, 255, 255]);
    expect(colourOf({ colorize: { ...colorize, contrast: 100 } }, [91, 91, 91, 7], 90)).toEqual([255, 255, 255, 7]);
    expect(colourOf({ colorize: { ...colorize, contrast: 100 } }, [89, 89, 89, 7], 90)).toEqual([0, 0, 0, 7]);
    // At the median it is white, on every machine: the threshold lies a hair below.
    expect(colourOf({ colorize: { ...colorize, contrast: 100 } }, [90, 90, 90, 7], 90)).toEqual([255, 255, 255, 7]);
  });

  test("what is not normalised keeps its luma, whatever the median is", () => {
    const colorize = { colour: [128, 128, 128], normalise: false, contrast: 0 } as const;
    for (const median of [undefined, 3, 200]) {
      const [red = 0] = colourOf({ colorize }, [77, 77, 77, 255], median);
      expect(Math.abs(red - 77)).toBeLessThanOrEqual(1);
    }
  });

  test("a saturation of −100 makes grays of one luma", () => {
    expect(colourOf({ saturation: -100 }, [255, 0, 0, 255])).toEqual([76, 76, 76, 255]);
    expect(colourOf({ saturation: -100 }, [0, 255, 0, 255])).toEqual([150, 150, 150, 255]);
    expect(colourOf({ saturation: -100 }, [0, 0, 255, 255])).toEqual([29, 29, 29, 255]);
  });
});

describe("the work of a tone", () => {
  test("is yielded in pieces of less than a million samples, which are all of them", () => {
    const size: Size = { width: 900, height: 700 };
    const within: Rect = { x: 10, y: 20, width: 801, height: 603 };
    for (const part of [wholeOf({ size }), within]) {
      const { yields } = toned(noise(size, 3, true), { ...NEUTRAL, invert: true }, undefined, part);
      expect(yields.reduce((sum, each) => sum + each, 0)).toBe(part.width * part.height * 4);
      expect(Math.max(...yields)).toBeLessThan(1_000_000);
    }
  });

  test("reserves what toneBytes says, and never more than a hundred thousand bytes", () => {
    fc.assert(
      fc.property(tones(100), fc.nat(70), fc.nat(70), (tone, width, height) => {
        const raster = noise({ width: width + 1, height: height + 1 }, 1, true);
        const step = { step: "tone", within: { x: 0, y: 0, width, height }, tone } as const;
        kernels.clear();
        const before = kernels.reserve(0);
        for (const _ of toneInto(kernels, raster, step, 99));
        expect(kernels.reserve(0) - before).toBe(toneBytes(step));
        expect(toneBytes(step)).toBeLessThan(100_000);
      }),
    );
  });
});

/** The picture with another one laid into it. */
function pasted({ size, data }: Raster, part: Raster, at: Rect): Raster {
  const result = data.slice();
  for (let row = 0; row < at.height; row++) {
    const pixels = part.data.subarray(row * at.width * 4, (row + 1) * at.width * 4);
    result.set(pixels, ((at.y + row) * size.width + at.x) * 4);
  }
  return { size, data: result };
}
