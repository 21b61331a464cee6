import { type JpegExtras, jpegEncoding } from "../../src/codec/jpeg-encoder/encoder.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Output } from "../../src/plan/output.ts";
import { MODULES } from "./wasm-modules.ts";

export function jpegOutput(options: Partial<Output<"jpeg">> = {}): Output<"jpeg"> {
  return {
    ...{
      encoder: "jpeg",
      mime: "image/jpeg",
      alpha: false,
      dpi: undefined,
      quality: 80,
      fullChroma: false,
      gray: false,
    },
    ...{ scans: "sequential", huffman: "standard", effort: "fast", mostBytes: undefined },
    ...options,
  };
}

export interface EncodingAsked extends JpegExtras {
  readonly kernels?: Kernels;
  /** Rows that are given at once. */
  readonly strip?: number;
}

/** The pieces of the file of a raster. The caller clears the kernels. */
export function jpegPieces(
  { size, data }: Raster,
  output: Output<"jpeg">,
  { kernels = new Kernels(MODULES.kernels), strip = size.height, ...extras }: EncodingAsked = {},
): readonly Uint8Array[] {
  const encoder = jpegEncoding.make(kernels, size, output, extras);
  const bytes = size.width * 4 * strip;
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += bytes) pieces.push(...encoder.push(data.subarray(at, at + bytes)));
  pieces.push(...encoder.end());
  return pieces;
}

export function encodedJpeg(
  raster: Raster,
  output: Output<"jpeg">,
  asked: EncodingAsked = {},
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(jpegPieces(raster, output, asked)));
}
