import { pngDecoding } from "../../src/codec/png/decoder.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import { filledRaster, type Raster } from "../../src/pixels/raster.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { turned } from "../../src/plan/orientation.ts";
import type { Rect } from "../../src/plan/size.ts";
import { factsOf } from "./sniffing.ts";
import { MODULES } from "./wasm-modules.ts";

export interface PngDecoded {
  /** The pixels that were wanted, and no others. */
  readonly raster: Raster;
  readonly warnings: readonly string[];
  readonly steps: number;
  /** Bytes that had been pushed when the last strip came. */
  readonly pushed: number;
  /** The strips that had no rows. */
  readonly pauses: number;
}

export interface PngAsked {
  /** The whole picture where nothing else is said. */
  readonly wanted?: Rect;
  readonly chunkBytes?: number;
  /** What the decoder is told of the file, if not what is true. */
  readonly facts?: SourceFacts;
  readonly kernels?: Kernels;
}

/** More pieces of work than a picture of tests has. */
const MANY = 100_000;

/**
 * Decodes as the renderer does: pushes chunks, each of which is spoilt when there is nothing more to pull, and overwrites
 * each strip before the next one. It stops reading when it has what is wanted.
 *
 * @throws Error, which is no Fault, where the strips do not cover just what is wanted, once, from the top
 */
export function decodePng(file: Uint8Array, asked: PngAsked = {}): PngDecoded {
  const { chunkBytes = 65_536, facts = factsOf(file), kernels = new Kernels(MODULES.kernels) } = asked;
  const wanted = asked.wanted ?? { x: 0, y: 0, ...turned(facts.size, facts.orientation) };
  const decoder = pngDecoding.make(kernels, facts, file.length, { shrink: 1, wanted });
  const raster = filledRaster({ width: wanted.width, height: wanted.height }, undefined);
  let next = 0;
  let [pushed, pauses] = [0, 0];
  const drain = () => {
    for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) {
      const { x, y, width, rows, address, stride } = strip;
      if (rows === 0 && ++pauses < MANY) continue;
      const fits = x === wanted.x && width === wanted.width && y === wanted.y + next && next + rows <= wanted.height;
      if (!fits || rows < 1 || rows > 4) throw new Error(`a strip ${JSON.stringify(strip)} behind row ${next}`);
      for (let row = 0; row < rows; row++) {
        const pixels = kernels.bytesAt(address + row * stride, width * 4);
        raster.data.set(pixels, (next + row) * width * 4);
        pixels.fill(0x5e);
      }
      next += rows;
    }
    return next === wanted.height;
  };
  for (let isDone = false; pushed < file.length && !isDone; ) {
    const chunk = file.slice(pushed, pushed + chunkBytes);
    decoder.push(chunk);
    pushed += chunk.length;
    isDone = drain();
    chunk.fill(0x5e);
  }
  if (next < wanted.height) {
    void decoder.end();
    if (!drain()) throw new Error(`the strips end at row ${next}`);
  }
  return { raster, warnings: decoder.warnings, steps: decoder.steps, pushed, pauses };
}
