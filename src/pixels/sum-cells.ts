import { CellRows, type Weighing } from "./cell-rows.ts";
import type { Batch, CellBlocks } from "./cells.ts";
import type { Kernels } from "./kernels.ts";
import { type Passes, SUM, sumsAreWide } from "./passes.ts";
import type { SumStrip } from "./strip.ts";

/** An opaque pixel's alpha as a premultiplied sum counts it. */
const OPAQUE = 255 * 255;

/**
 * Takes rows of sums, four of which make a batch: to the bit what `CellBatch` makes of the pixels that were added up.
 *
 * Rows of opaque pixels are divided by 255, which leaves nothing over, where it would have added them up in sixteen bits.
 */
export class SumBatch implements Batch<SumStrip> {
  readonly #run: Kernels["run"];
  readonly #rows: CellRows;
  readonly #wide: boolean;
  readonly #narrow: boolean;
  readonly #pairs: number;
  /** The first cell that has a weight, and how many follow from there. */
  readonly #first: number;
  readonly #cells: number;
  /** The alpha of an opaque cell. */
  readonly #alpha: number;
  readonly begun = false;
  readonly missing = 1;

  constructor(kernels: Kernels, passes: Passes, alpha: boolean, blocks: CellBlocks) {
    const { across, down, narrow } = passes;
    this.#run = kernels.run;
    this.#rows = new CellRows(kernels, passes, blocks);
    this.#wide = sumsAreWide(passes, alpha);
    this.#narrow = narrow;
    this.#pairs = Math.ceil(across.reach.cells / 2);
    this.#first = across.reach.leading;
    this.#cells = across.reach.cells - across.reach.leading;
    this.#alpha = OPAQUE * across.axis.box * down.axis.box;
  }

  get full(): boolean {
    return this.#rows.full;
  }

  get empty(): boolean {
    return this.#rows.empty;
  }

  add(from: number): void {
    if (!this.#wide) this.#run.pairCells(from, this.#rows.next, this.#pairs);
    else if (this.#isOpaque(from)) this.#run.narrowSums(from, this.#rows.next, this.#pairs, 1 / 255);
    else {
      this.#rows.addBlended(from);
      return;
    }
    this.#rows.addOpaque();
  }

  repeat(row: number): void {
    this.add(row);
  }

  take(): Weighing {
    return this.#rows.take();
  }

  #isOpaque(from: number): boolean {
    return this.#narrow && this.#run.haveAlpha(from + this.#first * SUM, this.#cells, this.#alpha) !== 0;
  }
}
