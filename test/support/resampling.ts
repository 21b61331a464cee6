import { FILTERS } from "../../src/pixels/filters.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { resampler } from "../../src/pixels/resampler.ts";
import type { Rgb } from "../../src/plan/colour.ts";
import type { Filter } from "../../src/plan/plan.ts";
import type { Rect, Size } from "../../src/plan/size.ts";
import { rowOf } from "./pictures.ts";
import { MODULES } from "./wasm-modules.ts";

export interface Job {
  readonly window: Rect;
  readonly size: Size;
  readonly filter: Filter;
  readonly background: Rgb | undefined;
}

export function wholeOf({ size }: Raster): Rect {
  return { x: 0, y: 0, ...size };
}

/** Pushes the rows that are wanted, and only those; the rows that came out, one below the other. */
export function resample(source: Raster, job: Job, kernels = new Kernels(MODULES.kernels)): Raster {
  kernels.clear();
  const rows: Uint8Array[] = [];
  const stage = resampler(kernels, { ...job, source: source.size, filter: FILTERS[job.filter] });
  for (let y = stage.first; y < stage.end; y++) {
    for (const row of stage.push(y, rowOf(source, y))) rows.push(row.slice());
  }
  return { size: { width: job.size.width, height: rows.length }, data: Uint8Array.from(Buffer.concat(rows)) };
}
