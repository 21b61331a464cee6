import { PNG } from "pngjs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { pngEncoding } from "../../../src/codec/png-encoder/encoder.ts";
import { OutOfMemory } from "../../../src/pixels/out-of-memory.ts";
import { noise } from "../../support/pictures.ts";
import { decodePng } from "../../support/png-decoding.ts";
import { PNG_COLOURS, pngOf, pngOutput, storedAs } from "../../support/png-encoding.ts";
import { StuntedKernels } from "../../support/stunted-kernels.ts";

describe.each([
  [65_500, 40],
  [40, 65_500],
])("the longest sides there are: %i × %i", (width, height) => {
  const raster = noise({ width, height }, 5, false);

  test.each(PNG_COLOURS)("%s is read bit for bit by ours, pngjs and libpng", async (colour) => {
    const file = pngOf(raster, { colour, strip: 64 });
    const wanted = storedAs(raster, colour);
    expect(Buffer.compare(decodePng(file).raster.data, wanted.data)).toBe(0);
    expect(Buffer.compare(PNG.sync.read(Buffer.from(file)).data, wanted.data)).toBe(0);
    const { info } = await sharp(file, { limitInputPixels: false }).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width, height });
  });
});

test("memory that cannot grow is a clean refusal before any piece of the file, whichever block there is no room for", () => {
  const output = pngOutput({ colour: "rgb", effort: "small" });
  let refusals = 0;
  for (; ; refusals++) {
    try {
      pngEncoding.make(new StuntedKernels(refusals), { width: 65_500, height: 1 }, output);
      break;
    } catch (cause) {
      expect(cause).toBeInstanceOf(OutOfMemory);
    }
  }
  expect(refusals).toBeGreaterThan(10);
});
