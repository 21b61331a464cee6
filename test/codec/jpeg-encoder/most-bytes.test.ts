import { describe, expect, test } from "vitest";
import { ZIGZAG } from "../../../src/codec/jpeg/zigzag.ts";
import { jpegEncoding } from "../../../src/codec/jpeg-encoder/encoder.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import { ENCODER_PICTURES, type EncoderPicture, encoderPicture } from "../../support/encoder-pictures.ts";
import { encodedJpeg, jpegOutput } from "../../support/jpeg-encoding.ts";
import { randomNumbers } from "../../support/random.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const kernels = new Kernels(MODULES.kernels);
const QUALITIES = [1, 10, 50, 80, 95, 100];
const SIZES = ["1x1", "8x8", "17x33", "128x128", "1x999"].map((text) => {
  const [width = 0, height = 0] = text.split("x").map(Number);
  return { width, height };
});

/** Every pixel is black or white: the largest coefficients there are. */
function twoLevels(seed: number): Raster {
  const next = randomNumbers(seed);
  const size = { width: 64, height: 64 };
  return { size, data: Uint8Array.from({ length: size.width * size.height * 4 }, () => (next() < 0.5 ? 0 : 255)) };
}

/** Blocks that change from the most to the least of one coefficient. */
function wave(place: number): Raster {
  const [u, v] = [place % 8, place >> 3];
  const size = { width: 64, height: 64 };
  const data = Uint8Array.from({ length: size.width * size.height * 4 }, (_, at) => {
    const pixel = at >> 2;
    const [x, y] = [pixel % 64, pixel >> 6];
    const phase = ((x >> 3) + (y >> 3)) % 2 === 0 ? 1 : -1;
    const value = Math.cos(((2 * (x % 8) + 1) * u * Math.PI) / 16) * Math.cos(((2 * (y % 8) + 1) * v * Math.PI) / 16);
    return value * phase > 0 ? 255 : 0;
  });
  return { size, data };
}

const RASTERS: readonly Raster[] = [
  ...(Object.keys(ENCODER_PICTURES) as EncoderPicture[]).flatMap((name) =>
    SIZES.map((size) => encoderPicture(name, size)),
  ),
  ...[1, 2, 3].map(twoLevels),
  ...ZIGZAG.map(wave),
];

describe.each(["standard", "optimised"] as const)(
  "no file is longer than was told, with codes that are %s",
  (huffman) => {
    test.each(QUALITIES)("at quality %i", (quality) => {
      for (const chroma of [{ gray: true }, { fullChroma: true }, {}]) {
        for (const effort of ["fast", "small"] as const) {
          const output = jpegOutput({ huffman, quality, effort, ...chroma });
          for (const raster of RASTERS) {
            kernels.clear();
            const { length } = encodedJpeg(raster, output, { kernels });
            expect(length).toBeLessThanOrEqual(jpegEncoding.mostBytes(raster.size, output));
          }
        }
      }
    });
  },
);

describe("what is told", () => {
  const size = { width: 4032, height: 3024 };
  const bytesAPixel = (quality: number) =>
    jpegEncoding.mostBytes(size, jpegOutput({ quality })) / (size.width * size.height);

  test("is what the energy of a block bounds, not what 63 coefficients of the largest size would take", () => {
    // As these would: 4.2 bytes a pixel at quality 80, and 8.4 at 100. Computed, not measured: the same everywhere.
    expect(bytesAPixel(80)).toBeLessThan(2.7);
    expect(bytesAPixel(100)).toBeLessThan(6.3);
  });

  test("falls with the quality", () => {
    const byQuality = QUALITIES.map(bytesAPixel);
    expect(byQuality).toEqual([...byQuality].sort((one, other) => one - other));
  });
});
