import { describe, expect, test } from "vitest";
import { BEHIND_PIXELS, Expansion, expansionBytes } from "../../../src/codec/png/expansion.ts";
import { BEHIND_ROW } from "../../../src/codec/png/unfiltering.ts";
import { levelOf, samplesAPixel } from "../../oracle/png-expand.ts";
import { guarded } from "../../support/guarded.ts";
import {
  colours,
  expectTwin,
  headerOf,
  KINDS,
  kernels,
  keyOf,
  pixelsOf,
  rowBytes,
} from "../../support/png-expanding.ts";
import { randomBytes } from "../../support/random.ts";

describe.each(KINDS)("colour type $colourType of $depth bits", (kind) => {
  test("becomes exactly the twin's pixels, from every column on, of every number", () => {
    for (const width of [1, 2, 7, 8, 9, 40]) {
      const picture = colours(kind, width);
      const row = randomBytes(rowBytes(picture.header), width);
      for (let first = 0; first < width; first++) {
        for (let count = 0; count <= width - first; count++) expectTwin(picture, row, first, count);
      }
    }
  });

  test("becomes exactly the twin's pixels in a long row", () => {
    const picture = colours(kind, 3001);
    const row = randomBytes(rowBytes(picture.header), 5);
    for (const [first, count] of [
      [0, 3001],
      [1, 3000],
      [1003, 1501],
      [2999, 2],
    ] as const) {
      expectTwin(picture, row, first, count);
    }
  });

  test("takes only the memory that was said, with transparency and without", () => {
    const transparency =
      kind.colourType === 3 ? Uint8Array.of(1, 2) : keyOf([1, 2, 3].slice(0, samplesAPixel(headerOf(kind, 1))));
    for (const mostPixels of [1, 2, 17, 1000]) {
      for (const parts of [{}, { transparency }]) {
        const picture = colours(kind, mostPixels, parts);
        kernels.clear();
        const expansion = new Expansion(kernels, picture, mostPixels);
        expect(kernels.reserve(0)).toBeLessThanOrEqual(
          kernels.run.arenaStart() + 16 + expansionBytes(picture.header, mostPixels),
        );
        const behind = guarded(kernels, 0);
        const row = kernels.reserve(rowBytes(picture.header) + BEHIND_ROW);
        expansion.expand(row, 0, mostPixels, kernels.reserve(mostPixels * 4 + BEHIND_PIXELS));
        expect(behind.trespasses()).toBe(0);
      }
    }
  });

  test("reads as far behind its row as is said: there the memory may end", () => {
    for (const width of [1, 5, 16, 33]) {
      const picture = colours(kind, width);
      kernels.clear();
      const expansion = new Expansion(kernels, picture, width);
      const to = kernels.reserve(width * 4 + BEHIND_PIXELS);
      const row = kernels.bytes - BEHIND_ROW - rowBytes(picture.header);
      expect(() => expansion.expand(row, 0, width, to)).not.toThrow();
    }
  });
});

describe("every sample", () => {
  // Source: PNG (Third Edition), 13.12; libpng's png_do_expand has the same factors.
  test.each([
    [1, 255],
    [2, 85],
    [4, 17],
    [8, 1],
  ] as const)("of gray of %i bits is scaled by %i", (depth, factor) => {
    const values = 2 ** depth;
    const row = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const pixels = pixelsOf(colours({ colourType: 0, depth }, (256 * 8) / depth), row, 0, (256 * 8) / depth);
    const levels = pixels.filter((_, at) => at % 4 === 0);
    expect(new Set(levels)).toEqual(new Set(Array.from({ length: values }, (_, value) => value * factor)));
    const last = Array.from({ length: 8 / depth }, () => 255);
    expect([...levels.subarray(-8 / depth)]).toEqual(last);
  });

  test.each([0, 2, 4, 6] as const)("of sixteen bits is rounded, halves up, colour type %i", (colourType) => {
    const every = Array.from({ length: 65_536 }, (_, value) => value);
    const row = Uint8Array.from(every.flatMap((value) => [value >> 8, value & 255]));
    const count = Math.floor(65_536 / samplesAPixel(headerOf({ colourType, depth: 16 }, 1)));
    expectTwin(colours({ colourType, depth: 16 }, count), row, 0, count);
    expect([levelOf(128, 16), levelOf(129, 16)]).toEqual([0, 1]);
  });
});
