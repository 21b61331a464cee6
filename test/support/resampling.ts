import { FILTERS } from "../../src/pixels/filters.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { resampler } from "../../src/pixels/resampler.ts";
import type { Resampling } from "../../src/pixels/resampling.ts";
import type { Strip } from "../../src/pixels/strip.ts";
import type { Filter } from "../../src/plan/drawing.ts";
import type { Rect, Size } from "../../src/plan/size.ts";
import { rowOf } from "./pictures.ts";
import { MODULES } from "./wasm-modules.ts";

export interface Job {
  readonly window: Rect;
  readonly size: Size;
  readonly filter: Filter;
  /** Where the picture ends within its last column or row. */
  readonly source?: Size;
  /** True if not said. */
  readonly alpha?: boolean;
  readonly exact?: boolean;
  /** False if not said. */
  readonly linear?: boolean;
}

export function wholeOf({ size }: Pick<Raster, "size">): Rect {
  return { x: 0, y: 0, ...size };
}

export function resamplingOf(source: Raster, job: Job): Resampling {
  return { source: source.size, alpha: true, exact: true, linear: false, ...job, filter: FILTERS[job.filter] };
}

/** Bytes behind the pixels of a row, as decoders leave them. */
const SLACK = 64;

/** Puts rows of a part of the picture into kernel memory. The bytes behind and between the rows are `filling`. */
export function stripOf(kernels: Kernels, source: Raster, part: Rect, filling = 0x5a): Strip {
  const stride = part.width * 4 + SLACK;
  const address = kernels.reserve(part.height * stride);
  kernels.bytesAt(address, part.height * stride).fill(filling);
  for (let row = 0; row < part.height; row++) {
    const pixels = rowOf(source, part.y + row).subarray(part.x * 4, (part.x + part.width) * 4);
    kernels.bytesAt(address + row * stride, pixels.length).set(pixels);
  }
  return { x: part.x, y: part.y, width: part.width, rows: part.height, address, stride };
}

/**
 * Pushes the rows that are wanted in one strip, or in strips of so many rows in turn; the rows that came out, one below
 * the other.
 */
export function resample(
  source: Raster,
  job: Job,
  kernels = new Kernels(MODULES.kernels),
  rowsAtOnce: readonly number[] = [source.size.height],
): Raster {
  kernels.clear();
  const rows: Uint8Array[] = [];
  const stage = resampler(kernels, resamplingOf(source, job));
  const { wanted } = stage;
  for (let y = wanted.y, turn = 0; y < wanted.y + wanted.height; turn++) {
    const height = Math.min(rowsAtOnce[turn % rowsAtOnce.length] ?? 1, wanted.y + wanted.height - y);
    for (const row of stage.push(stripOf(kernels, source, { ...wanted, y, height }))) rows.push(row.slice());
    y += height;
  }
  return { size: { width: job.size.width, height: rows.length }, data: Uint8Array.from(Buffer.concat(rows)) };
}
