import { STEPS_A_LEVEL, WEIGHT_BITS, type Weighing } from "./cell-rows.ts";
import type { Batch } from "./cells.ts";
import type { Kernels } from "./kernels.ts";
import { BATCH, CELL_VECTOR, type Passes } from "./passes.ts";
import type { FloatStrip } from "./strip.ts";

/** Rounds rows of float pixels to rows of cells, four of which make a batch; each pixel is a cell. */
export class FloatBatch implements Batch<FloatStrip> {
  readonly #run: Kernels["run"];
  readonly #cells: number;
  readonly #pairs: number;
  #rows = 0;
  #transparent = false;
  readonly begun = false;
  readonly missing = 1;

  constructor({ run }: Kernels, { across }: Passes, cells: number) {
    this.#run = run;
    this.#cells = cells;
    this.#pairs = Math.ceil(across.reach.cells / 2);
  }

  get full(): boolean {
    return this.#rows === BATCH;
  }

  get empty(): boolean {
    return this.#rows === 0;
  }

  add(from: number, { opaque }: FloatStrip): void {
    this.#run.narrowCells(from, this.#cells + this.#rows * CELL_VECTOR, this.#pairs, STEPS_A_LEVEL);
    this.#transparent ||= !opaque;
    this.#rows++;
  }

  repeat(row: number, strip: FloatStrip): void {
    this.add(row, strip);
  }

  take(): Weighing {
    const blended = this.#transparent;
    this.#rows = 0;
    this.#transparent = false;
    return { blended, shift: WEIGHT_BITS };
  }
}
