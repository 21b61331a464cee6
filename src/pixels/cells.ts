import type { Kernels } from "./kernels.ts";
import { BATCH, CELL_PAIR, CELL_VECTOR, FLOAT_PIXEL, type Passes } from "./passes.ts";
import type { Strip } from "./strip.ts";

/** A row of the ring has 64 steps a level; a float cell has 255, for it is a sum of colour times alpha. */
export const STEPS_A_LEVEL = 64;
export const WEIGHT_BITS = 14;

/** Rows of pixels on their way to four rows of cells. */
export interface Batch<In extends Strip> {
  readonly full: boolean;
  /** Whether no row of cells is complete. */
  readonly empty: boolean;
  /** Whether a row of cells is in the making. */
  readonly begun: boolean;
  /** Pixel rows that the row of cells in the making still takes. */
  readonly missing: number;
  /** Adds rows of a strip, at most those that are missing, the first of them at `from`. */
  add(from: number, strip: In, rows: number): void;
  /** Completes the row of cells in the making by repeating a row of a strip. */
  repeat(row: number, strip: In): void;
  /**
   * Brings all rows to one scale and begins the next batch.
   *
   * Returns whether any may be transparent, and the bits by which a weighted sum of cells has to be shifted.
   */
  take(): { readonly blended: boolean; readonly shift: number };
}

/** What the cells are added up in. */
export interface CellBlocks {
  readonly cells: number;
  /** A row of float cells; unused where every pixel is opaque and sums are narrow. */
  readonly sums: number;
  /** 0 where colours are added up as they are encoded. */
  readonly curve: number;
}

/**
 * Adds rows of pixels up to rows of cells, four of which make a batch.
 *
 * Opaque rows are added up in sixteen bits. From the first row on that is not opaque, and always in linear light, a row
 * of cells is a sum of premultiplied floats, rounded to sixteen bits at its end. What has been added up before is taken
 * along without loss, so that it does not matter how many rows come at once.
 */
export class CellBatch implements Batch<Strip> {
  readonly #run: Kernels["run"];
  readonly #passes: Passes;
  readonly #blocks: CellBlocks;
  readonly #testsAlpha: boolean;
  readonly #pairs: number;
  /** Rows of cells that are complete, and pixel rows in the one that is not. */
  #rows = 0;
  #begun = 0;
  /** Whether the row in the making is a sum of floats. */
  #blended = false;
  /** Complete rows that were, one bit each. */
  #blendedRows = 0;

  constructor({ run }: Kernels, passes: Passes, alpha: boolean, blocks: CellBlocks) {
    this.#run = run;
    this.#passes = passes;
    this.#blocks = blocks;
    this.#testsAlpha = alpha && passes.narrow;
    this.#pairs = Math.ceil(passes.across.reach.cells / 2);
  }

  get full(): boolean {
    return this.#rows === BATCH;
  }

  get empty(): boolean {
    return this.#rows === 0;
  }

  get begun(): boolean {
    return this.#begun > 0;
  }

  get missing(): number {
    return this.#passes.down.axis.box - this.#begun;
  }

  add(from: number, { stride }: Pick<Strip, "stride">, rows: number): void {
    if (!this.#blended && !this.#isNarrow(from, stride, rows)) this.#beginBlending();
    if (this.#blended) {
      for (let row = 0; row < rows; row++) this.#blend(from + row * stride, this.#begun + row > 0);
    } else this.#box(from, stride, rows);
    this.#begun += rows;
    if (this.missing === 0) this.#completeRow();
  }

  repeat(row: number): void {
    this.add(row, { stride: 0 }, this.missing);
  }

  take(): { readonly blended: boolean; readonly shift: number } {
    const blended = this.#blendedRows !== 0;
    for (let row = 0; row < this.#rows && blended; row++) {
      if ((this.#blendedRows & (1 << row)) !== 0) continue;
      this.#run.widenCells(this.#row(row), this.#blocks.sums, this.#pairs);
      this.#narrowInto(row);
    }
    this.#rows = 0;
    this.#blendedRows = 0;
    return { blended, shift: blended ? WEIGHT_BITS : WEIGHT_BITS + Math.log2(this.#pixels / STEPS_A_LEVEL) };
  }

  get #columns(): number {
    return this.#passes.wanted.width;
  }

  /** Pixels of a cell. */
  get #pixels(): number {
    return this.#passes.across.axis.box * this.#passes.down.axis.box;
  }

  #row(row: number): number {
    return this.#blocks.cells + row * CELL_VECTOR;
  }

  #isNarrow(from: number, stride: number, rows: number): boolean {
    if (!this.#testsAlpha) return this.#passes.narrow;
    return this.#run.areOpaque(from, stride, rows, this.#columns) !== 0;
  }

  #box(from: number, stride: number, rows: number): void {
    const { axis, reach } = this.#passes.across;
    const begun = this.#begun > 0;
    const add = (at: number, columns: number, cell: number) => {
      const to = this.#row(this.#rows) + (cell / 2) * CELL_PAIR;
      this.#run.boxRows(at, stride, rows, columns, axis.box, to, begun);
    };
    add(from, this.#columns, reach.leading);
    // Of a single column, all else is repeated. A trailing cell that is the second of its pair has come about already.
    if (reach.leading > 0) add(from, 1, 0);
    if (reach.trailing > 0 && reach.cells % 2 === 1) add(from + (this.#columns - 1) * 4, 1, reach.cells - 1);
  }

  #blend(from: number, begun: boolean): void {
    const { axis, reach } = this.#passes.across;
    const { sums, curve } = this.#blocks;
    const add = (at: number, columns: number, cell: number) => {
      const to = sums + cell * FLOAT_PIXEL;
      if (curve === 0) this.#run.blendRow(at, columns, axis.box, to, begun);
      else this.#run.blendLightRow(at, columns, axis.box, curve, to, begun);
    };
    add(from, this.#columns, reach.leading);
    if (reach.leading > 0) add(from, 1, reach.leading - 1);
    if (reach.trailing > 0) add(from + (this.#columns - 1) * 4, 1, reach.cells - 1);
  }

  #beginBlending(): void {
    this.#blended = true;
    if (this.#begun > 0) this.#run.widenCells(this.#row(this.#rows), this.#blocks.sums, this.#pairs);
  }

  #completeRow(): void {
    if (this.#blended) {
      this.#narrowInto(this.#rows);
      this.#blendedRows |= 1 << this.#rows;
    }
    this.#rows++;
    this.#begun = 0;
    this.#blended = false;
  }

  #narrowInto(row: number): void {
    const scale = STEPS_A_LEVEL / (255 * this.#pixels);
    this.#run.narrowCells(this.#blocks.sums, this.#row(row), this.#pairs, scale);
  }
}
