import type { Rect } from "../plan/size.ts";
import type { FilterShape } from "./filters.ts";
import type { Resampling } from "./resampling.ts";
import { type Axis, type Demands, type Reach, reachOf } from "./taps.ts";

/** How a picture is resampled: what of it is needed, what is added up first, and what memory that takes. */
export interface Passes {
  readonly across: Pass;
  readonly down: Pass;
  /** In whole pixels. */
  readonly wanted: Rect;
  /** Opaque pixels may be added up in sixteen bits. */
  readonly narrow: boolean;
  /** Bytes of each block of memory. */
  readonly bytes: Readonly<Record<Block, number>>;
}

export interface Pass {
  readonly axis: Axis;
  readonly filter: FilterShape;
  readonly reach: Reach;
}

export type Block =
  | "cells"
  | "sums"
  | "curve"
  | "acrossStarts"
  | "acrossWeights"
  | "downWeights"
  | "ring"
  | "pairs"
  | "mixed"
  | "levels"
  | "finished";

/** Whether rows come, and go, as floats (`FloatStrip`) instead of RGBA8. */
export interface Ends {
  readonly fromFloats: boolean;
  readonly toFloats: boolean;
}

const PIXEL_ENDS: Ends = { fromFloats: false, toFloats: false };

/** Cells are made for a filter that still shrinks by at least this. */
const LEFT_TO_FILTER = 2.5;
/** Pixels of a cell whose opaque sums fit in sixteen bits, and whose premultiplied sums fit in 32, signs included. */
const NARROW_PIXELS = 128;
const MOST_PIXELS = 32_768;
/** Rows of one picture held at once are pre-shrunk rather than take more than this, quality mode or not. */
const RING_BYTES = 2 * 1024 * 1024;
/** Rows of cells that the horizontal kernel takes at once. */
export const BATCH = 4;
/** Bytes of one row of cells beside the next, and of one pair of cells of all four. */
export const CELL_VECTOR = 16;
export const CELL_PAIR = 64;
/** Bytes of a float pixel or cell, and of one output column of a pair of rows in the ring. */
export const FLOAT_PIXEL = 16;
/** Bytes of a sum of premultiplied pixels, integers or (of light) floats. */
export const SUM = 16;
const ROW_PAIR = 16;
/** Horizontally, cells are written in pairs. */
const ACROSS: Demands = { taps: 4, leading: 2 };
const DOWN: Demands = { taps: 2, leading: 1 };

/**
 * Decides how to resample.
 *
 * Where a picture shrinks much, boxes of its pixels are added up before the filter sees them: the largest power of two
 * that leaves the filter a shrink of 2.5, on each axis for itself. Not in quality mode, except downwards where the rows
 * that are held would exceed 2 MB otherwise: then by as little as avoids that, and at most as without quality mode. Floats
 * are never added up. No box has more pixels than can be added up without loss, so that the order does not matter.
 */
export function passesOf(resampling: Resampling, { fromFloats, toFloats } = PIXEL_ENDS): Passes {
  const { source, window, size, filter, alpha, linear } = resampling;
  const filters = "across" in filter ? filter : { across: filter, down: filter };
  const exact = resampling.exact || fromFloats;
  const axisOf = (side: "width" | "height", from: number, box: number): Axis => {
    return { inputs: source[side], from, covers: window[side], outputs: size[side], box };
  };
  const passOf = (axis: Axis, filter: FilterShape, demands: Demands): Pass => {
    return { axis, filter, reach: reachOf(axis, filter, demands) };
  };

  const boxes = {
    across: exact ? 1 : boxOf(window.width / size.width, source.width),
    down: fromFloats ? 1 : boxOf(window.height / size.height, source.height),
  };
  while (boxes.across * boxes.down > MOST_PIXELS) boxes[boxes.across > boxes.down ? "across" : "down"] /= 2;
  const across = passOf(axisOf("width", window.x, boxes.across), filters.across, ACROSS);
  const largest = boxes.down;
  let down = passOf(axisOf("height", window.y, exact ? 1 : largest), filters.down, DOWN);
  while (down.axis.box < largest && ringBytes(down.reach, size.width) > RING_BYTES) {
    down = passOf({ ...down.axis, box: down.axis.box * 2 }, filters.down, DOWN);
  }

  const narrow = !linear && across.axis.box * down.axis.box <= NARROW_PIXELS;
  const columns = Math.max(across.reach.cells + (across.reach.cells % 2), across.reach.taps);
  return {
    across,
    down,
    wanted: {
      x: across.reach.first,
      y: down.reach.first,
      width: across.reach.end - across.reach.first,
      height: down.reach.end - down.reach.first,
    },
    narrow,
    bytes: {
      cells: (columns / 2) * CELL_PAIR,
      sums: !fromFloats && (alpha || !narrow) ? columns * SUM : 0,
      curve: linear && !fromFloats ? 256 * 4 : 0,
      acrossStarts: size.width * 4,
      acrossWeights: size.width * across.reach.taps * 2,
      downWeights: size.height * down.reach.taps * 2,
      ring: ringBytes(down.reach, size.width),
      pairs: 2 * ringPairs(down.reach) * 4,
      mixed: toFloats || alpha || linear ? floatRowBytes(size.width) : 0,
      levels: linear && !toFloats ? 255 * 64 + 1 : 0,
      finished: toFloats ? 0 : size.width * 4,
    },
  };
}

/** Whether sums of pixels take 32 bits: those of premultiplied ones, and of many. */
export function sumsAreWide({ narrow }: Passes, alpha: boolean): boolean {
  return alpha || !narrow;
}

/** Pairs of rows that the ring holds: those of an output, and a batch that was just made beside them. */
export function ringPairs({ taps }: Reach): number {
  return taps / 2 + BATCH / 2;
}

/** A row of float pixels, whole pairs of them: that is how they become cells again. */
function floatRowBytes(columns: number): number {
  return (columns + (columns % 2)) * FLOAT_PIXEL;
}

function ringBytes(reach: Reach, columns: number): number {
  return ringPairs(reach) * columns * ROW_PAIR;
}

/** The largest power of two that leaves the filter enough to do; no larger than it takes to hold all inputs. */
function boxOf(shrink: number, inputs: number): number {
  let box = 1;
  while (shrink / (2 * box) >= LEFT_TO_FILTER && box < inputs) box *= 2;
  return box;
}
