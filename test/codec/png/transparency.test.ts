import { describe, expect, test } from "vitest";
import { expanded, levelOf } from "../../oracle/png-expand.ts";
import { expectNear } from "../../support/near.ts";
import { colours, expectTwin, headerOf, KINDS, keyOf, pixelsOf, rowBytes, rowOf } from "../../support/png-expanding.ts";
import { randomBytes, randomNumbers } from "../../support/random.ts";

const HAS_KEY = KINDS.filter(({ colourType }) => colourType === 0 || colourType === 2);
const PALETTES = KINDS.filter(({ colourType }) => colourType === 3);

describe.each(HAS_KEY)("the one transparent colour of colour type $colourType of $depth bits", (kind) => {
  const most = 2 ** kind.depth - 1;
  const each = kind.colourType === 0 ? 1 : 3;

  test("is found among others that differ in one bit of one sample", () => {
    const next = randomNumbers(kind.depth + each);
    for (let round = 0; round < 50; round++) {
      const key = Array.from({ length: each }, () => Math.floor(next() * (most + 1)));
      const pixels = [key];
      for (let channel = 0; channel < each; channel++) {
        for (let bit = 0; bit < kind.depth; bit++) {
          pixels.push(key.map((sample, at) => (at === channel ? sample ^ (1 << bit) : sample)));
        }
      }
      pixels.push(key);
      const row = rowOf(pixels.flat(), kind.depth);
      const picture = colours(kind, pixels.length, { transparency: keyOf(key) });
      const got = pixelsOf(picture, row, 0, pixels.length);
      expectNear(got, expanded(picture, row, 0, pixels.length), 0);
      const alphas = [...got.filter((_, at) => at % 4 === 3)];
      expect(alphas).toEqual([0, ...new Array(pixels.length - 2).fill(255), 0]);
      // The colour under it stays: only the alpha says that it is not seen.
      expect([...got.subarray(0, 3)]).toEqual(
        each === 1
          ? new Array(3).fill(levelOf(key[0] ?? 0, kind.depth))
          : key.map((sample) => levelOf(sample, kind.depth)),
      );
    }
  });
});

// Source: PNG (Third Edition), 11.3.1.1: "decoders must mask the other bits to 0 before the value is used".
test.each(HAS_KEY.filter(({ depth }) => depth < 16))(
  "of the transparent colour only as many bits count as there are: colour type $colourType of $depth bits",
  (kind) => {
    const key = kind.colourType === 0 ? [1] : [1, 0, 1];
    const other = key.map(() => 0);
    const row = rowOf([...key, ...other], kind.depth);
    const alphas = (transparency: Uint8Array) =>
      pixelsOf(colours(kind, 2, { transparency }), row, 0, 2).filter((_, at) => at % 4 === 3);
    const beyond = (0xffff << kind.depth) & 0xffff;
    expect([...alphas(keyOf(key.map((sample) => sample + beyond)))]).toEqual([0, 255]);
    expect([...alphas(keyOf(key))]).toEqual([0, 255]);
  },
);

test("two colours that round to the same level are told apart at sixteen bits", () => {
  const row = Uint8Array.of(0x12, 0x34, 0x12, 0x35);
  const picture = colours({ colourType: 0, depth: 16 }, 2, { transparency: keyOf([0x1234]) });
  expect([...pixelsOf(picture, row, 0, 2)]).toEqual([18, 18, 18, 0, 18, 18, 18, 255]);
});

describe.each(PALETTES)("a palette of $depth bits", (kind) => {
  const most = 2 ** kind.depth;
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const count = (256 * 8) / kind.depth;

  test("gives each colour its alpha, and those beyond the alphas 255", () => {
    for (const alphas of [0, 1, Math.floor(most / 2), most]) {
      expectTwin(colours(kind, count, { transparency: randomBytes(alphas, 3) }), every, 0, count);
    }
  });

  // libpng holds 256 colours, zeros where the file has none (png_set_PLTE), and expands them opaque.
  test("has opaque black where it has no colour, whatever its alphas say", () => {
    for (const present of [1, Math.ceil(most / 2), most - 1]) {
      const palette = new Uint8Array(3 * present).fill(200);
      const picture = colours(kind, count, { palette, transparency: new Uint8Array(most).fill(9) });
      const pixels = pixelsOf(picture, every, 0, count);
      expectNear(pixels, expanded(picture, every, 0, count), 0);
      expect([...pixels.subarray(-4)]).toEqual([0, 0, 0, 255]);
    }
  });
});

test("a palette that is only advised changes nothing, nor does transparency where alpha is in the pixels", () => {
  const parts = { palette: randomBytes(768, 1), transparency: randomBytes(6, 2) };
  for (const kind of KINDS.filter(({ colourType }) => colourType === 6 || colourType === 4)) {
    const row = randomBytes(rowBytes(headerOf(kind, 9)), 3);
    expect(pixelsOf(colours(kind, 9, parts), row, 0, 9)).toEqual(pixelsOf(colours(kind, 9), row, 0, 9));
  }
});
