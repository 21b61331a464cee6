import type { CodecUse } from "../../plan/craft.ts";
import type { Output } from "../../plan/output.ts";
import { pixelCount, type Size } from "../../plan/size.ts";
import type { RasterEncoder } from "../encoder.ts";
import { pngEncoding, WORST_MS } from "../png-encoder/encoder.ts";
import { paletteFile, paletteFileMemory, paletteFileMs } from "../png-encoder/png8.ts";
import { wholePng } from "../png-encoder/whole-file.ts";
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
 * Writes colours by the png crate, or by ourselves in a palette, whichever is smaller, and gray by ourselves, since the
 * crate, as it is bound here, writes RGBA only; or either by oxipng, which chooses palettes itself.
 */
export function squooshPngEncoding(
  { squooshPng, oxipng }: { readonly squooshPng: WebAssembly.Module; readonly oxipng: WebAssembly.Module },
  shelf: Shelf,
): RasterEncoder<"squooshPng"> {
  const crate = new Reusable("squooshPng", async () => new SquooshPng(squooshPng), shelf);
  const optimiser = new Reusable("oxipng", async () => new Oxipng(oxipng), shelf);
  return {
    takes: "raster",
    limits: { maxSide: 2 ** 31 - 1, maxPixels: MAX_PIXELS },
    blockingMs: (size, output) => ownMs(size, output) + (pixelCount(size) * othersMs(output)) / 1e6,
    memory(size, output) {
      const uses = codecUse(size, output);
      const own = ownMemory(size, output);
      return { kernels: own.kernels, beside: own.beside + (uses?.bytes ?? 0), uses };
    },
    async encode(raster, output, kernels) {
      const { gray, oxipngLevel, dpi } = output;
      if (gray) {
        const file = wholePng(raster, grayOutput(output), kernels);
        return oxipngLevel === 0 ? file : optimiser.use((oxi) => oxi.optimise(file, oxipngLevel));
      }
      if (oxipngLevel > 0) return optimiser.use((oxi) => oxi.encode(raster, oxipngLevel, dpi));
      const { width, height } = raster.size;
      const file = await crate.use((png) => png.encode(raster.data, width, height, dpi));
      const inPalette = paletteFile(raster, { dpi, effort: OWN_EFFORT }, kernels);
      return inPalette !== undefined && inPalette.length < file.length ? inPalette : file;
    },
  };
}

const OWN_EFFORT = "small";

/** What is held for what we write ourselves: gray in pieces and as a file. */
function ownMemory(size: Size, output: Output<"squooshPng">): { readonly kernels: number; readonly beside: number } {
  if (output.gray) {
    const gray = grayOutput(output);
    const { kernels, beside } = pngEncoding.memory(size, gray);
    return { kernels, beside: beside + 2 * pngEncoding.mostBytes(size, gray) };
  }
  return output.oxipngLevel === 0 ? paletteFileMemory(size, OWN_EFFORT) : { kernels: 0, beside: 0 };
}

function grayOutput({ gray: _, oxipngLevel: __, ...all }: Output<"squooshPng">): Output<"png"> {
  return { ...all, encoder: "png", colour: all.alpha ? "grayAlpha" : "gray", effort: OWN_EFFORT };
}

/** Milliseconds of what we write ourselves, all at once. */
function ownMs(size: Size, output: Output<"squooshPng">): number {
  if (output.gray) return (pngEncoding.mostBytes(size, grayOutput(output)) * WORST_MS[OWN_EFFORT]) / 1e6;
  return output.oxipngLevel === 0 ? paletteFileMs(size, OWN_EFFORT) : 0;
}

/** Milliseconds a megapixel. */
function othersMs({ gray, oxipngLevel }: Output<"squooshPng">): number {
  if (oxipngLevel === 0) return gray ? 0 : CRATE_MS;
  return OXIPNG_MS[oxipngLevel] ?? Number.POSITIVE_INFINITY;
}

/** Gray is written by ourselves, and gone over by oxipng. */
function codecUse(size: Size, { gray, oxipngLevel }: Output<"squooshPng">): CodecUse | undefined {
  if (gray && oxipngLevel === 0) return undefined;
  const { fresh, aPixel } = oxipngLevel === 0 ? CRATE_BYTES : OXIPNG_BYTES;
  const codec = oxipngLevel === 0 ? "squooshPng" : "oxipng";
  return { codec, bytes: fresh + Math.ceil(pixelCount(size) * aPixel) };
}
