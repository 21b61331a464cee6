import { CellRows, type Weighing } from "./cell-rows.ts";
import type { Kernels } from "./kernels.ts";
import { CELL_PAIR, type Passes, SUM } from "./passes.ts";
import type { Strip } from "./strip.ts";

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
  /** Brings all rows to one scale and begins the next batch. */
  take(): Weighing;
}

/** What the cells are added up in. */
export interface CellBlocks {
  readonly cells: number;
  /** A row of premultiplied sums; unused where every pixel is opaque and sums are narrow. */
  readonly sums: number;
  /** 0 where colours are added up as they are encoded. */
  readonly curve: number;
}

/**
 * Adds rows of pixels up to rows of cells, four of which make a batch.
 *
 * Opaque rows are added up in sixteen bits. From the first row on that is not opaque, a row of cells is a sum of
 * premultiplied pixels, rounded to sixteen bits at its end; in linear light always, and of floats. What has been added up
 * before is taken along without loss, so that it does not matter how many rows come at once.
 */
export class CellBatch implements Batch<Strip> {
  readonly #run: Kernels["run"];
  readonly #passes: Passes;
  readonly #blocks: CellBlocks;
  readonly #testsAlpha: boolean;
  readonly #rows: CellRows;
  /** Pixel rows in the row of cells that is not complete. */
  #begun = 0;
  /** Whether that is one of premultiplied sums. */
  #blended = false;

  constructor(kernels: Kernels, passes: Passes, alpha: boolean, blocks: CellBlocks) {
    this.#run = kernels.run;
    this.#passes = passes;
    this.#blocks = blocks;
    this.#testsAlpha = alpha && passes.narrow;
    this.#rows = new CellRows(kernels, passes, blocks);
  }

  get full(): boolean {
    return this.#rows.full;
  }

  get empty(): boolean {
    return this.#rows.empty;
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

  take(): Weighing {
    return this.#rows.take();
  }

  get #columns(): number {
    return this.#passes.wanted.width;
  }

  #isNarrow(from: number, stride: number, rows: number): boolean {
    if (!this.#testsAlpha) return this.#passes.narrow;
    return this.#run.areOpaque(from, stride, rows, this.#columns) !== 0;
  }

  #box(from: number, stride: number, rows: number): void {
    const { axis, reach } = this.#passes.across;
    const begun = this.#begun > 0;
    const add = (at: number, columns: number, cell: number) => {
      const to = this.#rows.next + (cell / 2) * CELL_PAIR;
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
      const to = sums + cell * SUM;
      if (curve === 0) this.#run.blendRow(at, columns, axis.box, to, begun);
      else this.#run.blendLightRow(at, columns, axis.box, curve, to, begun);
    };
    add(from, this.#columns, reach.leading);
    if (reach.leading > 0) add(from, 1, reach.leading - 1);
    if (reach.trailing > 0) add(from + (this.#columns - 1) * 4, 1, reach.cells - 1);
  }

  #beginBlending(): void {
    this.#blended = true;
    if (this.#begun === 0) return;
    this.#run.widenCells(this.#rows.next, this.#blocks.sums, Math.ceil(this.#passes.across.reach.cells / 2));
  }

  #completeRow(): void {
    if (this.#blended) this.#rows.addBlended(this.#blocks.sums);
    else this.#rows.addOpaque();
    this.#begun = 0;
    this.#blended = false;
  }
}
