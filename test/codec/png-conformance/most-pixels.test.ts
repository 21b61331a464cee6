import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { zeros } from "../../support/png-bomb-streams.ts";
import { headerBody, pngOf } from "../../support/png-bytes.ts";
import { PNG_KINDS, passesOf } from "../../support/png-samples.ts";
import { PNG_DECODER } from "../../support/png-trial.ts";
import { factsOf } from "../../support/sniffing.ts";

const SIZE = { width: 3000, height: 2000 };

/** Pixels that are said to be the most for a file whose rows are compressed like this. */
function mostOf(
  colourType: number,
  depth: number,
  interlace: 0 | 1,
  compress: (rowBytes: number) => Uint8Array,
): number {
  const header = { ...SIZE, colourType, depth, interlace };
  const bytes = passesOf(header).reduce((sum, { rows, rowBytes }) => sum + rows * (1 + rowBytes), 0);
  const palette = colourType === 3 ? ([["PLTE", new Uint8Array(6)]] as const) : [];
  const file = pngOf([["IHDR", headerBody(header)], ...palette, ["IDAT", compress(bytes)], ["IEND", new Uint8Array()]]);
  return PNG_DECODER.mostPixels?.(factsOf(file), file.length) ?? 0;
}

describe("what a file can hold at most is bounded by its bytes", () => {
  const pixels = SIZE.width * SIZE.height;

  test.each(PNG_KINDS)(
    "and a picture of nothing but zeros is within it: colour type %i with %i bits",
    (type, depth) => {
      for (const interlace of [0, 1] as const) {
        expect(
          mostOf(type, depth, interlace, (bytes) => deflateSync(new Uint8Array(bytes), { level: 9 })),
        ).toBeGreaterThan(pixels);
        expect(mostOf(type, depth, interlace, zeros)).toBeGreaterThan(pixels);
      }
    },
  );

  test.each(PNG_KINDS)("and a hundredth of its data is not: colour type %i with %i bits", (type, depth) => {
    expect(mostOf(type, depth, 0, (bytes) => zeros(Math.ceil(bytes / 100)))).toBeLessThan(pixels);
  });
});
