import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { release } from "../../pixels/release.ts";
import type { SumStrip } from "../../pixels/strip.ts";
import type { Boxes } from "../../plan/craft.ts";
import type { Rect, Size } from "../../plan/size.ts";
import type { Assembly, AssemblyNeeds } from "./adam7-assembly.ts";
import { CellAxis } from "./adam7-cells.ts";
import { type Cut, completeInto, hasCome, standInFor } from "./adam7-cut.ts";
import { COARSEST, columnsWithin, type Pass, type PassColumns } from "./adam7-passes.ts";
import { BEHIND_PIXELS } from "./expansion.ts";

const BYTES_A_PIXEL = 4;
/** What a white pixel adds to each of the four sums of a cell. */
const WHITE = { narrow: 255, wide: 255 * 255 };

/**
 * Adds pixels to a grid of cells, whose order does not matter. The grid lies beside the kernels, which add to one row of
 * it at a time.
 */
export class Adam7Grid implements Assembly {
  readonly held: Rect;
  readonly rowsAtOnce: number;
  readonly pixels: number;
  readonly #kernels: Kernels;
  readonly #boxes: Boxes;
  readonly #alpha: boolean;
  readonly #columns: CellAxis;
  readonly #rows: CellAxis;
  readonly #bytes: GridBytes;
  readonly #grid: Uint8Array;
  /** The row of cells that the kernels have, whether they have changed it, and where. */
  readonly #hand: number;
  #inHand = -1;
  #changed = false;
  /** A row of cells for white. */
  readonly #white: number;
  /** The row of cells that leaves next. */
  #next = 0;

