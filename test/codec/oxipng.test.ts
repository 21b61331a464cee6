import { describe, expect, test } from "vitest";
import { codecsOf } from "../../src/codec/codecs.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { photo } from "../golden/sources/photo.ts";
import { describeCorpus } from "../support/corpus.ts";
import { chunksOf } from "../support/densities.ts";
import { encode as encoded } from "../support/encoding.ts";
import { squooshPngFor } from "../support/outputs.ts";
import { noise, picture, type Rgba, ramps } from "../support/pictures.ts";
import { pngPixels } from "../support/pixels.ts";
import { factsOf } from "../support/sniffing.ts";
import { MODULES } from "../support/wasm-modules.ts";

/** Source: save-contract "Effort": only the effort differs, the picture is the same. */

const { encoders } = codecsOf(MODULES);

const encode = (raster: Raster, modifiers: string, oxipngLevel: number) =>
  encoded(encoders, raster, squooshPngFor(modifiers, oxipngLevel));

/** The pixels that pngjs reads, of every colour type and depth. */
const pixels = (file: Uint8Array) => Buffer.from(pngPixels(Buffer.from(file)).data);

const SIZE = { width: 90, height: 70 };
const gray = (level: number): Rgba => [level, level, level, 255];

/** What oxipng may write as gray, in a palette, in fewer bits or without alpha; and what it may not. */
const PICTURES: readonly (readonly [says: string, raster: Raster])[] = [
  ["a scene", photo()],
  ["noise with hidden colours", noise(SIZE, 1, false)],
  ["opaque noise", noise(SIZE, 2, true)],
  ["ramps", ramps(SIZE)],
  ["one colour", picture(SIZE, () => [9, 80, 200, 255])],
  ["nothing, in several colours", picture(SIZE, (x) => [x, 2 * x, 0, 0])],
  ["black and white", picture(SIZE, (x, y) => ((x * y) % 3 ? gray(0) : gray(255)))],
  ["five grays", picture(SIZE, (x, y) => gray([13, 77, 201, 202, 0][(x * y) % 5] ?? 0))],
  ["grays", picture(SIZE, (x, y) => gray(x + y))],
  ["grays that fade", picture(SIZE, (x, y) => [x, x, x, y])],
  ["a few colours, some transparent", picture(SIZE, (x, y) => [(x % 4) * 60, (y % 3) * 90, 7, x < 30 ? 128 : 255])],
];

describe("oxipng writes the same pixels", () => {
  describe.each(PICTURES)("of %s", (_, raster) => {
    test.each(["fmt=png-alpha", "fmt=png-alpha,gray", "fmt=png,gray"])(
      "as the plain encoder, %s",
      async (modifiers) => {
        const plain = pixels(await encode(raster, modifiers, 0));
        for (const level of [1, 2, 3, 6]) {
          expect(pixels(await encode(raster, modifiers, level)).equals(plain), `level ${level}`).toBe(true);
        }
      },
    );
  });

  test.each([
    [1, 1],
    [1, 50],
    [50, 1],
    [333, 217],
  ])("exactly, alpha and hidden colours too: %i × %i", async (width, height) => {
    const raster = noise({ width, height }, width, false);
    const file = await encode(raster, "fmt=png-alpha", 1);
    expect(pixels(file).equals(raster.data)).toBe(true);
    expect(factsOf(file)).toMatchObject({ format: "png", size: { width, height } });
  });
});

describeCorpus("kodak", (files) => {
  test.each(files)("oxipng writes $name in fewer bytes than we do", async (file) => {
    const { width, height, data } = pngPixels(file.read());
    const raster = { size: { width, height }, data: Uint8Array.from(data) };
    const small = await encode(raster, "fmt=png", 1);
    expect(pixels(small).equals(raster.data)).toBe(true);
    expect(small.length).toBeLessThan((await encode(raster, "fmt=png", 0)).length * 0.99);
    const [gray, plain] = [await encode(raster, "fmt=png,gray", 1), await encode(raster, "fmt=png,gray", 0)];
    expect(gray.length).toBeLessThan(plain.length);
  });
});

describe("what oxipng writes keeps its resolution, before the image data", () => {
  test.each(["fmt=png", "fmt=png-alpha", "fmt=png,gray", "fmt=png-alpha,gray"])("%s", async (modifiers) => {
    const { types, phys } = chunksOf(await encode(photo(), `${modifiers}&printRes=300`, 2));
    expect(phys).toEqual({ x: 11_811, y: 11_811, unit: 1 });
    expect(types.indexOf("pHYs")).toBeLessThan(types.indexOf("IDAT"));
    expect(chunksOf(await encode(photo(), modifiers, 2)).phys).toBeUndefined();
  });
});

describe("after a throw", () => {
  // No picture that a plan lets through makes oxipng throw: here are fewer bytes than pixels, or more.
  const BROKEN: readonly Raster[] = [7, 401].map((bytes) => ({
    size: { width: 10, height: 10 },
    data: new Uint8Array(bytes),
  }));

  test("the next picture is right", async () => {
    const raster = noise(SIZE, 3, false);
    const whole = await encode(raster, "fmt=png-alpha", 2);
    for (const broken of BROKEN) {
      await expect(encode(broken, "fmt=png", 2)).rejects.toThrow();
      expect(await encode(raster, "fmt=png-alpha", 2)).toEqual(whole);
    }
  });
});
