import { constants, inflateSync } from "node:zlib";
import type { Raster } from "../../src/pixels/raster.ts";
import { ADAM7, type PngHeader } from "../support/png-bytes.ts";
import { streamOf } from "../support/png-chunks.ts";
import { passesOf } from "../support/png-samples.ts";

/** What there is of a PNG that ends before its end. */
export interface CutPng {
  /** Whole rows that have come: of the picture, or of all its passes one after the other. */
  readonly rows: number;
  /** What is said of it; undefined where no row is missing. */
  readonly says: string | undefined;
  readonly raster: Raster;
}

/** How far apart the pixels are that have come with a pass and before it. Source: PNG (Third Edition), 8.1. */
const APART = [
  [8, 8],
  [4, 8],
  [4, 4],
  [2, 4],
  [2, 2],
  [1, 2],
  [1, 1],
] as const;

/**
 * What is to be shown of a file that was cut off: every pixel of a row that has come whole; in the place of one that has not,
 * of an interlaced picture, the corner of the smallest block about it that has come, and else nothing, or black where there
 * is no nothing.
 *
 * @param whole the picture, if it had not been cut off
 */
export function cutPicture(cut: Uint8Array, header: PngHeader, whole: Raster, alpha: boolean): CutPng {
  const come = rowsThatHaveCome(cut, header);
  const { width, height } = whole.size;
  const from = new Uint32Array(whole.data.buffer, whole.data.byteOffset, width * height);
  const to = new Uint32Array(width * height).fill(alpha ? 0 : 0xff000000);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [shownX, shownY] = header.interlace === 1 ? (cornerOf(x, y, come) ?? []) : y < (come[0] ?? 0) ? [x, y] : [];
      if (shownX !== undefined && shownY !== undefined) to[y * width + x] = from[shownY * width + shownX] ?? 0;
    }
  }
  return {
    rows: come.reduce((sum, rows) => sum + rows, 0),
    says: missing(come, header),
    raster: { size: whole.size, data: new Uint8Array(to.buffer) },
  };
}

/** What is said where rows are missing; undefined where none are. */
function missing(come: readonly number[], header: PngHeader): string | undefined {
  if (header.interlace !== 1) {
    const [rows = 0] = come;
    return rows < header.height ? `the PNG ends after ${rows} of ${header.height} rows` : undefined;
  }
  const pass = come.findIndex((rows, at) => rows < rowsOfPass(at, header));
  return pass < 0 ? undefined : `the PNG ends in pass ${pass + 1} of 7`;
}

/** The smallest block about a pixel whose corner has come. */
function cornerOf(x: number, y: number, come: readonly number[]): readonly [x: number, y: number] | undefined {
  for (const [across, down] of APART.toReversed()) {
    const corner = [x - (x % across), y - (y % down)] as const;
    if (hasCome(...corner, come)) return corner;
  }
  return undefined;
}

/** Of each pixel of eight by eight the pass that it belongs to. */
const PASS_OF = Array.from({ length: 64 }, (_, at) =>
  ADAM7.findIndex(({ x, y, stepX, stepY }) => {
    const [right, below] = [(at % 8) - x, Math.floor(at / 8) - y];
    return right >= 0 && below >= 0 && right % stepX === 0 && below % stepY === 0;
  }),
);

function hasCome(x: number, y: number, come: readonly number[]): boolean {
  const at = PASS_OF[(y % 8) * 8 + (x % 8)] ?? 0;
  const pass = ADAM7[at];
  return pass !== undefined && (y - pass.y) / pass.stepY < (come[at] ?? 0);
}

/** Rows of a pass that has pixels. */
function rowsOfPass(at: number, { width, height }: PngHeader): number {
  const pass = ADAM7[at];
  if (pass === undefined || pass.x >= width || pass.y >= height) return 0;
  return Math.ceil((height - pass.y) / pass.stepY);
}

/** What is to be said of rows of a PNG that are missing; undefined where none are. */
export function missingRows(cut: Uint8Array, header: PngHeader): string | undefined {
  return missing(rowsThatHaveCome(cut, header), header);
}

/** Whole rows that have come: of the picture, or of each of the seven passes. */
export function rowsThatHaveCome(cut: Uint8Array, header: PngHeader): readonly number[] {
  let { length } = inflatedSoFar(streamOf(cut, "cut"));
  const filled = passesOf(header).map(({ rows, rowBytes }) => {
    const come = Math.min(rows, Math.floor(length / (1 + rowBytes)));
    length -= rows * (1 + rowBytes);
    return Math.max(0, come);
  });
  if (header.interlace !== 1) return filled;
  // Passes without pixels have no rows to come.
  return ADAM7.map((_, at) => (rowsOfPass(at, header) === 0 ? 0 : (filled.shift() ?? 0)));
}

/** All that zlib can make of a stream that has not come whole. */
export function inflatedSoFar(stream: Uint8Array): Uint8Array {
  return stream.length === 0 ? stream : inflateSync(stream, { finishFlush: constants.Z_SYNC_FLUSH });
}
