import sharp from "sharp";
import { expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { type CorpusFile, describeCorpus } from "../../support/corpus.ts";
import { pngPixels } from "../../support/pixels.ts";
import { decodePng } from "../../support/png-decoding.ts";
import { pngOf } from "../../support/png-encoding.ts";

function rasterOf(file: CorpusFile): Raster {
  const { width, height, data } = pngPixels(file.read());
  return { size: { width, height }, data: Uint8Array.from(data) };
}

/** libpng's file by way of libvips: level 6, and filters chosen or none. */
async function sharpBytes({ size, data }: Raster, adaptiveFiltering: boolean): Promise<number> {
  const raw = sharp(data, { raw: { ...size, channels: 4 } }).removeAlpha();
  return (await raw.png({ compressionLevel: 6, adaptiveFiltering }).toBuffer()).length;
}

// Source: the bar of the issue: "size within 5 % of sharp's level 6".
describeCorpus("kodak", (files) => {
  test.each(files)(
    "of $name ours is smaller than sharp's, and within 5 % of what it makes with filters",
    async (file) => {
      const raster = rasterOf(file);
      const fast = pngOf(raster, { colour: "rgb", strip: 64 });
      expect(Buffer.compare(decodePng(fast).raster.data, raster.data)).toBe(0);
      expect(fast.length).toBeLessThan(await sharpBytes(raster, false));
      expect(fast.length).toBeLessThan((await sharpBytes(raster, true)) * 1.05);
    },
  );

  test.each(files)(
    "of $name the small one is smaller than the fast one, and than what sharp makes with filters",
    async (file) => {
      const raster = rasterOf(file);
      const small = pngOf(raster, { colour: "rgb", effort: "small", strip: 64 });
      expect(Buffer.compare(decodePng(small).raster.data, raster.data)).toBe(0);
      expect(small.length).toBeLessThan(pngOf(raster, { colour: "rgb" }).length);
      expect(small.length).toBeLessThan(await sharpBytes(raster, true));
    },
  );
});
