import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { type Strip, WITHOUT_ROWS } from "../../pixels/strip.ts";
import type { Rect, Size } from "../../plan/size.ts";
import { broken } from "./broken.ts";
import { BEHIND_PIXELS, type Expansion } from "./expansion.ts";
import type { PngRows } from "./png-rows.ts";
import type { Scanlines } from "./scanlines.ts";

/** Rows a strip: as many as the resampler takes at once. */
const STRIP_ROWS = 4;
const BYTES_A_PIXEL = 4;
/** Pixels that nobody sees are gone through so many at a time: some milliseconds' worth. */
const UNSEEN_AT_ONCE = 500_000;

/** Bytes of the arena that its strips take. */
export function stripBytes({ width }: Size): number {
  return STRIP_ROWS * strideOf(width) + BEHIND_PIXELS;
}

/** Each row is expanded behind the one above it, so that what is written beyond a row does no harm. */
function strideOf(width: number): number {
  return blockBytes(width * BYTES_A_PIXEL);
}

/** How a picture that is not interlaced is decoded. */
interface Sequence {
  readonly size: Size;
  /** The part of it of which strips are made. */
  readonly wanted: Rect;
  /** Whether a pixel that is missing is transparent. */
  readonly alpha: boolean;
}

/** Strips of a picture whose rows come from the top: those above the wanted part are not expanded. */
export class SequentialRows implements PngRows {
  readonly warnings: string[] = [];
  readonly steps = 0;
  readonly #kernels: Kernels;
  readonly #sequence: Sequence;
  readonly #scanlines: Scanlines;
  readonly #expansion: Expansion;
  readonly #strip: number;
  /** The row that is next. */
  #row = 0;
  /** Rows of the strip in the making. */
  #made = 0;

  /** @param strip address of `stripBytes` */
  constructor(kernels: Kernels, sequence: Sequence, scanlines: Scanlines, expansion: Expansion, strip: number) {
    this.#kernels = kernels;
    this.#sequence = sequence;
    this.#scanlines = scanlines;
    this.#expansion = expansion;
    this.#strip = strip;
    scanlines.begin(sequence.size.width);
  }

  get hasAllRows(): boolean {
    return this.#row === this.#sequence.size.height;
  }

  pull(): Strip | undefined {
    const { size, wanted } = this.#sequence;
    const { y, height } = wanted;
    const toRow = y + height;
    for (let unseen = 0; unseen < UNSEEN_AT_ONCE; ) {
      if (this.#row === toRow || this.#made === STRIP_ROWS) return this.#handOver();
      const isSeen = this.#row >= y;
      // Two rows that are undone at once belong to one strip, so that they always are.
      const most = isSeen ? Math.min(STRIP_ROWS - this.#made, toRow - this.#row) : y - this.#row;
      const rows = this.#scanlines.next(most);
      if (rows !== undefined) {
        for (const row of rows) this.#take(row, isSeen);
      } else if (this.#scanlines.isCut) this.#fill(toRow);
      else return undefined;
      if (!isSeen) unseen += (rows?.length ?? 0) * size.width;
    }
    return WITHOUT_ROWS;
  }

  #handOver(): Strip | undefined {
    if (this.#made === 0) return undefined;
    const { x, width } = this.#sequence.wanted;
    const rows = this.#made;
    this.#made = 0;
    return { x, y: this.#row - rows, width, rows, address: this.#strip, stride: strideOf(width) };
  }

  #take(row: number, isSeen: boolean): void {
    const { x, width } = this.#sequence.wanted;
    if (isSeen) this.#expansion.expand(row, x, width, this.#strip + this.#made++ * strideOf(width));
    this.#row++;
  }

  /** Rows that are missing are nothing, or black where there can be no nothing. */
  #fill(toRow: number): void {
    const { size, wanted, alpha } = this.#sequence;
    if (this.#row === 0) throw broken("no rows");
    if (this.warnings.length === 0) this.warnings.push(`the PNG ends after ${this.#row} of ${size.height} rows`);
    this.#row = Math.max(this.#row, wanted.y);
    for (; this.#made < STRIP_ROWS && this.#row < toRow; this.#row++) {
      const to = this.#strip + this.#made++ * strideOf(wanted.width);
      this.#kernels.bytesAt(to, wanted.width * BYTES_A_PIXEL).fill(0);
      if (!alpha) this.#kernels.run.makeOpaque(to, wanted.width);
    }
  }
}
