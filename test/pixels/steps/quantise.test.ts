import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { quantiseBytes, quantiseInto } from "../../../src/pixels/steps/quantise.ts";
import { nearestAmong } from "../../../src/pixels/steps/quantise-nearest.ts";
import { FIXED_PALETTES } from "../../../src/pixels/steps/quantise-palettes.ts";
import type { Quantise } from "../../../src/plan/steps.ts";
import { nearestPoint } from "../../oracle/nearest.ts";
import { describeCorpus } from "../../support/corpus.ts";
import { guardedKernels, roomyKernels } from "../../support/guarded.ts";
import { changed, isOpaque, reservedBy } from "../../support/in-place.ts";
import { noise, picture, ramps } from "../../support/pictures.ts";
import { pngPixels } from "../../support/pixels.ts";

const kernels = roomyKernels();
const STEP: Quantise = { step: "quantise", palette: "adaptive", diffuse: false, most: 256, forced: [] };

function quantised(raster: Raster, about: Partial<Quantise> = {}): Raster {
  return changed(kernels, raster, (copy) => quantiseInto(kernels, copy, { ...STEP, ...about }));
}

function coloursOf({ data }: Raster): Set<number> {
  return new Set(new Uint32Array(data.buffer, data.byteOffset, data.length / 4));
}

