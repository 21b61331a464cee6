import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rect } from "../../../src/plan/size.ts";
import { noise, partOf } from "../../support/pictures.ts";
import { pngFile as encoded } from "../../support/pixels.ts";
import { pngFile } from "../../support/png-bytes.ts";
import { decodePng } from "../../support/png-decoding.ts";

const SIZE = { width: 67, height: 41 };
const RASTER = noise(SIZE, 3, false);

const FILES: readonly (readonly [what: string, file: Uint8Array])[] = [
  ["RGB with alpha, filters of every kind", Uint8Array.from(encoded({ ...SIZE, data: RASTER.data }))],
  ["gray of 1 bit", pngFile({ ...SIZE, colourType: 0, depth: 1, samples: (x, y) => [(x * 3 + y * x) % 2] })],
  ["gray of 2 bits", pngFile({ ...SIZE, colourType: 0, depth: 2, samples: (x, y) => [(x * 3 + y * x) % 4] })],
  [
    "a palette of 4 bits",
    pngFile({
      ...SIZE,
      colourType: 3,
      depth: 4,
      before: [["PLTE", RASTER.data.subarray(0, 48)]],
      samples: (x, y) => [(x + y * 5) % 16],
    }),
  ],
  ["RGB of 16 bits", pngFile({ ...SIZE, colourType: 2, depth: 16, samples: (x, y) => [x * 900, y * 1500, x * y] })],
  ["gray with alpha", pngFile({ ...SIZE, colourType: 4, depth: 8, samples: (x, y) => [x, y * 3] })],
];

const aPart: fc.Arbitrary<Rect> = fc
  .tuple(fc.nat(66), fc.nat(40), fc.nat(66), fc.nat(40))
  .map(([x, y, width, height]) => ({
    x,
    y,
    width: Math.min(width + 1, SIZE.width - x),
    height: Math.min(height + 1, SIZE.height - y),
  }));

describe("a part that is decoded is that part of the whole picture, to the bit", () => {
  test.each(FILES)("%s", (_, file) => {
    const whole = decodePng(file).raster;
    fc.assert(
      fc.property(aPart, (wanted) => {
        const { raster, warnings } = decodePng(file, { wanted });
        expect(warnings).toEqual([]);
        expect(Buffer.compare(raster.data, partOf(whole, wanted).data)).toBe(0);
      }),
      { seed: 5, numRuns: 150 },
    );
  });
});

describe("reading stops", () => {
  const large = noise({ width: 400, height: 1000 }, 4, true);
  const file = Uint8Array.from(encoded({ ...large.size, data: large.data }));
  const chunkBytes = 4096;

  test("when a part is there that ends above the last row", () => {
    const { pushed } = decodePng(file, { wanted: { x: 0, y: 0, width: 400, height: 100 }, chunkBytes });
    // A tenth of the picture, and as much as is gathered before it is inflated.
    expect(pushed).toBeLessThan(file.length / 10 + 2 * 65_536);
  });

  test("with the end of the file when it has the last row: that is kept back until all has been checked", () => {
    const wanted = { x: 0, y: 999, width: 1, height: 1 };
    expect(decodePng(file, { wanted, chunkBytes }).pushed).toBe(file.length);
    const damaged = file.slice();
    damaged[file.length - 1] = 0;
    expect(() => decodePng(damaged, { wanted, chunkBytes })).toThrow("a wrong checksum: IEND");
    // Who does not want it has no use for what is behind.
    expect(decodePng(damaged, { wanted: { ...wanted, y: 998 }, chunkBytes }).warnings).toEqual([]);
  });

  test("and rows that nobody sees are gone through a few at a time, so that the caller can look up", () => {
    const wide = pngFile({ width: 200_000, height: 20, colourType: 0, depth: 1, samples: () => [1] });
    const { pauses } = decodePng(wide, { wanted: { x: 0, y: 19, width: 1, height: 1 } });
    expect(pauses).toBeGreaterThanOrEqual(5);
  });
});
