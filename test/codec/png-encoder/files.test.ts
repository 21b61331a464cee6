import { decode as readFast } from "fast-png";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { expectNearPicture } from "../../support/near.ts";
import { decodePng } from "../../support/png-decoding.ts";
import { EFFORTS, mixedRows, PNG_COLOURS, pngOf, pngPieces, storedAs } from "../../support/png-encoding.ts";
import { pngjsPicture } from "../../support/png-oracles.ts";

/** The samples in the order of the file. */
function samplesOf({ data }: Raster, channels: number): Uint8Array {
  const kept = [[], [0], [0, 3], [0, 1, 2], [0, 1, 2, 3]][channels] ?? [];
  return data.filter((_, at) => kept.includes(at % 4));
}

const KINDS = PNG_COLOURS.flatMap((colour) => EFFORTS.map((effort) => ({ colour, effort })));
const CHANNELS = { gray: 1, grayAlpha: 2, rgb: 3, rgba: 4 } as const;
const WIDTHS = Array.from({ length: 40 }, (_, index) => index + 1);

describe.each(KINDS)("a PNG of $colour, $effort", ({ colour, effort }) => {
  test("is read bit for bit by three decoders, at every width, hidden colours too", () => {
    for (const width of WIDTHS) {
      const raster = mixedRows(width, 43);
      const file = pngOf(raster, { colour, effort });
      const wanted = storedAs(raster, colour);
      expectNearPicture(decodePng(file).raster, wanted, 0);
      expectNearPicture(pngjsPicture(file), wanted, 0);
      const { data, channels, depth } = readFast(file, { checkCrc: true });
      expect({ channels, depth }).toEqual({ channels: CHANNELS[colour], depth: 8 });
      expect(Buffer.compare(samplesOf(wanted, channels), Uint8Array.from(data))).toBe(0);
    }
  });

  test("has the same bytes however its rows come", () => {
    for (const width of WIDTHS) {
      const raster = mixedRows(width, 43);
      const whole = pngOf(raster, { colour, effort });
      for (const strip of [1, 5, 42]) {
        expect(Buffer.compare(pngOf(raster, { colour, effort, strip }), whole), `${width} px, ${strip} rows`).toBe(0);
      }
    }
  });

  test("of several chunks is read bit for bit, and is the same in strips", () => {
    const raster = mixedRows(601, 500);
    const file = pngOf(raster, { colour, effort });
    const wanted = storedAs(raster, colour);
    expectNearPicture(decodePng(file).raster, wanted, 0);
    expectNearPicture(pngjsPicture(file), wanted, 0);
    for (const strip of [1, 5, 64]) expect(Buffer.compare(pngOf(raster, { colour, effort, strip }), file)).toBe(0);
  });

  test("comes in pieces that nobody changes any more", () => {
    const raster = mixedRows(601, 500);
    const pieces = pngPieces(raster, { colour, effort, strip: 7 });
    expect(pieces.length).toBeGreaterThan(4);
    expect(pieces.every(({ length }) => length > 0)).toBe(true);
    expect(new Set(pieces.map(({ buffer }) => buffer)).size).toBe(pieces.length);
    expect(Buffer.compare(Buffer.concat(pieces), pngOf(raster, { colour, effort }))).toBe(0);
  });
});
