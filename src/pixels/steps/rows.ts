import type { Rect, Size } from "../../plan/size.ts";
import { blockBytes, type Kernels } from "../kernels.ts";
import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";

/** Pixels of a band, which stays in the processor's cache between being copied in, changed and copied back. */
const BAND_PIXELS = 16_384;
const PIXEL = 4;

/**
 * Changes the pixels of a part of the raster where they lie, each for itself: bands of its rows are copied into the memory
 * of the kernels, changed there, and copied back.
 *
 * @param change is given the byte address of RGBA8 pixels, and how many there are
 */
export function* changeRowsInto(
  kernels: Kernels,
  raster: Raster,
  within: Rect,
  change: (address: number, count: number) => void,
): Work {
  const band = bandOf(within);
  const address = kernels.reserve(bandBytes(within));
  for (let row = 0; row < within.height; row += band.height) {
    for (let column = 0; column < within.width; column += band.width) {
      const part = {
        x: within.x + column,
        y: within.y + row,
        width: Math.min(band.width, within.width - column),
        height: Math.min(band.height, within.height - row),
      };
      const count = part.width * part.height;
      copyIntoBlock(kernels.bytesAt(address, count * PIXEL), raster, part);
      change(address, count);
      copyFromBlock(kernels.bytesAt(address, count * PIXEL), raster, part);
      yield count * PIXEL;
    }
  }
}

/** Bytes of the arena that a band of such a part takes. */
export function bandBytes(within: Size): number {
  const { width, height } = bandOf(within);
  return blockBytes(width * height * PIXEL);
}

/** As many whole rows as a band holds, at least one; of a row that is longer, a part. */
export function bandOf({ width, height }: Size): Size {
  const columns = Math.min(width, BAND_PIXELS);
  const rows = Math.max(1, Math.floor(BAND_PIXELS / Math.max(1, columns)));
  return { width: columns, height: Math.min(height, rows) };
}

/** Copies a part of the raster, row behind row. */
export function copyIntoBlock(block: Uint8Array, raster: Raster, part: Rect): void {
  eachRun(raster, part, (run, at) => block.set(run, at));
}

function copyFromBlock(block: Uint8Array, raster: Raster, part: Rect): void {
  eachRun(raster, part, (run, at) => run.set(block.subarray(at, at + run.length)));
}

/** The pixels of a part that lie behind one another in the raster: its rows, or all of them where they are whole. */
function eachRun({ size, data }: Raster, part: Rect, take: (run: Uint8Array, at: number) => void): void {
  const rows = part.width === size.width ? part.height : 1;
  const bytes = part.width * rows * PIXEL;
  for (let row = 0; row < part.height; row += rows) {
    const start = ((part.y + row) * size.width + part.x) * PIXEL;
    take(data.subarray(start, start + bytes), row * part.width * PIXEL);
  }
}
