import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DATA_BYTES } from "../../../src/codec/png-encoder/data-chunks.ts";
import { paletteFile } from "../../../src/codec/png-encoder/png8.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { chunksOf as densityOf } from "../../support/densities.ts";
import { noise, picture } from "../../support/pictures.ts";
import { chunkStarts, chunksOf, headerOf } from "../../support/png-chunks.ts";
import { PNG_COLOURS, pngOf, pngPieces } from "../../support/png-encoding.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const LARGE = noise({ width: 300, height: 200 }, 1, false);
const FEW = picture({ width: 30, height: 20 }, (x, y) => [x & 0xf8, y & 0xf8, 9, x < 4 ? 90 : 255]);

const types = (file: Uint8Array) => chunksOf(file).map(([type]) => type);

/** Every chunk whole, with its CRC, and nothing behind the last. Source: PNG (Third Edition), 5.3, 5.5. */
function expectChunks(file: Uint8Array): void {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  let end = 8;
  for (const at of chunkStarts(file)) {
    expect(at).toBe(end);
    end = at + 12 + view.getUint32(at);
    expect(view.getUint32(end - 4)).toBe(crc32(file.subarray(at + 4, end - 4)));
  }
  expect(end).toBe(file.length);
}

// Source: PNG (Third Edition), 5.6: IHDR first, pHYs, PLTE and tRNS before IDAT, tRNS behind PLTE, IEND last.
describe("the chunks of a file", () => {
  test.each(PNG_COLOURS)("are whole, in order, and filled but for the last, of %s", (colour) => {
    const file = pngOf(LARGE, { colour, dpi: 300 });
    expectChunks(file);
    const data = chunksOf(file).filter(([type]) => type === "IDAT");
    expect(data.length).toBeGreaterThan(1);
    expect(data.slice(0, -1).every(([, body]) => body.length === DATA_BYTES)).toBe(true);
    expect(types(file)).toEqual(["IHDR", "pHYs", ...data.map(() => "IDAT"), "IEND"]);
    expect(headerOf(file)).toEqual({
      ...{ ...LARGE.size, depth: 8, colourType: { gray: 0, rgb: 2, grayAlpha: 4, rgba: 6 }[colour] },
      ...{ compression: 0, filter: 0, interlace: 0 },
    });
  });

  test("have a palette and its alphas before the image data", () => {
    const file = paletteFile(FEW, { dpi: 72, effort: "small" }, new Kernels(MODULES.kernels)) ?? new Uint8Array();
    expectChunks(file);
    expect(types(file)).toEqual(["IHDR", "pHYs", "PLTE", "tRNS", "IDAT", "IEND"]);
  });

  test("tell the resolution where there is one", () => {
    expect(densityOf(pngOf(LARGE, { colour: "rgb", dpi: 300 })).phys).toEqual({ x: 11_811, y: 11_811, unit: 1 });
    expect(densityOf(pngOf(LARGE, { colour: "rgb" })).phys).toBeUndefined();
  });

  test("come out before all rows are there", () => {
    const [first, ...rest] = pngPieces(LARGE, { colour: "rgba", strip: 1 });
    expect(first?.subarray(1, 4)).toEqual(Uint8Array.of(0x50, 0x4e, 0x47));
    expect(rest.length).toBeGreaterThan(2);
  });
});
