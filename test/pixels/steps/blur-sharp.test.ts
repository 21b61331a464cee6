import sharp from "sharp";
import { describe, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { blurInto } from "../../../src/pixels/steps/blur.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { changed } from "../../support/in-place.ts";
import { expectNearPicture } from "../../support/near.ts";
import { picture, ramps } from "../../support/pictures.ts";
import { wholeOf } from "../../support/resampling.ts";

const kernels = roomyKernels();
const size = { width: 300, height: 200 };

/** The blur of libvips, in floats; it ends where a weight is a hundredth of the largest, after three standard deviations. */
async function blurredBySharp({ size, data }: Raster, sigma: number): Promise<Raster> {
  const pixels = await sharp(data, { raw: { ...size, channels: 4 } })
    .blur({ sigma, precision: "float", minAmplitude: 0.01 })
    .raw()
    .toBuffer();
  return { size, data: Uint8Array.from(pixels) };
}

const PICTURES: readonly (readonly [name: string, raster: Raster])[] = [
  ["ramps", ramps(size)],
  [
    "edges",
    picture(size, (x, y) => {
      const [tile, disc] = [(Math.floor(x / 40) + Math.floor(y / 40)) % 2, Math.hypot(x - 150, y - 100) < 70];
      return [tile ? 255 : 0, disc ? 255 : 30, x % 2 ? 255 : 0, 255];
    }),
  ],
];

describe.each(PICTURES)("%s are blurred as sharp blurs them, to two levels", (_, raster) => {
  test.each([0.5, 1, 2, 5, 10])("with a standard deviation of %f", async (sigma) => {
    const step = { step: "blur", within: wholeOf(raster), sigma: { x: sigma, y: sigma } } as const;
    const ours = changed(kernels, raster, (copy) => blurInto(kernels, copy, step));
    expectNearPicture(ours, await blurredBySharp(raster, sigma), 2);
  });
});
