import type { Encoders } from "../../src/codec/encoder.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Encoding, Output } from "../../src/plan/output.ts";
import { MODULES } from "./wasm-modules.ts";

/**
 * The file of a raster, made in kernels of its own.
 *
 * @param strip rows that are given at once to an encoder that takes rows
 */
export async function encode<Kind extends Encoding>(
  encoders: Encoders,
  raster: Raster,
  output: Output<Kind>,
  { strip = raster.size.height, kernels = new Kernels(MODULES.kernels) } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = encoders[output.encoder];
  if (encoder.takes === "raster") return encoder.encode(raster, output, kernels);
  const rows = encoder.make(kernels, raster.size, output);
  const bytesOfStrip = raster.size.width * 4 * strip;
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < raster.data.length; at += bytesOfStrip) {
    pieces.push(...rows.push(raster.data.subarray(at, at + bytesOfStrip)));
  }
  pieces.push(...rows.end());
  return Uint8Array.from(Buffer.concat(pieces));
}
