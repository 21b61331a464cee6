import { describe, expect, test } from "vitest";
import { ColourTable } from "../../../src/codec/png-encoder/colour-table.ts";
import { paletteOf } from "../../../src/codec/png-encoder/palette.ts";
import { picture, type Rgba } from "../../support/pictures.ts";
import { randomNumbers } from "../../support/random.ts";

const wordOf = ([red, green, blue, alpha]: Rgba) => (red | (green << 8) | (blue << 16) | (alpha << 24)) >>> 0;

/** A picture of so many colours, each of which it has. */
const ofColours = (count: number) =>
  picture({ width: 40, height: 40 }, (x, y) => [((y * 40 + x) % count) & 255, ((y * 40 + x) % count) >> 8, 3, 255]);

describe("the palette of a picture", () => {
  test.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 4],
    [16, 4],
    [17, 8],
    [256, 8],
  ])("of %i colours has as many, and %i bits a pixel", (count, depth) => {
    const palette = paletteOf(ofColours(count));
    expect(palette?.colours.length).toBe(count);
    expect(palette?.depth).toBe(depth);
  });

  test("of 257 colours is none, and of more than may be is none", () => {
    expect(paletteOf(ofColours(257))).toBeUndefined();
    expect(paletteOf(ofColours(17), 16)).toBeUndefined();
    expect(paletteOf(ofColours(16), 16)?.colours.length).toBe(16);
  });

  test("has what is not opaque first, and else the order of the picture", () => {
    const colours: readonly Rgba[] = [
      [9, 9, 9, 255],
      [1, 2, 3, 0],
      [200, 0, 0, 255],
      [9, 9, 9, 254],
      [0, 0, 0, 0],
    ];
    const palette = paletteOf(picture({ width: 5, height: 1 }, (x) => colours[x] ?? [0, 0, 0, 0]));
    const sorted = [1, 3, 4, 0, 2].map((at) => wordOf(colours[at] ?? [0, 0, 0, 0]));
    expect([...(palette?.colours ?? [])]).toEqual(sorted);
    expect(sorted.map((colour) => palette?.numberOf(colour))).toEqual([0, 1, 2, 3, 4]);
    expect(palette?.numberOf(wordOf([9, 9, 9, 253]))).toBe(-1);
  });

  test("tells colours that cannot be seen apart, and black from nothing", () => {
    expect(paletteOf(picture({ width: 300, height: 1 }, (x) => [x & 255, x >> 8, 0, 0]))).toBeUndefined();
    expect(paletteOf(picture({ width: 4, height: 1 }, (x) => [x, 0, 0, 0]))?.colours.length).toBe(4);
  });
});

describe("a table of colours", () => {
  test("finds 256 colours by their numbers, whatever they are, and no others", () => {
    for (let seed = 0; seed < 50; seed++) {
      const next = randomNumbers(seed);
      const colours = new Set(Array.from({ length: 256 }, () => Math.floor(next() * 2 ** 32)));
      const table = new ColourTable();
      for (const colour of colours) table.add(colour);
      expect([...colours].map((colour) => table.numberOf(colour))).toEqual([...colours].map((_, at) => at));
      expect(table.numberOf(0)).toBe(colours.has(0) ? 0 : -1);
      expect([...table.colours]).toEqual([...colours]);
    }
  });

  test("finds colours that were chosen to meet in one place", () => {
    const spread = 0x9e3779b1;
    // The inverse of the first number that spreads them: their products differ in the lowest bits alone.
    let inverse = 1;
    for (let round = 0; round < 5; round++) inverse = Math.imul(inverse, 2 - Math.imul(spread, inverse));
    expect(Math.imul(spread, inverse)).toBe(1);
    const colours = Array.from({ length: 256 }, (_, at) => Math.imul(at, inverse) >>> 0);
    const table = new ColourTable();
    for (const colour of colours) table.add(colour);
    expect(colours.map((colour) => table.numberOf(colour))).toEqual(colours.map((_, at) => at));
  });
});