/** Peak signal to noise of the colours, in dB. */
function decibels(got: Raster, wanted: Raster): number {
  const squares = wanted.data.reduce((sum, value, at) => sum + (value - (got.data[at] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255) / (squares / (wanted.data.length * 0.75)));
}

const SOFT = ramps({ width: 90, height: 70 });
/** Opaque, half transparent and transparent ones, with colours that hide. */
const GLASS = picture({ width: 64, height: 48 }, (x, y) => [x * 4, y * 5, 90, [255, 0, 130, 60][(x + y) % 4] ?? 0]);

describe("an adaptive palette", () => {
  test("has at most as many colours as are asked for, of any picture", () => {
    const about = fc.record({ most: fc.integer({ min: 2, max: 256 }), diffuse: fc.boolean() });
    fc.assert(
      fc.property(about, fc.boolean(), fc.nat(100), (each, opaque, seed) => {
        const got = quantised(noise({ width: 61, height: 33 }, seed, opaque), each);
        expect(coloursOf(got).size).toBeLessThanOrEqual(each.most);
        expect(isOpaque(got) || !opaque).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("keeps a picture that has no more colours as it is, dithered or not", () => {
    const few = picture({ width: 40, height: 30 }, (x, y) => [(x % 16) * 17, (y % 16) * 16, 3, 255]);
    for (const diffuse of [true, false]) expect(quantised(few, { diffuse }).data).toEqual(few.data);
  });

  test("is nearer to the picture the more colours it has", () => {
    const levels = [2, 4, 8, 16, 32, 64, 128, 256].map((most) => decibels(quantised(SOFT, { most }), SOFT));
    expect(levels).toEqual(levels.toSorted((one, other) => one - other));
    expect(levels.at(-1)).toBeGreaterThan(levels[0] ?? 0);
  });

  test("has forced colours before all others", () => {
    const forced = [[1, 2, 3]] as const;
    expect(
      [
        ...coloursOf(
          quantised(SOFT, {
            most: 2,
            forced: [
              [1, 2, 3],
              [250, 9, 9],
              [0, 0, 0],
            ],
          }),
        ),
      ].toSorted(),
    ).toEqual([0xff030201, 0xff0909fa].toSorted());
    const dot = picture({ width: 90, height: 70 }, (x, y) =>
      x === 9 && y === 9 ? [1, 2, 3, 255] : [x * 2, y * 3, 128, 255],
    );
    expect(coloursOf(quantised(dot, { most: 8, forced })).has(0xff030201)).toBe(true);
  });

  test("gives the same bytes every time", () => {
    expect(quantised(GLASS, { most: 20 }).data).toEqual(quantised(GLASS, { most: 20 }).data);
  });
});

describe("transparency", () => {
  test.each([2, 3, 4, 16, 256])(
    "of %i colours: what is opaque stays so, and what is transparent is all zeros",
    (most) => {
      for (const diffuse of [true, false]) {
        const got = quantised(GLASS, { most, diffuse });
        expect(coloursOf(got).size).toBeLessThanOrEqual(most);
        for (let at = 0; at < got.data.length; at += 4) {
          const before = GLASS.data[at + 3];
          if (before === 255) expect(got.data[at + 3]).toBe(255);
          if (before === 0) expect([...got.data.subarray(at, at + 4)]).toEqual([0, 0, 0, 0]);
          if (before === 130) expect(got.data[at + 3]).toBeGreaterThan(most === 2 ? 254 : 0);
        }
      }
    },
  );

  test("of a picture that keeps its colours has none hidden", () => {
    const hiding = picture({ width: 30, height: 30 }, (x, y) => (x < 15 ? [x, y, 0, 0] : [255, 0, 0, 255]));
    expect(coloursOf(quantised(hiding, { most: 2 }))).toEqual(new Set([0, 0xff0000ff]));
  });
});

describe("fixed palettes", () => {
  test("have 216 and 256 colours", () => {
    expect([new Set(FIXED_PALETTES.web).size, new Set(FIXED_PALETTES.mac).size]).toEqual([216, 256]);
    expect([FIXED_PALETTES.mac[0], FIXED_PALETTES.mac[215], FIXED_PALETTES.mac[255]]).toEqual([
      0xffffffff, 0xff0000ee, 0xff000000,
    ]);
  });

  test("of the web round every component to multiples of 51", () => {
    const source = noise({ width: 50, height: 50 }, 4, true);
    const wanted = source.data.map((value, at) => (at % 4 === 3 ? 255 : Math.round(value / 51) * 51));
    expect(quantised(source, { palette: "web" }).data).toEqual(wanted);
  });

  test("keep those that most pixels are nearest to, where not all may be there", () => {
    const stripes = picture({ width: 60, height: 10 }, (x) => [x < 30 ? 52 : x < 50 ? 100 : 250, 0, 0, 255]);
    expect(coloursOf(quantised(stripes, { palette: "web", most: 2 }))).toEqual(new Set([0xff000033, 0xff000066]));
  });
});

describe("error diffusion", () => {
  test.each([40, 100, 127, 200])("keeps the mean of a gray of %i with black and white", (level) => {
    const flat = picture({ width: 120, height: 120 }, () => [level, level, level, 255]);
    const forced = [
      [0, 0, 0],
      [255, 255, 255],
    ] as const;
    const got = quantised(flat, { most: 2, forced, diffuse: true });
    expect(coloursOf(got).size).toBe(2);
    const mean = got.data.reduce((sum, value, at) => (at % 4 === 3 ? sum : sum + value), 0) / (120 * 120 * 3);
    // What has gone over the edges is all that is missing.
    expect(Math.abs(mean - level)).toBeLessThan(1.5);
  });
});

describe("the nearest point", () => {
  const component = fc.integer({ min: 0, max: 255 });
  const point = fc.tuple(component, component, component, fc.constantFrom(255, 255, 100, 7));
  test("is the one that a look at all of them finds", () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), fc.array(point, { minLength: 30 }), (points, wanted) => {
        const among = nearestAmong(Float64Array.from(points.flat()));
        for (const each of wanted) expect(among.of(...each)).toBe(nearestPoint(points, each));
      }),
    );
  });
});

describe("the memory of quantising", () => {
  test.each([
    [1, 1],
    [7, 300],
    [3000, 40],
    [400, 400],
  ])("of %i × %i is what it says, and nothing lies beside it", (width, height) => {
    const size = { width, height };
    const raster = noise(size, 3, false);
    expect(reservedBy(kernels, quantiseInto(kernels, raster, STEP))).toBe(quantiseBytes(STEP, size));
    const { kernels: guarded, trespasses } = guardedKernels();
    changed(guarded, raster, (copy) => quantiseInto(guarded, copy, { ...STEP, diffuse: true }));
    expect(trespasses()).toBe(0);
  });

  test("is 4 megabytes and 24 bytes a column, however large the picture is", () => {
    expect(quantiseBytes(STEP, { width: 60_000, height: 60_000 })).toBeLessThan(4_000_000 + 60_010 * 24);
  });
});

describeCorpus("kodak", (files) => {
  test.each(files)("$name in 256 colours is no more than 1.5 dB behind sharp", async (file) => {
    const { width, height, data } = pngPixels(file.read());
    const source = { size: { width, height }, data: Uint8Array.from(data) };
    const theirs = await sharp(await sharp(file.read()).png({ palette: true, colours: 256, dither: 0 }).toBuffer())
      .ensureAlpha()
      .raw()
      .toBuffer();
    const mine = decibels(quantised(source), source);
    const other = decibels({ size: source.size, data: Uint8Array.from(theirs) }, source);
    expect(mine).toBeGreaterThan(other - 1.5);
  });
});
