import { type Batch, CellBatch, type CellBlocks } from "./cells.ts";
import { FloatBatch } from "./float-cells.ts";
import type { Kernels } from "./kernels.ts";
import { FLOAT_PIXEL, type Passes } from "./passes.ts";
import type { Ring } from "./ring.ts";
import type { FloatStrip, Strip, SumStrip } from "./strip.ts";
import { SumBatch } from "./sum-cells.ts";

/** What a resampler takes in. */
export interface Intake<In extends Strip> {
  readonly floats: boolean;
  /** Bytes of a pixel. */
  readonly pixel: number;
  rows(passes: Passes): RowsTaken;
  batch(kernels: Kernels, passes: Passes, alpha: boolean, blocks: CellBlocks): Batch<In>;
}

/** Which rows a resampler takes, and how many rows of cells repeat the first one only, or the last. */
interface RowsTaken {
  readonly first: number;
  readonly end: number;
  readonly leading: number;
  readonly trailing: number;
}

function pixelRows({ wanted, down }: Passes): RowsTaken {
  const { leading, trailing } = down.reach;
  return { first: wanted.y, end: wanted.y + wanted.height, leading, trailing };
}

/** What a resampler gives out, one row at a time, valid until the next. */
export interface Outlet<Row> {
  readonly floats: boolean;
  rows(ring: Ring): Iterable<Row>;
}

export const FROM_PIXELS: Intake<Strip> = {
  floats: false,
  pixel: 4,
  rows: pixelRows,
  batch: (kernels, passes, alpha, blocks) => new CellBatch(kernels, passes, alpha, blocks),
};

/**
 * What another resampler gave out: nothing was rounded to a level in between. No value may be below 0 or above 511, as
 * none is behind a filter without negative weights.
 */
export const FROM_FLOATS: Intake<FloatStrip> = {
  floats: true,
  pixel: FLOAT_PIXEL,
  rows: pixelRows,
  batch: (kernels, passes, _alpha, { cells }) => new FloatBatch(kernels, passes, cells),
};

/** What has been added up already, by whoever got the pixels in another order. */
export const FROM_SUMS: Intake<SumStrip> = {
  floats: false,
  pixel: 0,
  rows: ({ down }) => ({ first: 0, end: down.reach.cells, leading: 0, trailing: 0 }),
  batch: (kernels, passes, alpha, blocks) => new SumBatch(kernels, passes, alpha, blocks),
};

/** RGBA8, in the memory of the kernels. */
export const TO_PIXELS: Outlet<Uint8Array> = { floats: false, rows: (ring) => ring.finished() };

/** A row of floats, a strip of one. */
export const TO_FLOATS: Outlet<FloatStrip> = { floats: true, rows: (ring) => ring.mixed() };
