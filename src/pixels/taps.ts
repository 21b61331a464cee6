import type { FilterShape } from "./filters.ts";

/** One axis of a picture that is resampled. Lengths are in its pixels, called inputs, and may have fractions. */
export interface Axis {
  /** Inputs there are. */
  readonly inputs: number;
  /** The part of them that is resampled. */
  readonly from: number;
  readonly covers: number;
  readonly outputs: number;
  /** Inputs that are added up to a cell before the filter sees them, a power of two; 1 where it sees them all. */
  readonly box: number;
}

/** What of an axis is needed: inputs `first` … `end` − 1, and the cells that they become. */
export interface Reach {
  readonly first: number;
  readonly end: number;
  /** Cells, those of repeated edges among them. The last that holds inputs may be completed by repeating the last one. */
  readonly cells: number;
  /** Cells that repeat the first input only, and stand in for all that would lie before it; the last one is weighed. */
  readonly leading: number;
  /** Cells that repeat the last input only: 0 or 1. */
  readonly trailing: number;
  /** Weights an output. */
  readonly taps: number;
}

/** What the kernels of a pass ask for. */
export interface Demands {
  /** The number of taps is a multiple of this even number. */
  readonly taps: number;
  /** How many cells repeat the first input, where any has to. */
  readonly leading: number;
}

/** Output i is the sum of weights[i·taps + t] · cell[starts[i] + t], divided by 2^14 and by the inputs of a cell. */
export interface Taps {
  /** Even, and never fall. A window of weights may end beyond the last cell, with weights of 0. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** The last cell that an output may need; never falls. */
  readonly lasts: Uint32Array<ArrayBuffer>;
  readonly weights: Int16Array<ArrayBuffer>;
}

/** The weights of an output add up to exactly this, so that a constant picture stays constant. */
export const UNITY = 16_384;

/**
 * What of the axis the filter reaches: inputs beyond the window but inside the picture are used, and beyond the picture
 * its edge repeats.
 */
export function reachOf(axis: Axis, filter: FilterShape, demands: Demands): Reach {
  const { inputs, outputs, box } = axis;
  const cellsOf = cellsUnder(axis, filter);
  const first = firstInput(axis, filter);
  const { last } = cellsOf(outputs - 1);
  // Of what lies wholly before the picture, the first input is all that is needed.
  const end = Math.min(Math.ceil(inputs), first + Math.max(1, (last + 1) * box));
  const whole = Math.ceil((end - first) / box);
  // Where a cell is an input, the edge itself is there to be repeated.
  const leading = box > 1 && cellsOf(0).first < 0 ? demands.leading : 0;
  const trailing = box > 1 && last >= whole ? 1 : 0;
  const reach = { first, end, cells: leading + whole + trailing, leading, trailing };
  let widest = 1;
  for (let output = 0; output < outputs; output++) {
    const { first: from, last: to } = cellsOf(output);
    widest = Math.max(widest, inside(to, reach) - evenBelow(inside(from, reach)) + 1);
  }
  return { ...reach, taps: Math.ceil(widest / demands.taps) * demands.taps };
}

/** Where a cell stands that is counted from the first input on; the edge stands in for what lies beyond it. */
function inside(cell: number, { cells, leading }: Pick<Reach, "cells" | "leading">): number {
  return Math.min(Math.max(cell + leading, Math.max(0, leading - 1)), cells - 1);
}

/**
 * The weights of an axis.
 *
 * Shrinking stretches the filter over the inputs an output covers; enlarging does not. Cells are weighed by the filter at
 * their middles, sharpened by as much as adding them up has blurred. Beyond the picture its edge repeats.
 */
