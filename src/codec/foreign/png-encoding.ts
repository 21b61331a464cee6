import type { CodecUse } from "../../plan/craft.ts";
import type { Output } from "../../plan/output.ts";
import { pixelCount, type Size } from "../../plan/size.ts";
import type { Encoder } from "../encoder.ts";
import { encodeGrayPng, grayPngBytes } from "./gray-png.ts";
import { Oxipng } from "./oxipng.ts";
import { Reusable, type Shelf } from "./reusable.ts";
import { SquooshPng } from "./squoosh-png.ts";

const MAX_PIXELS = 16_000_000;

/** Measured at 45 ms a megapixel; rounded up for slower machines. */
const CRATE_MS = 80;
/**
 * Milliseconds a megapixel that oxipng takes, by its level, measured on what was seen to take longest: a photograph of
 * sixteen levels a channel whose alpha is one of its colours. Photographs take less than half of it, noise a fifth.
 */
const OXIPNG_MS = [0, 1200, 2100, 7000, 9600, 19_000, 22_000];

/**
 * Bytes of memory, the finished file included, measured on noise: what a codec begins with, and a pixel more. oxipng begins with
 * less where the picture is small.
 */
const CRATE_BYTES = { fresh: 1_200_000, aPixel: 31.5 };
const OXIPNG_BYTES = { fresh: 21_500_000, aPixel: 31 };

/**
 * Writes colours by the png crate and gray by ourselves, since the crate, as it is bound here, writes RGBA only; or either
 * by oxipng.
 */
export function pngEncoding(
  { squooshPng, oxipng }: { readonly squooshPng: WebAssembly.Module; readonly oxipng: WebAssembly.Module },
  shelf: Shelf,
): Encoder<"png"> {
  const crate = new Reusable("squooshPng", async () => new SquooshPng(squooshPng), shelf);
  const optimiser = new Reusable("oxipng", async () => new Oxipng(oxipng), shelf);
  return {
    limits: { maxSide: 2 ** 31 - 1, maxPixels: MAX_PIXELS },
    blockingMs: (size, { oxipngLevel }) => (pixelCount(size) * (CRATE_MS + oxipngMs(oxipngLevel))) / 1e6,
    memory: (size, output) => (output.gray ? grayPngBytes(size, output) : 0) + (codecUse(size, output)?.bytes ?? 0),
    uses: codecUse,
    async encode(raster, output) {
      const { gray, oxipngLevel, dpi } = output;
      if (gray) {
        const file = await encodeGrayPng(raster, output);
        return oxipngLevel === 0 ? file : optimiser.use((oxi) => oxi.optimise(file, oxipngLevel));
      }
      if (oxipngLevel > 0) return optimiser.use((oxi) => oxi.encode(raster, oxipngLevel, dpi));
      return crate.use((png) => png.encode(raster.data, raster.size.width, raster.size.height, dpi));
    },
  };
}

function oxipngMs(level: number): number {
  return OXIPNG_MS[level] ?? Number.POSITIVE_INFINITY;
}

/** Gray is written by ourselves, and gone over by oxipng. */
function codecUse(size: Size, { gray, oxipngLevel }: Output<"png">): CodecUse | undefined {
  if (gray && oxipngLevel === 0) return undefined;
  const { fresh, aPixel } = oxipngLevel === 0 ? CRATE_BYTES : OXIPNG_BYTES;
  const codec = oxipngLevel === 0 ? "squooshPng" : "oxipng";
  return { codec, bytes: fresh + Math.ceil(pixelCount(size) * aPixel) };
}
