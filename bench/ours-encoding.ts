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
  return async (raster, output) => {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for await (const piece of pool.lendTo((kernels) => piecesOf(encoders, raster, output, kernels))) pieces.push(piece);
    return pieces;
  };
}

async function* piecesOf<Kind extends Encoding>(
  encoders: Encoders,
  raster: Raster,
  output: Output<Kind>,
  kernels: Kernels,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const encoder = encoders[output.encoder];
  if (encoder.takes === "raster") {
    yield await encoder.encode(raster, output, kernels);
    return;
  }
  const rows = encoder.make(kernels, raster.size, output);
  const bytesAtOnce = raster.size.width * 4 * ROWS_AT_ONCE;
  for (let at = 0; at < raster.data.length; at += bytesAtOnce) {
    yield* rows.push(raster.data.subarray(at, at + bytesAtOnce));
  }
  yield* rows.end();
}