export function tapsOf(axis: Axis, filter: FilterShape, reach: Reach): Taps {
  const { from, covers, outputs, box } = axis;
  const { cells, taps } = reach;
  const cellsOf = cellsUnder(axis, filter);
  const starts = new Uint32Array(outputs);
  const lasts = new Uint32Array(outputs);
  const weights = new Int16Array(outputs * taps);
  // No further right than it must be, so that few windows end beyond the last cell.
  const latest = Math.max(0, evenBelow(cells + 1) - taps);
  const exact = new Float64Array(taps);
  /** Filter units a cell. */
  const unit = box / stretchOf(axis);

  for (let output = 0; output < outputs; output++) {
    const middle = (from + ((output + 0.5) * covers) / outputs - reach.first) / box - 0.5;
    const { first, last } = cellsOf(output);
    const start = Math.min(evenBelow(inside(first, reach)), latest);
    const weightOf = sharpened((cell) => filter.weight(Math.abs(cell - middle) * unit), first, box);
    exact.fill(0);
    for (let cell = first; cell <= last; cell++) {
      const tap = inside(cell, reach) - start;
      exact[tap] = (exact[tap] ?? 0) + weightOf();
    }
    starts[output] = start;
    lasts[output] = inside(last, reach);
    quantiseInto(weights.subarray(output * taps, (output + 1) * taps), exact);
  }
  return { starts, lasts, weights };
}

/** Inputs that one unit of the filter stretches over. */
function stretchOf({ covers, outputs }: Axis): number {
  return Math.max(1, covers / outputs);
}

/** Inputs to either side of an output's middle that may have a weight. */
function halfWidth(axis: Axis, filter: FilterShape): number {
  // Sharpening takes in the weights of the neighbours.
  return filter.support * stretchOf(axis) + (axis.box === 1 ? 0 : axis.box);
}

/**
 * Cells are counted from this input on. They lie on one grid whatever part of a picture is seen: tiles of it have no seams.
 */
function firstInput(axis: Axis, filter: FilterShape): number {
  const begin = axis.from + (0.5 * axis.covers) / axis.outputs - halfWidth(axis, filter);
  const onGrid = (input: number) => Math.floor(input / axis.box) * axis.box;
  return onGrid(Math.min(Math.max(0, begin), Math.ceil(axis.inputs) - 1));
}

/** The first and last cell of each output, whether or not they lie in the picture. */
function cellsUnder(axis: Axis, filter: FilterShape): (output: number) => { first: number; last: number } {
  const { from, covers, outputs, box } = axis;
  const origin = firstInput(axis, filter);
  const width = halfWidth(axis, filter) / box;
  return (output) => {
    const middle = (from + ((output + 0.5) * covers) / outputs - origin) / box - 0.5;
    return { first: Math.ceil(middle - width), last: Math.floor(middle + width) };
  };
}

/**
 * The weights of one cell after the other, from `first` on.
 *
 * A box of K inputs has the frequency response 1 − (K² − 1) ω² / 24 + …; [−c, 1 + 2c, −c] on cells of K inputs has
 * 1 + c K² ω² − …, so c = (K² − 1) / (24 K²) makes up for it to fourth order.
 */
function sharpened(weightOf: (cell: number) => number, first: number, box: number): () => number {
  const c = (box * box - 1) / (24 * box * box);
  let cell = first;
  if (c === 0) return () => weightOf(cell++);
  let before = 0;
  let here = weightOf(cell - 1);
  let after = weightOf(cell);
  return () => {
    before = here;
    here = after;
    after = weightOf(++cell);
    return (1 + 2 * c) * here - c * (before + after);
  };
}

/**
 * Weights in units of 2^-14, adding up to exactly 1.
 *
 * Sums of weights are rounded, not weights: with thousands of tiny ones, errors that all fell to the same side would
 * have to be made up for by a single weight.
 */
function quantiseInto(units: Int16Array, exact: Float64Array): void {
  let total = 0;
  for (const weight of exact) total += weight;
  let sum = 0;
  let before = 0;
  for (let tap = 0; tap < units.length; tap++) {
    sum += exact[tap] ?? 0;
    const now = Math.round((sum / total) * UNITY);
    units[tap] = now - before;
    before = now;
  }
}

function evenBelow(cell: number): number {
  return cell - (cell % 2);
}
