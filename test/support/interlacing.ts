import { Adam7Rows, adam7Boxes } from "../../src/codec/png/adam7.ts";
import { Adam7Frame } from "../../src/codec/png/adam7-frame.ts";
import { Adam7Grid } from "../../src/codec/png/adam7-grid.ts";
import { adam7Passes } from "../../src/codec/png/adam7-passes.ts";
import { FROM_PIXELS, FROM_SUMS, TO_PIXELS } from "../../src/pixels/ends.ts";
import type { Kernels } from "../../src/pixels/kernels.ts";
import { needsOf } from "../../src/pixels/needs.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { stageOf } from "../../src/pixels/resampler.ts";
import type { Resampling } from "../../src/pixels/resampling.ts";
import type { Strip } from "../../src/pixels/strip.ts";

/** Pixels of a row of a pass as they stand in the file. */
interface PassRow {
  readonly pass: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

/** The rows of all passes, in the order of the file. */
function* passRows({ size, data }: Raster): Generator<PassRow> {
  for (const pass of adam7Passes(size)) {
    for (let y = pass.y; y < size.height; y += pass.stepY) {
      const pixels = new Uint8Array(pass.width * 4);
      for (let at = 0; at < pass.width; at++) {
        const from = (y * size.width + pass.x + at * pass.stepX) * 4;
        pixels.set(data.subarray(from, from + 4), at * 4);
      }
      yield { pass: pass.number, width: pass.width, pixels };
    }
  }
}

/** Scanlines of RGBA8 that come by one or two, with pauses between; after `most` rows the data has been cut off. */
export function scanlinesOf(kernels: Kernels, picture: Raster, most = Number.POSITIVE_INFINITY) {
  const rows = [...passRows(picture)];
  const addresses = [0, 1].map(() => kernels.reserve(picture.size.width * 4 + 64));
  let next = 0;
  let calls = 0;
  let width = 0;
  return {
    isCut: false,
    begin(pixels: number) {
      width = pixels;
    },
    next(wanted: number): readonly number[] | undefined {
      if (calls++ % 3 === 2) return undefined;
      const count = Math.min(wanted, 1 + (calls % 2), rows.length - next, most - next);
      this.isCut = count === 0;
      if (this.isCut) return undefined;
      const given = rows.slice(next, next + count);
      next += count;
      return given.map((row, at) => {
        if (row.width !== width || row.pass !== given[0]?.pass) throw new Error("rows beyond the end of a pass");
        const address = addresses[at] ?? 0;
        kernels.bytesAt(address, row.pixels.length).set(row.pixels);
        return address;
      });
    },
  };
}

/** Makes pixels of what `scanlinesOf` gives, and as much waste behind them as the real one may. */
export function copying(kernels: Kernels) {
  return {
    expand(row: number, first: number, count: number, to: number): void {
      kernels.bytesAt(to + count * 4, 64).fill(0x77);
      kernels.bytesAt(to, count * 4).set(kernels.bytesAt(row + first * 4, count * 4));
    },
  };
}

/** Every strip of an interlaced picture, those without rows left out. */
export function* strips(rows: Adam7Rows): Generator<Strip> {
  for (;;) {
    const strip = rows.pull();
    if (strip === undefined && rows.hasAllRows) return;
    if (strip !== undefined && strip.rows > 0) yield strip;
  }
}

export interface Resampled {
  readonly raster: Raster;
  /** Whether it came through a grid of sums. */
  readonly addedUp: boolean;
  readonly warnings: readonly string[];
}

/**
 * The picture by way of its passes: through a frame of pixels, through a grid of sums if there are boxes at all, or through
 * that which takes less.
 *
 * @param most rows of passes after which the file ends
 */
export function resampleInterlaced(
  kernels: Kernels,
  picture: Raster,
  resampling: Resampling,
  by: "frame" | "grid" | "less",
  most = Number.POSITIVE_INFINITY,
): Resampled {
  kernels.clear();
  const { wanted, boxes: possible } = needsOf(resampling);
  const { alpha } = resampling;
  const less = possible && adam7Boxes({ wanted, boxes: possible });
  const boxes = { frame: undefined, grid: possible, less }[by];
  const stage = stageOf(kernels, resampling, boxes === undefined ? FROM_PIXELS : FROM_SUMS, TO_PIXELS);
  const assembly =
    boxes === undefined ? new Adam7Frame(kernels, wanted, alpha) : new Adam7Grid(kernels, wanted, boxes, alpha);
  const rows = new Adam7Rows(picture, scanlinesOf(kernels, picture, most), copying(kernels), assembly);
  const finished: Uint8Array[] = [];
  for (const strip of strips(rows)) {
    for (const row of stage.push(strip)) finished.push(row.slice());
  }
  rows.release();
  const { width } = resampling.size;
  const raster = { size: { width, height: finished.length }, data: Uint8Array.from(Buffer.concat(finished)) };
  return { raster, addedUp: boxes !== undefined, warnings: rows.warnings };
}
