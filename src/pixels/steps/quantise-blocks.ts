import { pixelCount, type Size } from "../../plan/size.ts";
import { blockBytes, type Kernels } from "../kernels.ts";

/** Slots of the table of colours, at most. Of a larger one the processor would wait for memory at every pixel. */
const MOST_SLOTS = 65_536;
const FEWEST_SLOTS = 64;
/** Where more of the slots are in use, looking one up takes long. */
const FULL = 3 / 4;
/** Colours whose nearest ones are remembered. */
export const REMEMBERED = 65_536;

const WORD = 4;
/** A slot: key, count, and sums of what the key leaves out of red, green, blue and alpha. */
export const SLOT = 6;
/** A cell: four components, its weight, its place in an order. */
const CELL = 6;
/** A colour and its nearest one. */
export const MEMORY = 2;
/** Components whose errors are spread. */
export const COMPONENTS = 3;

/** What quantising holds, all of it in the memory of the kernels, and none of it freed before the end. */
export interface Blocks {
  /** `SLOT` words each, a power of two of them. */
  readonly slots: Uint32Array;
  /** Cells that there can be. */
  readonly mostCells: number;
  /** All of the four lists below, as it takes them that hold no cells yet. */
  readonly scratch: Uint32Array;
  /** Four components of each cell, premultiplied. */
  readonly points: Float32Array;
  /** Pixels of each. */
  readonly weights: Uint32Array;
  readonly order: Uint32Array;
  /** The entry of a palette that is nearest to each. */
  readonly nearest: Uint16Array;
  /** `MEMORY` words each. */
  readonly remembered: Uint32Array;
  /** Two rows of errors, with a pixel more on either side. */
  readonly errors: readonly [Float32Array, Float32Array];
}

interface Extent {
  readonly slots: number;
  readonly cells: number;
  /** Floats of a row of errors. */
  readonly row: number;
}

function extentOf(size: Size): Extent {
  const pixels = pixelCount(size);
  let slots = FEWEST_SLOTS;
  while (slots < MOST_SLOTS && slots * FULL < pixels) slots *= 2;
  return { slots, cells: Math.floor(slots * FULL), row: (size.width + 2) * COMPONENTS };
}

/** Bytes of each block, in the order in which they lie. */
function lengthsOf({ slots, cells, row }: Extent): readonly number[] {
  return [slots * SLOT * WORD, cells * CELL * WORD, cells * 2, REMEMBERED * MEMORY * WORD, row * WORD, row * WORD];
}

/** Bytes of the arena that quantising a raster of this size takes. */
export function blocksBytes(size: Size): number {
  return lengthsOf(extentOf(size)).reduce((sum, bytes) => sum + blockBytes(bytes), 0);
}

/** Reserves all of it. Views of it hold as long as nobody else reserves anything. */
export function blocksFor(kernels: Kernels, size: Size): Blocks {
  const extent = extentOf(size);
  const { cells, row } = extent;
  let at = kernels.reserve(blocksBytes(size));
  const { buffer } = kernels.bytesAt(at, 0);
  const [slots = 0, lists = 0, nearest = 0, remembered = 0, upper = 0, lower = 0] = lengthsOf(extent).map((bytes) => {
    const start = at;
    at += blockBytes(bytes);
    return start;
  });
  const weights = lists + cells * 4 * WORD;
  return {
    slots: new Uint32Array(buffer, slots, extent.slots * SLOT),
    mostCells: cells,
    scratch: new Uint32Array(buffer, lists, cells * CELL),
    points: new Float32Array(buffer, lists, cells * 4),
    weights: new Uint32Array(buffer, weights, cells),
    order: new Uint32Array(buffer, weights + cells * WORD, cells),
    nearest: new Uint16Array(buffer, nearest, cells),
    remembered: new Uint32Array(buffer, remembered, REMEMBERED * MEMORY),
    errors: [new Float32Array(buffer, upper, row), new Float32Array(buffer, lower, row)],
  };
}
