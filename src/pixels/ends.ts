import { type Batch, CellBatch, type CellBlocks } from "./cells.ts";
import { FloatBatch } from "./float-cells.ts";
import type { Kernels } from "./kernels.ts";
import { FLOAT_PIXEL, type Passes } from "./passes.ts";
import type { Ring } from "./ring.ts";
import type { FloatStrip, Strip } from "./strip.ts";

/** What a resampler takes in. */
export interface Intake<In extends Strip> {
  readonly floats: boolean;
  /** Bytes of a pixel. */
  readonly pixel: number;
  batch(kernels: Kernels, passes: Passes, alpha: boolean, blocks: CellBlocks): Batch<In>;
}

/** What a resampler gives out, one row at a time, valid until the next. */
export interface Outlet<Row> {
  readonly floats: boolean;
  rows(ring: Ring): Iterable<Row>;
}

export const FROM_PIXELS: Intake<Strip> = {
  floats: false,
  pixel: 4,
  batch: (kernels, passes, alpha, blocks) => new CellBatch(kernels, passes, alpha, blocks),
};

/**
 * What another resampler gave out: nothing was rounded to a level in between. No value may be below 0 or above 511, as
 * none is behind a filter without negative weights.
 */
export const FROM_FLOATS: Intake<FloatStrip> = {
  floats: true,
  pixel: FLOAT_PIXEL,
  batch: (kernels, passes, _alpha, { cells }) => new FloatBatch(kernels, passes, cells),
};

/** RGBA8, in the memory of the kernels. */
export const TO_PIXELS: Outlet<Uint8Array> = { floats: false, rows: (ring) => ring.finished() };

/** A row of floats, a strip of one. */
export const TO_FLOATS: Outlet<FloatStrip> = { floats: true, rows: (ring) => ring.mixed() };
