import type { DecoderMaker } from "../../src/codec/decoder.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import { filledRaster, placeRowInto, type Raster } from "../../src/pixels/raster.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { courseOf, turned } from "../../src/plan/orientation.ts";
import { rowOf } from "./pictures.ts";
import { MODULES } from "./wasm-modules.ts";

export interface Decoded {
  /** Where each strip lay that had rows. */
  readonly strips: readonly { readonly y: number; readonly rows: number }[];
  /** The whole picture, as it lies in its file. */
  readonly raster: Raster;
}

/** More strips without rows than any picture of a test has: pulling would never end. */
const MANY = 100_000;

/**
 * Decodes a whole file at its full size as the renderer does: pushes chunks, pulls strips whenever there are some, copies
 * each row, and overwrites it before the next one.
 *
 * @throws Error, which is no Fault, where the strips do not cover the picture exactly once, from the top
 */
export async function decode(
  maker: DecoderMaker,
  facts: SourceFacts,
  file: Uint8Array,
  chunkBytes = file.length,
  kernels = new Kernels(MODULES.kernels),
): Promise<Decoded> {
  const size = turned(facts.size, facts.orientation);
  const wanted = { x: 0, y: 0, ...size };
  const decoder = maker.make(kernels, facts, file.length, { shrink: 1, wanted });
  const raster = filledRaster(size, undefined);
  const strips: { y: number; rows: number }[] = [];
  let next = 0;
  let empty = 0;
  const drain = () => {
    for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) {
      const { x, y, width, rows, address, stride } = strip;
      if (rows === 0) {
        if (++empty > MANY) throw new Error("strips without rows, and no end of them");
        continue;
      }
      if (x !== 0 || y !== next || width !== size.width || y + rows > size.height) {
        throw new Error(`a strip of ${width} × ${rows} pixels at ${x}, ${y}, behind row ${next}`);
      }
      for (let row = 0; row < rows; row++) {
        const pixels = kernels.bytesAt(address + row * stride, width * 4);
        raster.data.set(pixels.subarray(0, width * 4), (y + row) * width * 4);
        pixels.fill(0x5e);
      }
      strips.push({ y, rows });
      next += rows;
    }
  };
  for (let at = 0; at < file.length; at += chunkBytes) {
    const chunk = file.slice(at, at + chunkBytes);
    decoder.push(chunk);
    drain();
    chunk.fill(0x5e);
  }
  await decoder.end();
  drain();
  if (next !== size.height) throw new Error(`the strips end at row ${next}`);
  return { strips, raster };
}

/** A decoded picture, laid row by row as the renderer lays it. */
export function laidUpright(file: Raster, { size, orientation }: SourceFacts): Raster {
  const raster = filledRaster(size, undefined);
  for (let y = 0; y < file.size.height; y++) {
    placeRowInto(raster, rowOf(file, y), courseOf(y, file.size, orientation));
  }
  return raster;
}
