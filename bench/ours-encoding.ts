import { type CodecModules, codecsOf } from "../src/codec/codecs.ts";
import type { Encoders } from "../src/codec/encoder.ts";
import type { Kernels } from "../src/pixels/kernels.ts";
import { KernelPool } from "../src/pixels/pool.ts";
import type { Raster } from "../src/pixels/raster.ts";
import type { Encoding, Output } from "../src/plan/output.ts";

/** Rows that an encoder gets at once, as a render gives them. */
const ROWS_AT_ONCE = 64;

/** Gives the pieces of a file. */
export type EncodePixels = (raster: Raster, output: Output) => Promise<readonly Uint8Array<ArrayBuffer>[]>;

type OurModules = CodecModules & { readonly kernels: WebAssembly.Module };

/** Our encoders on pixels that lie in memory, in kernels that the pool lends: as a render has them, but without its pauses. */
export function ourEncoding(modules: OurModules): EncodePixels {
  const { encoders } = codecsOf(modules);
  const pool = new KernelPool(modules.kernels);
  return (raster, output) => pool.lend((kernels) => piecesOf(encoders, raster, output, kernels));
}

async function piecesOf<Kind extends Encoding>(
  encoders: Encoders,
  raster: Raster,
  output: Output<Kind>,
  kernels: Kernels,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const encoder = encoders[output.encoder];
  if (encoder.takes === "raster") return [await encoder.encode(raster, output, kernels)];
  const rows = encoder.make(kernels, raster.size, output);
  const bytesAtOnce = raster.size.width * 4 * ROWS_AT_ONCE;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < raster.data.length; at += bytesAtOnce) {
    for (const piece of rows.push(raster.data.subarray(at, at + bytesAtOnce))) pieces.push(piece);
  }
  for (const piece of rows.end()) pieces.push(piece);
  return pieces;
}
