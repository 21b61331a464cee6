import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import type { Raster } from "../../pixels/raster.ts";
import { LONGEST_SIDE } from "../../plan/limits.ts";
import type { Effort, Output } from "../../plan/output.ts";
import { pixelCount, type Size } from "../../plan/size.ts";
import type { RasterEncoder } from "../encoder.ts";
import { joined } from "../joined.ts";
import { rowBytes } from "../png/colours.ts";
import type { PngHeader } from "../png/header.ts";
import { DATA_CHUNKS_BYTES, DataChunks } from "./data-chunks.ts";
import { DEFLATION_BYTES, Deflation } from "./deflation.ts";
import { BESIDE_BYTES, mostFileBytes, WORST_MS } from "./encoder.ts";
import { headOf, iend } from "./head.ts";
import { isOpaque, type Palette, paletteOf, pixelsOf } from "./palette.ts";

/** Milliseconds a megapixel that finding the colours and their numbers takes: measured at 20, rounded up for slower machines. */
const COLOURS_MS = 50;

/**
 * PNG of a palette: the colours of the picture, at most 256 with their alphas, in as few bits a pixel as suffice. Rows are
 * not filtered: neighbours in a palette have nothing to do with one another. Source: PNG (Third Edition), 11.2.2, 12.7.
 */
export const png8Encoding: RasterEncoder<"png8"> = {
  takes: "raster",
  limits: { maxSide: LONGEST_SIDE, maxPixels: LONGEST_SIDE ** 2 },
  blockingMs: (size, { effort }) => paletteFileMs(size, effort),
  memory: (size) => paletteFileMemory(size),
  async encode(raster, output, kernels) {
    const file = paletteFile(raster, output, kernels);
    if (file === undefined) throw new TypeError("a picture of more than 256 colours");
    return file;
  },
};

/** Milliseconds that `paletteFile` takes at its worst. */
export function paletteFileMs(size: Size, effort: Effort): number {
  return (pixelCount(size) * (COLOURS_MS + WORST_MS[effort])) / 1e6;
}

/** Bytes that `paletteFile` holds at most: its file twice, in pieces and as a whole. */
export function paletteFileMemory(size: Size): { readonly kernels: number; readonly beside: number } {
  const bytes = 1 + rowBytes(headerFor(size, 8), size.width);
  return {
    kernels: blockBytes(bytes) + DEFLATION_BYTES + DATA_CHUNKS_BYTES,
    beside: 2 * mostFileBytes(size.height * bytes) + TABLES_BYTES + BESIDE_BYTES,
  };
}

/** Of the colours, sorted and not. */
const TABLES_BYTES = 32_768;

/** A file of the same pixels with a palette; undefined for a picture of more than 256 colours. */
export function paletteFile(
  raster: Raster,
  { dpi, effort }: Pick<Output<"png8">, "dpi" | "effort">,
  kernels: Kernels,
): Uint8Array<ArrayBuffer> | undefined {
  const palette = paletteOf(raster);
  if (palette === undefined) return undefined;
  const header = headerFor(raster.size, palette.depth);
  return joined([
    headOf({ header, dpi, palette: coloursOf(palette), transparency: alphasOf(palette) }),
    ...dataOf(raster, palette, rowBytes(header, raster.size.width), effort, kernels),
    iend(),
  ]);
}

function* dataOf(raster: Raster, palette: Palette, bytes: number, effort: Effort, kernels: Kernels) {
  const pixels = pixelsOf(raster);
  const { width, height } = raster.size;
  // Its first byte is the filter type None.
  const row = kernels.reserve(1 + bytes);
  const deflation = new Deflation(kernels, effort);
  const chunks = new DataChunks(kernels);
  for (let y = 0; y < height; y++) {
    indexInto(kernels.bytesAt(row + 1, bytes), pixels.subarray(y * width, (y + 1) * width), palette);
    for (const piece of deflation.push(row, 1 + bytes)) yield* chunks.take(piece);
  }
  for (const piece of deflation.end()) yield* chunks.take(piece);
  yield* chunks.end();
}

/** The numbers of colours, the first pixel in the highest bits of a byte. Source: PNG (Third Edition), 7.2. */
function indexInto(row: Uint8Array, pixels: Uint32Array, { depth, numberOf }: Palette): void {
  const perByte = 8 / depth;
  let last = -1;
  let number = 0;
  for (let at = 0, pixel = 0; at < row.length; at++) {
    let byte = 0;
    for (let place = 0; place < perByte; place++, pixel++) {
      // Behind the last pixel of a row are zeros.
      const colour = pixels[pixel];
      if (colour !== undefined && colour !== last) number = numberOf(colour);
      if (colour !== undefined) last = colour;
      byte = (byte << depth) | (colour === undefined ? 0 : number);
    }
    row[at] = byte;
  }
}

function headerFor(size: Size, depth: Palette["depth"]): PngHeader {
  return { size, depth, colourType: 3, interlaced: false };
}

/** The content of PLTE. */
function coloursOf({ colours }: Palette): Uint8Array {
  return Uint8Array.from([...colours].flatMap((colour) => [colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255]));
}

/** The content of tRNS: of the colours that are not opaque, which are the first. */
function alphasOf({ colours }: Palette): Uint8Array {
  return Uint8Array.from(
    colours.filter((colour) => !isOpaque(colour)),
    (colour) => colour >>> 24,
  );
}
