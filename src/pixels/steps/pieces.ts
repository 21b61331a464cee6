import type { Rect, Size } from "../../plan/size.ts";
import type { Raster } from "../raster.ts";

/** Stretches of pixels of a raster, one a row, that fit into a block: as many rows of one length as they are. */
export interface Piece {
  /** The first pixel of the first stretch; the others lie below it. */
  readonly at: number;
  readonly length: number;
  readonly rows: number;
}

/**
 * A part of a raster in pieces of at most `most` pixels, from its top.
 *
 * Where rows are as long as the raster's, one behind the other, they are a single long one.
 */
export function* piecesOf(size: Size, within: Rect, most: number): Generator<Piece, void, undefined> {
  const isWhole = within.width === size.width;
  const length = isWhole ? within.width * within.height : within.width;
  const rows = isWhole ? 1 : within.height;
  const atOnce = Math.max(1, Math.floor(most / Math.max(1, length)));
  for (let row = 0; row < rows; row += atOnce) {
    for (let from = 0; from < length; from += most) {
      const at = (within.y + row) * size.width + within.x + from;
      yield { at, length: Math.min(most, length - from), rows: Math.min(atOnce, rows - row) };
    }
  }
}

/** Copies a piece of the raster, its rows one behind the other. */
export function copyPieceInto(block: Uint8Array, { size, data }: Raster, { at, length, rows }: Piece): void {
  for (let row = 0; row < rows; row++) {
    const from = (at + row * size.width) * 4;
    block.set(data.subarray(from, from + length * 4), row * length * 4);
  }
}

/** Copies it back. */
export function placePieceInto({ size, data }: Raster, block: Uint8Array, { at, length, rows }: Piece): void {
  for (let row = 0; row < rows; row++) {
    data.set(block.subarray(row * length * 4, (row + 1) * length * 4), (at + row * size.width) * 4);
  }
}
