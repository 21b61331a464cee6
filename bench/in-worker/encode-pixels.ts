import type { Raster } from "../../src/pixels/raster.ts";
import type { Output } from "../../src/plan/output.ts";
import type { EncodePixels } from "../ours-encoding.ts";

/** What encoding took, once. */
export interface Encoded {
  readonly ms: number;
  /** Of the file. */
  readonly bytes: number;
}

/** Encodes the same pixels so many times: what one of them took, and the pieces of the last file. */
export async function timedEncoding(
  encode: EncodePixels,
  raster: Raster,
  { output, times }: { readonly output: Output; readonly times: number },
): Promise<Encoded & { readonly pieces: readonly Uint8Array<ArrayBuffer>[] }> {
  let pieces: readonly Uint8Array<ArrayBuffer>[] = [];
  const started = performance.now();
  for (let time = 0; time < times; time++) pieces = await encode(raster, output);
  const ms = (performance.now() - started) / times;
  return { ms, bytes: pieces.reduce((sum, { length }) => sum + length, 0), pieces };
}
