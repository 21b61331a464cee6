import type { Rect, Size } from "../../plan/size.ts";
import { FROM_FLOATS, FROM_PIXELS, type Outlet, TO_FLOATS } from "../ends.ts";
import { type AxisBlur, secondOf } from "../gaussian.ts";
import type { Kernels } from "../kernels.ts";
import { BATCH } from "../passes.ts";
import type { Raster } from "../raster.ts";
import { stageBytes, stageOf } from "../resampler.ts";
import type { Resampling } from "../resampling.ts";
import type { Strip } from "../strip.ts";
import type { Work } from "../work.ts";

/** A blur of a part of a raster. */
export interface Filtering {
  readonly within: Rect;
  readonly across: AxisBlur;
  readonly down: AxisBlur;
}

const PIXEL = 4;
/** Samples between two yields, and those of a row: fewer than a million. */
const PIECE = 500_000;

/**
 * Filters a part of a raster, and gives every row of the result to `take`, from the top, valid until it returns.
 *
 * Row y comes when all rows have been read that it is made of, and those up to y: `take` may write it where it was.
 * Reserves `filteringBytes` of the kernels' memory, and leaves them to be cleared.
 */
export function* filterRows<Row>(
  kernels: Kernels,
  { size, data }: Raster,
  filtering: Filtering,
  to: Outlet<Row>,
  take: (row: Row, y: number) => void,
): Work {
  const { x, y, width, height } = filtering.within;
  const stride = width * PIXEL;
  const address = kernels.reserve(BATCH * stride);
  const push = pushingTo(kernels, filtering, to);

  let samples = 0;
  let taken = 0;
  for (let row = 0; row < height; row += BATCH) {
    const rows = Math.min(BATCH, height - row);
    for (let at = 0; at < rows; at++) {
      const from = ((y + row + at) * size.width + x) * PIXEL;
      kernels.bytesAt(address + at * stride, stride).set(data.subarray(from, from + stride));
    }
    samples += rows * stride;
    for (const result of push({ x: 0, y: row, width, rows, address, stride })) {
      take(result, taken++);
      samples += stride;
      if (samples < PIECE) continue;
      yield samples;
      samples = 0;
    }
    if (samples < PIECE) continue;
    yield samples;
    samples = 0;
  }
  yield samples;
}

/** Bytes of the kernels' memory that `filterRows` reserves. */
export function filteringBytes(filtering: Filtering, to: Outlet<unknown>): number {
  const strip = BATCH * filtering.within.width * PIXEL;
  if (!hasSecond(filtering)) return strip + stageBytes(firstOf(filtering), FROM_PIXELS, to);
  const first = stageBytes(firstOf(filtering), FROM_PIXELS, TO_FLOATS);
  return strip + first + stageBytes(lastOf(filtering), FROM_FLOATS, to);
}

/** Takes strips of pixels through one scaling, or through two. */
function pushingTo<Row>(kernels: Kernels, filtering: Filtering, to: Outlet<Row>): (strip: Strip) => Iterable<Row> {
  if (!hasSecond(filtering)) {
    const only = stageOf(kernels, firstOf(filtering), FROM_PIXELS, to);
    return (strip) => only.push(strip);
  }
  const first = stageOf(kernels, firstOf(filtering), FROM_PIXELS, TO_FLOATS);
  const last = stageOf(kernels, lastOf(filtering), FROM_FLOATS, to);
  return function* (strip) {
    for (const row of first.push(strip)) yield* last.push(row);
  };
}

/** The cells, from them the pixels. */
function hasSecond({ across, down }: Filtering): boolean {
  return across.second !== undefined || down.second !== undefined;
}

const MODE = { alpha: true, exact: true, linear: false } as const;

function firstOf({ within, across, down }: Filtering): Resampling {
  return {
    ...MODE,
    source: sizeOf(within),
    window: rectOf(across.window, down.window),
    size: { width: across.cells, height: down.cells },
    filter: { across: across.first, down: down.first },
  };
}

function lastOf({ within, across, down }: Filtering): Resampling {
  return {
    ...MODE,
    source: { width: across.cells, height: down.cells },
    window: rectOf(across.inner, down.inner),
    size: sizeOf(within),
    filter: { across: secondOf(across), down: secondOf(down) },
  };
}

function rectOf(across: AxisBlur["window"], down: AxisBlur["window"]): Rect {
  return { x: across.from, y: down.from, width: across.covers, height: down.covers };
}

function sizeOf({ width, height }: Rect): Size {
  return { width, height };
}
