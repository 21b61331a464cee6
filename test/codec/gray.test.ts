import jpegJs from "jpeg-js";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { codecsOf } from "../../src/codec/codecs.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { encode } from "../support/encoding.ts";
import { partsOf } from "../support/jpeg-segments.ts";
import { outputFor } from "../support/outputs.ts";
import { noise, picture, ramps } from "../support/pictures.ts";
import { MODULES } from "../support/wasm-modules.ts";

const { encoders } = codecsOf(MODULES);

/** Source: protocol.md 3.2, the naive formula. */
const lumaOf = (red: number, green: number, blue: number) => 0.299 * red + 0.587 * green + 0.114 * blue;

const png = (raster: Raster, modifiers: string) => encode(encoders, raster, outputFor(modifiers, "png"));

/** What pngjs reads, as it is in the file: its header fields, and the samples of the first and the fourth channel. */
function read(file: Uint8Array) {
  const { colorType, depth, width, height } = PNG.sync.read(Buffer.from(file)) as PNG & {
    readonly colorType: number;
    readonly depth: number;
  };
  const { data } = PNG.sync.read(Buffer.from(file));
  return { colorType, depth, width, height, data };
}

const SIZES = [
  [1, 1],
  [1, 50],
  [50, 1],
  [33, 17],
  [600, 500],
  [65_500, 3],
] as const;

describe("a gray PNG", () => {
  test.each(SIZES)("has one channel of rounded luma: %i × %i", async (width, height) => {
    const raster = noise({ width, height }, width, true);
    const { data, ...header } = read(await png(raster, "fmt=png,gray"));
    expect(header).toEqual({ colorType: 0, depth: 8, width, height });
    let worst = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = raster.data.subarray(at, at + 3);
      worst = Math.max(worst, Math.abs((data[at] ?? 0) - lumaOf(red, green, blue)));
    }
    // Rounded, with weights of 16 bits.
    expect(worst).toBeLessThan(0.51);
  });

  test.each(SIZES)("has a second one with png-alpha, which is kept: %i × %i", async (width, height) => {
    const raster = noise({ width, height }, width, false);
    const { data, ...header } = read(await png(raster, "fmt=png-alpha,gray"));
    expect(header).toEqual({ colorType: 4, depth: 8, width, height });
    expect(data.every((byte, at) => at % 4 !== 3 || byte === raster.data[at])).toBe(true);
  });

  test("leaves every gray as it is", async () => {
    const grays = picture({ width: 256, height: 1 }, (x) => [x, x, x, 255]);
    const { data } = read(await png(grays, "fmt=png,gray"));
    expect(Array.from({ length: 256 }, (_, x) => data[x * 4])).toEqual(Array.from({ length: 256 }, (_, x) => x));
  });

  test("is smaller than one of colours: ramps by a half at least", async () => {
    const raster = ramps({ width: 300, height: 300 });
    const [gray, colour] = [await png(raster, "fmt=png,gray"), await png(raster, "fmt=png")];
    expect(gray.length).toBeLessThan(colour.length / 2);
  });
});

describe("a gray JPEG", () => {
  test.each(["fmt=jpeg,gray", "fmt=pjpeg,gray", "fmt=jpg,gray&qlt=95,1"])(
    "has one component, %s",
    async (modifiers) => {
      const file = await encode(encoders, ramps({ width: 40, height: 30 }), outputFor(`${modifiers}&qlt=95`, "jpeg"));
      const frame = partsOf(file).find(({ marker }) => marker >= 0xc0 && marker <= 0xc2);
      // Marker and length, precision, height and width; then the number of components.
      expect(file[(frame?.at ?? 0) + 9]).toBe(1);
    },
  );

  test("is the luma of its picture, to 3 levels at quality 100", async () => {
    const raster = ramps({ width: 64, height: 48 });
    const file = await encode(encoders, raster, outputFor("fmt=jpeg,gray&qlt=100", "jpeg"));
    const { data } = jpegJs.decode(file, { useTArray: true, formatAsRGBA: true });
    let worst = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = raster.data.subarray(at, at + 3);
      worst = Math.max(worst, Math.abs((data[at] ?? 0) - lumaOf(red, green, blue)));
    }
    expect(worst).toBeLessThanOrEqual(3);
  });
});
