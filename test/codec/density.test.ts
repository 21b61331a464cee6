import { describe, expect, test } from "vitest";
import { codecsOf } from "../../src/codec/codecs.ts";
import { tagJfifInto } from "../../src/codec/density.ts";
import { chunksOf, jfifOf } from "../support/densities.ts";
import { encode } from "../support/encoding.ts";
import { jpegBytes, SOI, segment } from "../support/jpeg-bytes.ts";
import { outputFor } from "../support/outputs.ts";
import { noise } from "../support/pictures.ts";
import { pngPixels } from "../support/pixels.ts";
import { pngFile } from "../support/png-bytes.ts";
import { factsOf } from "../support/sniffing.ts";
import { MODULES } from "../support/wasm-modules.ts";

const { encoders } = codecsOf(MODULES);
const RASTER = noise({ width: 20, height: 10 }, 1, true);

const jpeg = (modifiers: string, resolution?: number) =>
  encode(encoders, RASTER, outputFor(modifiers, "jpeg", resolution));
const png = (modifiers: string, resolution?: number) =>
  encode(encoders, RASTER, outputFor(modifiers, "png", resolution));

describe("a JPEG is tagged with whole dots per inch", () => {
  test.each([
    ["printRes=300", undefined, 300],
    ["fmt=pjpeg&printRes=72.5", undefined, 73],
    ["fmt=jpeg,gray&printRes=72.4", undefined, 72],
    ["printRes=0.01", undefined, 1],
    ["printRes=1000000", undefined, 65_535],
    ["", 240, 240],
    ["printRes=96", 240, 96],
  ])("%s of a source of %s dpi: %i", async (modifiers, resolution, dpi) => {
    expect(jfifOf(await jpeg(modifiers, resolution))).toEqual({ units: 1, x: dpi, y: dpi });
  });

  test("and with none, only with square pixels, where neither request nor source says any", async () => {
    expect(jfifOf(await jpeg(""))).toEqual({ units: 0, x: 1, y: 1 });
  });

  test("which changes nothing else in it", async () => {
    const [with300, without] = [await jpeg("printRes=300"), await jpeg("")];
    expect(with300.length).toBe(without.length);
    const changed = [...with300.keys()].filter((at) => with300[at] !== without[at]);
    expect(changed).toEqual([13, 14, 15, 16, 17]);
  });

  test("and what has no place for it is not written into", () => {
    const file = jpegBytes(SOI, segment(0xe1, new Array(14).fill(0)));
    const before = file.slice();
    expect(() => tagJfifInto(file, 300)).toThrow("a JPEG without a JFIF segment");
    expect(file).toEqual(before);
  });
});

describe("a PNG is tagged with whole pixels per metre", () => {
  test.each([
    ["fmt=png&printRes=300", undefined, 11_811],
    ["fmt=png-alpha&printRes=72", undefined, 2835],
    ["fmt=png,gray&printRes=72", undefined, 2835],
    ["fmt=png-alpha,gray", 254, 10_000],
    ["fmt=png&printRes=0.001", undefined, 1],
    ["fmt=png&printRes=1000000000", undefined, 2 ** 31 - 1],
  ])("%s of a source of %s dpi: %i", async (modifiers, resolution, density) => {
    const { types, phys } = chunksOf(await png(modifiers, resolution));
    expect(phys).toEqual({ x: density, y: density, unit: 1 });
    expect(types.slice(0, 3)).toEqual(["IHDR", "pHYs", "IDAT"]);
  });

  test.each(["fmt=png", "fmt=png,gray"])("and has no tag where nobody says a resolution: %s", async (modifiers) => {
    expect(chunksOf(await png(modifiers)).types).toEqual(["IHDR", "IDAT", "IEND"]);
  });

  test.each(["fmt=png", "fmt=png-alpha,gray"])("which leaves the picture as it is, checksums too: %s", async (fmt) => {
    const [tagged, plain] = [await png(`${fmt}&printRes=300`), await png(fmt)];
    expect(tagged.length).toBe(plain.length + 21);
    // The reader refuses a wrong checksum.
    expect(pngPixels(Buffer.from(tagged))).toEqual(pngPixels(Buffer.from(plain)));
  });
});

describe("the resolution of a source is read", () => {
  test.each([
    [1, 300, 300],
    [2, 100, 254],
    [0, 300, undefined],
    [3, 300, undefined],
    [1, 0, undefined],
  ])("from JFIF with units %i and %i: %s dpi", async (units, density, dpi) => {
    const file = await jpeg("");
    file.set([units, density >> 8, density & 255, 0, 1], 13);
    expect(factsOf(file).resolution).toBe(dpi);
  });

  test.each([
    [11_811, 1, 299.9994],
    [11_811, 0, undefined],
    [0, 1, undefined],
  ])("from pHYs of %i with unit %i: %s dpi", (density, unit, dpi) => {
    const body = Uint8Array.of(0, 0, density >> 8, density & 255, 0, 0, 0, 1, unit);
    for (const [colourType, samples] of [
      [2, [1, 2, 3]],
      [6, [1, 2, 3, 4]],
    ] as const) {
      const file = pngFile({
        ...{ width: 2, height: 2, depth: 8, colourType },
        samples: () => samples,
        before: [["pHYs", body]],
      });
      if (dpi === undefined) expect(factsOf(file).resolution).toBeUndefined();
      else expect(factsOf(file).resolution).toBeCloseTo(dpi, 6);
    }
  });

  test("from what was written here itself", async () => {
    expect(factsOf(await jpeg("printRes=144")).resolution).toBe(144);
    expect(factsOf(await png("fmt=png,gray&printRes=144")).resolution).toBeCloseTo(144, 1);
    expect(factsOf(await png("fmt=png")).resolution).toBeUndefined();
  });
});
