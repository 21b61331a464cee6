import type { Kernels } from "../../pixels/kernels.ts";
import type { Raster } from "../../pixels/raster.ts";
import type { Output } from "../../plan/output.ts";
import { pngEncoding } from "./encoder.ts";

/** Pieces, as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

/** The file of a raster, for who wants all of it at once. */
export function wholePng({ size, data }: Raster, output: Output<"png">, kernels: Kernels): Uint8Array<ArrayBuffer> {
  const rows = pngEncoding.make(kernels, size, output);
  return joined([...rows.push(data), ...rows.end()]);
}
