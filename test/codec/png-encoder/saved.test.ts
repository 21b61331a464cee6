import { describe, expect, test } from "vitest";
import { squooshPngEncoding } from "../../../src/codec/foreign/png-encoding.ts";
import { Shelf } from "../../../src/codec/foreign/reusable.ts";
import { SquooshPng } from "../../../src/codec/foreign/squoosh-png.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import type { Output } from "../../../src/plan/output.ts";
import { squooshPngFor } from "../../support/outputs.ts";
import { noise, picture, ramps } from "../../support/pictures.ts";
import { chunksOf, headerOf } from "../../support/png-chunks.ts";
import { pngOf, storedAs } from "../../support/png-encoding.ts";
import { pngjsPicture } from "../../support/png-oracles.ts";
import { MODULES } from "../../support/wasm-modules.ts";

/** Source: save-contract "Effort": only the effort differs, the picture is the same. */

const encoder = squooshPngEncoding(MODULES, new Shelf());

const encode = (raster: Raster, output: Output<"squooshPng">) =>
  encoder.encode(raster, output, new Kernels(MODULES.kernels));

const SIZE = { width: 120, height: 90 };
const FEW = picture(SIZE, (x, y) => [((x >> 3) * 40) & 0xc0, ((y >> 2) * 24) & 0xc0, 9, x < 30 ? 0 : 255]);

describe("a saved PNG that oxipng has no part in", () => {
  test("has a palette where there are few colours and that is smaller, with the same pixels and tag", async () => {
    const file = await encode(FEW, squooshPngFor("fmt=png-alpha&printRes=300"));
    expect(headerOf(file).colourType).toBe(3);
    expect(pngjsPicture(file)).toEqual(FEW);
    expect(chunksOf(file).map(([type]) => type)).toContain("pHYs");
  });

  test("has none where there are more colours, and no alpha where none was asked for", async () => {
    expect(headerOf(await encode(ramps(SIZE), squooshPngFor("fmt=png"))).colourType).toBe(2);
    expect(headerOf(await encode(ramps(SIZE), squooshPngFor("fmt=png-alpha"))).colourType).toBe(6);
  });

  test("has none where that is larger: a pixel of its own alpha", async () => {
    const file = await encode(noise({ width: 1, height: 1 }, 1, false), squooshPngFor("fmt=png-alpha"));
    expect(headerOf(file).colourType).toBe(6);
  });

  test("is no larger than what replies have, nor than what the png crate writes", async () => {
    const crate = new SquooshPng(MODULES.squooshPng);
    for (const raster of [FEW, ramps(SIZE), noise(SIZE, 5, false), noise(SIZE, 6, true)]) {
      const { length } = await encode(raster, squooshPngFor("fmt=png-alpha"));
      expect(length).toBeLessThanOrEqual(pngOf(raster, { colour: "rgba", effort: "small" }).length);
      expect(length).toBeLessThanOrEqual((await crate.encode(raster.data, SIZE.width, SIZE.height, undefined)).length);
      expect(pngjsPicture(await encode(raster, squooshPngFor("fmt=png-alpha")))).toEqual(raster);
    }
  });

  test("of gray is what we write ourselves, with more effort", async () => {
    const raster = noise(SIZE, 4, false);
    for (const [modifiers, colour] of [
      ["fmt=png,gray", "gray"],
      ["fmt=png-alpha,gray", "grayAlpha"],
    ] as const) {
      const file = await encode(raster, squooshPngFor(modifiers));
      expect(Buffer.compare(file, pngOf(raster, { colour, effort: "small" }))).toBe(0);
      expect(pngjsPicture(file)).toEqual(storedAs(raster, colour));
    }
  });
});

describe("an encoder that others' codecs are in tells what it takes of the kernels, too", () => {
  test.each([
    ["fmt=png-alpha", 0],
    ["fmt=png,gray", 0],
    ["fmt=png-alpha,gray", 0],
    ["fmt=png-alpha,gray", 1],
    ["fmt=png-alpha", 1],
  ])("%s, oxipng's level %i", async (modifiers, level) => {
    for (const raster of [FEW, noise(SIZE, 2, false), noise({ width: 1, height: 3000 }, 9, false)]) {
      const output = squooshPngFor(modifiers, level);
      const kernels = new Kernels(MODULES.kernels);
      const start = kernels.reserve(0);
      const { length } = await encoder.encode(raster, output, kernels);
      const told = encoder.memory(raster.size, output);
      expect(kernels.reserve(0) - start).toBeLessThanOrEqual(told.kernels);
      expect(2 * length).toBeLessThanOrEqual(told.beside);
    }
  });
});
