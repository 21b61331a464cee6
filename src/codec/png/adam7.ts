import type { Kernels } from "../../pixels/kernels.ts";
import { type Strip, type SumStrip, WITHOUT_ROWS } from "../../pixels/strip.ts";
import type { Boxes, Decoding } from "../../plan/craft.ts";
import type { Size } from "../../plan/size.ts";
import type { Assembly, AssemblyNeeds } from "./adam7-assembly.ts";
import type { Cut } from "./adam7-cut.ts";
import { Adam7Frame, frameNeeds } from "./adam7-frame.ts";
import { Adam7Grid, gridNeeds } from "./adam7-grid.ts";
import { adam7Passes, COARSEST, columnsWithin, type Pass, type PassColumns } from "./adam7-passes.ts";
import { broken } from "./broken.ts";
import type { Expansion } from "./expansion.ts";
import type { PngRows } from "./png-rows.ts";
import type { Scanlines } from "./scanlines.ts";

type Wanted = Pick<Decoding, "wanted" | "boxes">;

/** What an interlaced picture is known by before its data. */
interface Interlaced {
  readonly size: Size;
  /** Whether any pixel may be other than opaque. */
  readonly alpha: boolean;
}

/**
 * The boxes that an interlaced picture is added up to as its pixels come, so that its strips are ones of sums: where that
 * holds less than a frame of it. Undefined where it does not.
 */
export function adam7Boxes({ wanted, boxes }: Wanted): Boxes | undefined {
  // A narrow part may lie between the pixels of the first pass, which a frame goes back to where data is missing.
  if (boxes === undefined || Math.min(wanted.width, wanted.height) < COARSEST) return undefined;
  return gridNeeds(boxes, wanted).beside < frameNeeds(wanted).beside ? boxes : undefined;
}

/** What `adam7Assembly` takes. */
export function adam7Needs(decoding: Wanted): AssemblyNeeds {
  const boxes = adam7Boxes(decoding);
  return boxes === undefined ? frameNeeds(decoding.wanted) : gridNeeds(boxes, decoding.wanted);
}

/** What holds the pixels of an interlaced picture until rows of it are whole. */
export function adam7Assembly(kernels: Kernels, { alpha }: Interlaced, decoding: Wanted): Assembly {
  const { wanted } = decoding;
  const boxes = adam7Boxes(decoding);
  return boxes === undefined ? new Adam7Frame(kernels, wanted, alpha) : new Adam7Grid(kernels, wanted, boxes, alpha);
}

/** Steps of a row, and pixels of it that count as another: a step is some two hundred nanoseconds. */
const STEPS_A_ROW = 4;
const PIXELS_A_STEP = 128;
/** After so many a strip is given without rows: their scanlines may have cost tenfold. */
const STEPS_A_PAUSE = 4_000;

/** Strips of an interlaced picture: all passes but the last have to come before. Source: PNG (Third Edition), 8.2. */
export class Adam7Rows implements PngRows {
  readonly warnings: string[] = [];
  readonly #size: Size;
  readonly #passes: readonly Pass[];
  readonly #scanlines: Scanlines;
  readonly #expansion: Pick<Expansion, "expand">;
  readonly #assembly: Assembly;
  /** The pass that has been begun, and the columns of it that are held. */
  #pass = -1;
  #columns: PassColumns = { first: 0, count: 0 };
  /** The next of its rows, and where it lies and the one below it, as far as they have come. */
  #row = 0;
  #lines: readonly number[] = [];
  #cut: Cut | undefined;
  #steps = 0;
  /** Steps when a strip was given without rows. */
  #paused = 0;

  constructor(
    { size }: Pick<Interlaced, "size">,
    scanlines: Scanlines,
    expansion: Pick<Expansion, "expand">,
    assembly: Assembly,
  ) {
    this.#size = size;
    this.#passes = adam7Passes(size);
    this.#scanlines = scanlines;
    this.#expansion = expansion;
    this.#assembly = assembly;
    this.#beginPass();
  }

  get steps(): number {
    return this.#steps;
  }

  get hasAllRows(): boolean {
    return this.#cut !== undefined || this.#pass === this.#passes.length;
  }

  pull(): Strip | SumStrip | undefined {
    for (;;) {
      const strip = this.#assembly.leave(this.#ready, this.#cut);
      const pass = this.#passes[this.#pass];
      if (this.#cut !== undefined) this.#steps += this.#stepsToComplete;
      if (strip !== undefined || this.hasAllRows || pass === undefined) return strip;
      if (this.#steps - this.#paused >= STEPS_A_PAUSE) {
        this.#paused = this.#steps;
        return WITHOUT_ROWS;
      }
      if (this.#lines.length === 0) this.#lines = this.#scanlines.next(pass.height - this.#row) ?? [];
      const [line, ...below] = this.#lines;
      this.#lines = below;
      if (line !== undefined) this.#take(line, pass);
      else if (this.#scanlines.isCut) this.#endIn(pass);
      else return undefined;
    }
  }

  release(): void {
    this.#assembly.release();
  }

  /** What completing a strip of which pixels are missing has cost: all of its rows are gone through once more. */
  get #stepsToComplete(): number {
    const { held, rowsAtOnce } = this.#assembly;
    return Math.floor((rowsAtOnce * held.width) / PIXELS_A_STEP);
  }

  /** Rows of the picture, from the top, of which every pixel has come, or none will. */
  get #ready(): number {
    const pass = this.#passes[this.#pass];
    if (pass === undefined || this.#cut !== undefined) return this.#size.height;
    // When the last pass begins all rows between its own are there.
    return pass.number === 7 ? pass.y + this.#row * pass.stepY : 0;
  }

  #beginPass(): void {
    this.#row = 0;
    const pass = this.#passes[++this.#pass];
    if (pass === undefined) return;
    const { x, width } = this.#assembly.held;
    this.#columns = columnsWithin(pass, x, x + width);
    this.#scanlines.begin(pass.width);
  }

  #take(line: number, pass: Pass): void {
    const { held, pixels } = this.#assembly;
    const { first, count } = this.#columns;
    const y = pass.y + this.#row * pass.stepY;
    // Rows that nobody sees are inflated and unfiltered as well.
    this.#steps += STEPS_A_ROW + Math.floor(pass.width / PIXELS_A_STEP);
    if (count > 0 && y >= held.y && y < held.y + held.height) {
      this.#expansion.expand(line, first, count, pixels);
      this.#assembly.take(pass, y, this.#columns);
    }
    if (++this.#row === pass.height) this.#beginPass();
  }

  #endIn(pass: Pass): void {
    if (this.#pass === 0 && this.#row === 0) throw broken("no rows");
    this.warnings.push(`the PNG ends in pass ${pass.number} of 7`);
    this.#cut = { passes: this.#passes, whole: this.#pass, rows: this.#row };
  }
}
