import type { CellBlocks } from "./cells.ts";
import type { Kernels } from "./kernels.ts";
import { BATCH, CELL_VECTOR, type Passes } from "./passes.ts";

/** A row of the ring has 64 steps a level; a sum of premultiplied pixels has 255, for it is one of colour times alpha. */
export const STEPS_A_LEVEL = 64;
export const WEIGHT_BITS = 14;

/** What a batch is weighed with. */
export interface Weighing {
  /** Whether any of its rows may be transparent. */
  readonly blended: boolean;
  /** Bits by which a weighted sum of cells has to be shifted. */
  readonly shift: number;
}

/** Up to four complete rows of cells: opaque ones as they were added up, others at the scale of the ring. */
export class CellRows {
  readonly #run: Kernels["run"];
  readonly #blocks: CellBlocks;
  readonly #pairs: number;
  /** Pixels of a cell. */
  readonly #pixels: number;
  #count = 0;
  /** Rows that may be transparent, one bit each. */
  #blended = 0;

  constructor({ run }: Kernels, { across, down }: Passes, blocks: CellBlocks) {
    this.#run = run;
    this.#blocks = blocks;
    this.#pairs = Math.ceil(across.reach.cells / 2);
    this.#pixels = across.axis.box * down.axis.box;
  }

  get full(): boolean {
    return this.#count === BATCH;
  }

  get empty(): boolean {
    return this.#count === 0;
  }

  /** Where the next row is added up. */
  get next(): number {
    return this.#row(this.#count);
  }

  /** Says that the next row is there: opaque sums. */
  addOpaque(): void {
    this.#count++;
  }

  /** Makes the next row of premultiplied sums. */
  addBlended(sums: number): void {
    this.#narrowInto(this.#count, sums);
    this.#blended |= 1 << this.#count;
    this.#count++;
  }

  /** Brings all rows to one scale and begins the next batch. */
  take(): Weighing {
    const blended = this.#blended !== 0;
    for (let row = 0; row < this.#count && blended; row++) {
      if ((this.#blended & (1 << row)) !== 0) continue;
      this.#run.widenCells(this.#row(row), this.#blocks.sums, this.#pairs);
      this.#narrowInto(row, this.#blocks.sums);
    }
    this.#count = 0;
    this.#blended = 0;
    return { blended, shift: blended ? WEIGHT_BITS : WEIGHT_BITS + Math.log2(this.#pixels / STEPS_A_LEVEL) };
  }

  #row(row: number): number {
    return this.#blocks.cells + row * CELL_VECTOR;
  }

  #narrowInto(row: number, sums: number): void {
    const scale = STEPS_A_LEVEL / (255 * this.#pixels);
    if (this.#blocks.curve === 0) this.#run.narrowSums(sums, this.#row(row), this.#pairs, scale);
    else this.#run.narrowCells(sums, this.#row(row), this.#pairs, scale);
  }
}
