import { rowBytes } from "./colours.ts";
import type { Datastream } from "./datastream.ts";
import type { PngHeader } from "./header.ts";
import { type Inflation, STAGE_BYTES } from "./inflation.ts";
import type { Scanlines } from "./scanlines.ts";
import type { Unfiltering } from "./unfiltering.ts";

/** Rows that are unfiltered at a time, at most. */
const ROWS_AT_ONCE = 2;
/** Data behind the last row that are gone through, to see that the stream ends well; what goes on longer is left alone. */
const MOST_SURPLUS = 65_536;
/** Filter types, one before each row. Source: PNG (Third Edition), 7.3. */
const FILTER_TYPE = 1;

/** Bytes of inflated data that are wanted at a time, at most. */
export function inflatedAtOnce(header: PngHeader): number {
  return ROWS_AT_ONCE * (FILTER_TYPE + rowBytes(header, header.size.width));
}

/** Inflated bytes that count as one step: some two hundred nanoseconds' worth. */
const BYTES_A_STEP = 64;

/** The rows that come of a datastream, and what stands behind them. */
export class InflatedScanlines implements Scanlines {
  readonly #header: PngHeader;
  readonly #datastream: Datastream;
  readonly #inflation: Inflation;
  readonly #unfiltering: Unfiltering;
  /** Compressed bytes that lie on the stage and were not given yet. */
  #staged = 0;
  #rowBytes = 0;
  #isCut = false;
  /** Bytes of rows, and behind them. */
  #taken = 0;
  #surplus = 0;
  #hasEnded = false;
  #missingEnd: string | undefined;

  constructor(header: PngHeader, datastream: Datastream, inflation: Inflation, unfiltering: Unfiltering) {
    this.#header = header;
    this.#datastream = datastream;
    this.#inflation = inflation;
    this.#unfiltering = unfiltering;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** What inflating and unfiltering have cost so far. */
  get steps(): number {
    return this.#inflation.steps + Math.floor((this.#taken + this.#surplus) / BYTES_A_STEP);
  }

  begin(width: number): void {
    this.#rowBytes = rowBytes(this.#header, width);
    this.#unfiltering.begin(this.#rowBytes);
  }

  next(most: number): readonly number[] | undefined {
    const inflation = this.#inflation;
    const row = FILTER_TYPE + this.#rowBytes;
    const wanted = Math.min(most, ROWS_AT_ONCE) * row;
    if (inflation.unread < wanted) {
      if (this.#inflate(wanted) === "wanting") return undefined;
      this.#isCut = inflation.unread < row;
      if (this.#isCut) return undefined;
    }
    const available = Math.floor(Math.min(wanted, inflation.unread) / row);
    const rows = this.#unfiltering.next(inflation.at, available);
    inflation.skip(rows.length * row);
    this.#taken += rows.length * row;
    return rows;
  }

  /**
   * Goes through all that stands behind the rows that were taken; false while bytes are missing.
   *
   * @throws Fault where any of it is damaged
   */
  finish(): boolean {
    const inflation = this.#inflation;
    while (!this.#hasEnded && this.#surplus < MOST_SURPLUS) {
      const state = this.#inflate(1);
      if (state === "wanting") return false;
      this.#hasEnded = state === "ended" && inflation.unread === 0;
      this.#surplus += inflation.unread;
      inflation.skip(inflation.unread);
    }
    if (!this.#datastream.readRest()) return false;
    if (this.#datastream.isCut) this.#missingEnd = "the PNG ends without an end";
    else if (this.#inflation.isCut) this.#missingEnd = "the image data of the PNG ends without an end";
    return true;
  }

  /** What was found missing behind the rows; undefined where nothing was, and while they are not finished. */
  get missingEnd(): string | undefined {
    return this.#missingEnd;
  }

  #inflate(wanted: number): ReturnType<Inflation["advance"]> {
    for (;;) {
      const state = this.#inflation.advance(wanted);
      if (state !== "wanting" || !this.#feed()) return state;
    }
  }

  /** Gives what lies on the stage when it is full, or all there is: false while more must come first. */
  #feed(): boolean {
    const { stage } = this.#inflation;
    this.#staged += this.#datastream.dataInto(stage + this.#staged, STAGE_BYTES - this.#staged);
    if (this.#staged < STAGE_BYTES && !this.#datastream.hasAllData) return false;
    if (this.#staged > 0) this.#inflation.give(this.#staged);
    else this.#inflation.end();
    this.#staged = 0;
    return true;
  }
}