  /** @param alpha whether a pixel that is missing is transparent */
  constructor(kernels: Kernels, wanted: Rect, boxes: Boxes, alpha: boolean) {
    this.held = wanted;
    this.rowsAtOnce = boxes.down.box;
    this.#kernels = kernels;
    this.#boxes = boxes;
    this.#alpha = alpha;
    this.#columns = new CellAxis(boxes.across, wanted.x, wanted.width);
    this.#rows = new CellAxis(boxes.down, wanted.y, wanted.height);
    this.#bytes = bytesOf(boxes, wanted);
    this.#grid = new Uint8Array(this.#bytes.grid);
    this.pixels = kernels.reserve(this.#bytes.pixels);
    this.#hand = kernels.reserve(this.#bytes.row);
    this.#white = kernels.reserve(this.#bytes.row);
  }

  take(pass: Pass, y: number, columns: PassColumns): void {
    for (const [row, times] of this.#rows.sharesOf(y)) {
      this.#bring(row);
      this.#addInto(this.#hand, pass, columns, times);
      this.#changed = true;
    }
  }

  leave(ready: number, cut?: Cut): SumStrip | undefined {
    const y = this.#next;
    if (y >= this.#rows.completeBefore(ready)) return undefined;
    this.#bring(y);
    if (cut === undefined) this.#changed = false;
    else this.#complete(y, cut);
    this.#next++;
    const { x } = this.held;
    return { x, y, width: this.#boxes.across.cells, rows: 1, address: this.#hand, stride: this.#bytes.row };
  }

  release(): void {
    release(this.#grid);
  }

  /** Adds the pixels of a pass to a row of cells. */
  #addInto(to: number, { x, stepX }: Pass, { first, count }: PassColumns, times: number): void {
    const { across, wide } = this.#boxes;
    const { run } = this.#kernels;
    const add = wide ? run.addBlended : run.addPixels;
    const cellBytes = bytesOfCell(this.#boxes);
    const column = x + first * stepX;
    const each = Math.max(1, across.box / stepX);
    const step = Math.max(1, stepX / across.box);
    add(this.pixels, count, each, times, to + this.#columns.cellOf(column) * cellBytes, step);
    for (const at of new Set([0, count - 1])) {
      for (const [cell, again] of this.#columns.repeatsOf(column + at * stepX)) {
        add(this.pixels + at * BYTES_A_PIXEL, 1, 1, times * again, to + cell * cellBytes, 1);
      }
    }
  }

  /** Lets the kernels have a row of cells, instead of the one they had. */
  #bring(row: number): void {
    if (row === this.#inHand) return;
    const hand = this.#kernels.bytesAt(this.#hand, this.#bytes.row);
    if (this.#changed) this.#grid.set(hand, this.#inHand * this.#bytes.row);
    hand.set(this.#rowOf(row));
    this.#inHand = row;
    this.#changed = false;
  }

  #rowOf(row: number): Uint8Array {
    return this.#grid.subarray(row * this.#bytes.row, (row + 1) * this.#bytes.row);
  }

  /** Makes what the kernels have of a row whose pixels have not all come. */
  #complete(row: number, cut: Cut): void {
    this.#changed = true;
    const [top] = this.#rows.pixelsOf(row);
    if (standInFor(cut, top) === undefined || !this.#completeNear(row, cut)) this.#blank();
  }

  /** A row without any pixel is the one above it, or, at the top, the next one below that has some. */
  #completeNear(row: number, cut: Cut): boolean {
    if (this.#completeAs(row, cut)) return true;
    if (row > 0) {
      this.#copy(row - 1);
      return true;
    }
    // The first pass has come from the top: where its next row is missing, so are all below.
    const end = this.held.y + COARSEST;
    for (let below = 1; below < this.#boxes.down.cells && this.#rows.pixelsOf(below)[0] < end; below++) {
      this.#copy(below);
      if (this.#completeAs(below, cut)) return true;
    }
    return false;
  }

  #completeAs(row: number, cut: Cut): boolean {
    this.#addWhite(row, cut);
    return completeInto(this.#sumsAt(this.#hand), this.#sumsAt(this.#white), this.#boxes.across.cells, this.#full);
  }

  /** White pixels in all the places of a row of cells where pixels have come: they tell what is missing of each cell. */
  #addWhite(row: number, cut: Cut): void {
    const { x, width } = this.held;
    this.#kernels.bytesAt(this.#white, this.#bytes.row).fill(0);
    this.#kernels.bytesAt(this.pixels, this.#bytes.pixels).fill(255);
    const [from, end] = this.#rows.pixelsOf(row);
    for (const pass of cut.passes) {
      const columns = columnsWithin(pass, x, x + width);
      for (let y = from; y < end && columns.count > 0; y++) {
        if (!hasCome(cut, pass, y)) continue;
        for (const [cell, times] of this.#rows.sharesOf(y)) {
          if (cell === row) this.#addInto(this.#white, pass, columns, times);
        }
      }
    }
  }

  /** As if every pixel were nothing, or black where there can be no nothing. */
  #blank(): void {
    const full = this.#alpha ? 0 : this.#full;
    const sums = this.#sumsAt(this.#hand);
    for (let at = 0; at < sums.length; at++) sums[at] = at % 4 === 3 ? full : 0;
  }

  #copy(row: number): void {
    this.#kernels.bytesAt(this.#hand, this.#bytes.row).set(this.#rowOf(row));
  }

  /** What a cell of white has with all its pixels. */
  get #full(): number {
    const { across, down, wide } = this.#boxes;
    return WHITE[wide ? "wide" : "narrow"] * across.box * down.box;
  }

  #sumsAt(row: number): Uint16Array | Uint32Array {
    const { buffer } = this.#kernels.run.memory;
    const { row: bytes } = this.#bytes;
    return this.#boxes.wide ? new Uint32Array(buffer, row, bytes / 4) : new Uint16Array(buffer, row, bytes / 2);
  }
}

export function gridNeeds(boxes: Boxes, wanted: Rect): AssemblyNeeds {
  const { pixels, row, grid } = bytesOf(boxes, wanted);
  return { kernels: blockBytes(pixels) + 2 * blockBytes(row), beside: grid, columns: wanted.width };
}

interface GridBytes {
  /** A row of pixels, a row of cells, and all of them. */
  readonly pixels: number;
  readonly row: number;
  readonly grid: number;
}

/** Rows are whole pairs of cells, as the resampler takes them. */
function bytesOf(boxes: Boxes, { width }: Size): GridBytes {
  const { cells } = boxes.across;
  const row = (cells + (cells % 2)) * bytesOfCell(boxes);
  return { pixels: width * BYTES_A_PIXEL + BEHIND_PIXELS, row, grid: row * boxes.down.cells };
}

function bytesOfCell({ wide }: Boxes): number {
  return wide ? 16 : 8;
}
