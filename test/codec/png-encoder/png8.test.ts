import { describe, expect, test } from "vitest";
import { paletteFile, png8Encoding } from "../../../src/codec/png-encoder/png8.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import { expectNearPicture } from "../../support/near.ts";
import { noise, picture } from "../../support/pictures.ts";
import { chunksOf, headerOf } from "../../support/png-chunks.ts";
import { decodePng } from "../../support/png-decoding.ts";
import { EFFORTS } from "../../support/png-encoding.ts";
import { libpngPicture, pngjsPicture } from "../../support/png-oracles.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const OUTPUT = { encoder: "png8", mime: "image/png", alpha: true, dpi: undefined } as const;

const encode = (raster: Raster, effort: "fast" | "small" = "fast") =>
  png8Encoding.encode(raster, { ...OUTPUT, effort }, new Kernels(MODULES.kernels));

/** So many colours in no order; every other one opaque. */
function speckled(width: number, height: number, colours: number): Raster {
  const { data } = noise({ width, height }, width + colours, false);
  return picture({ width, height }, (x, y) => {
    const number = (data[(y * width + x) * 4] ?? 0) % colours;
    return [number, 255 - number, (number * 7) & 255, number & 1 ? 255 : number];
  });
}

describe.each([1, 2, 3, 4, 5, 16, 17, 256])("a palette of up to %i colours", (colours) => {
  test("is read bit for bit by ours, pngjs and libpng, at every width", async () => {
    for (const width of Array.from({ length: 40 }, (_, index) => index + 1)) {
      const raster = speckled(width, 23, colours);
      for (const effort of EFFORTS) {
        const file = await encode(raster, effort);
        expect(headerOf(file).colourType).toBe(3);
        expectNearPicture(decodePng(file).raster, raster, 0);
        expectNearPicture(pngjsPicture(file), raster, 0);
        expectNearPicture(await libpngPicture(file), raster, 0);
      }
    }
  });
});

test("alphas end with the last colour that is not opaque, and are not there where all are", async () => {
  const alphas = async (raster: Raster) => chunksOf(await encode(raster)).find(([type]) => type === "tRNS")?.[1];
  expect(await alphas(picture({ width: 9, height: 1 }, (x) => [x, 0, 0, x === 7 ? 40 : 255]))).toEqual(
    Uint8Array.of(40),
  );
  expect(await alphas(picture({ width: 9, height: 1 }, (x) => [x, 0, 0, 255]))).toBeUndefined();
});

test("a picture of more colours has no file", async () => {
  const raster = noise({ width: 40, height: 40 }, 1, true);
  expect(paletteFile(raster, { dpi: undefined, effort: "fast" }, new Kernels(MODULES.kernels))).toBeUndefined();
  await expect(encode(raster)).rejects.toThrow(TypeError);
});
