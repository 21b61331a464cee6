import type { CodecUse } from "../../plan/craft.ts";
import { type Output, pngColour } from "../../plan/output.ts";
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
 * Writes colours by ourselves, with a palette and without one, and by the png crate, and keeps the smallest of them; gray by
 * ourselves alone, since the crate, as it is bound here, writes RGBA only; or either by oxipng, which chooses palettes itself.
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
        const file = wholePng(raster, ownOutput(output), kernels);
        return oxipngLevel === 0 ? file : optimiser.use((oxi) => oxi.optimise(file, oxipngLevel));
      }
      if (oxipngLevel > 0) return optimiser.use((oxi) => oxi.encode(raster, oxipngLevel, dpi));
      const { width, height } = raster.size;
      const own = wholePng(raster, ownOutput(output), kernels);
      kernels.clear();
      const inPalette = paletteFile(raster, { dpi, effort: OWN_EFFORT }, kernels);
      const best = inPalette !== undefined && inPalette.length < own.length ? inPalette : own;
      const file = await crate.use((png) => png.encode(raster.data, width, height, dpi));
      return file.length < best.length ? file : best;
    },
  };
}

const OWN_EFFORT = "small";

/** Whether there is a file of our own: without oxipng, or for it where it is gray. */
function isOwn({ gray, oxipngLevel }: Output<"squooshPng">): boolean {
  return gray || oxipngLevel === 0;
}

/** What is held for what we write ourselves: in pieces and as a file, and in a palette beside the file without one. */
function ownMemory(size: Size, output: Output<"squooshPng">): { readonly kernels: number; readonly beside: number } {
  if (!isOwn(output)) return { kernels: 0, beside: 0 };
  const plain = ownOutput(output);
  const { kernels, beside } = pngEncoding.memory(size, plain);
  const file = pngEncoding.mostBytes(size, plain);
  const inPalette = output.gray ? { kernels: 0, beside: 0 } : paletteFileMemory(size);
  return {
    kernels: Math.max(kernels, inPalette.kernels),
    beside: file + Math.max(beside + file, inPalette.beside),
  };
}

function ownOutput({ gray, oxipngLevel: _, ...all }: Output<"squooshPng">): Output<"png"> {
  return { ...all, encoder: "png", colour: pngColour(gray, all.alpha), effort: OWN_EFFORT };
}

/** Milliseconds of what we write ourselves, all at once. */
function ownMs(size: Size, output: Output<"squooshPng">): number {
  if (!isOwn(output)) return 0;
  const plainMs = (pngEncoding.mostBytes(size, ownOutput(output)) * WORST_MS[OWN_EFFORT]) / 1e6;
  return plainMs + (output.gray ? 0 : paletteFileMs(size, OWN_EFFORT));
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
