import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { broken } from "./broken.ts";

/**
 * Bytes behind a row that may be read, and behind one of an `Unfiltering` that may be written too: kernels take whole
 * vectors.
 */
export const BEHIND_ROW = 32;

/** Filter types. Source: PNG (Third Edition), 9.2. */
const NONE = 0;
const SUB = 1;
const UP = 2;
const AVERAGE = 3;
const PAETH = 4;

/** A pixel of more bytes needs a vector of its own. */
const NARROW_PIXEL = 4;

/** The row above, and two that are made of it. */
const ROWS = 3;

/** Bytes of the arena that an `Unfiltering` reserves for rows of at most so many bytes. */
export function unfilteringBytes(mostRowBytes: number): number {
  return ROWS * blockBytes(mostRowBytes + BEHIND_ROW);
}

/**
 * Undoes the filters of rows, each of which needs the one above it. Source: PNG (Third Edition), 9.
 *
 * Two rows that lie in a row are undone at once where that is quicker: where both are Average, or both Paeth, every pixel
 * waits for the one before it, and two that do not wait for one another take as long as one. Where the rows come from
 * nothing is written: what is inflated next may be a copy of it.
 */
export class Unfiltering {
  readonly #kernels: Kernels;
  readonly #pixelBytes: number;
  /** Where the row above lies, and room for two more; they change places. */
  #above: number;
  #first: number;
  #second: number;
  #rowBytes = 0;

  /**
   * @param mostRowBytes bytes of the longest row, without its filter type
   * @param pixelBytes   bytes of a whole pixel, at least 1
   */
  constructor(kernels: Kernels, mostRowBytes: number, pixelBytes: number) {
    this.#kernels = kernels;
    this.#pixelBytes = pixelBytes;
    this.#above = kernels.reserve(mostRowBytes + BEHIND_ROW);
    this.#first = kernels.reserve(mostRowBytes + BEHIND_ROW);
    this.#second = kernels.reserve(mostRowBytes + BEHIND_ROW);
  }

  /** Begins a picture, or a pass of an interlaced one: the row above the first is zeros. */
  begin(rowBytes: number): void {
    this.#rowBytes = rowBytes;
    this.#kernels.bytesAt(this.#above, rowBytes).fill(0);
  }

  /**
   * Undoes the next row, or the next two.
   *
   * @param from      address of the filter type of the first; its bytes lie behind it, and the next row behind those. Up
   *                  to `BEHIND_ROW` bytes behind the last row are read
   * @param available rows that lie there, at least 1
   * @returns where each of them lies now: valid until the next call
   * @throws Fault `sourceBroken` for a filter type that there is not
   */
  next(from: number, available: number): readonly number[] {
    const filter = this.#byteAt(from);
    const [above, first, second] = [this.#above, this.#first, this.#second];
    const below = from + 1 + this.#rowBytes;
    if (available > 1 && this.#goesInPairs(filter) && this.#byteAt(below) === filter) {
      this.#undoPair(filter, from + 1, below + 1);
      [this.#above, this.#second] = [second, above];
      return [first, second];
    }
    this.#undo(filter, from + 1);
    [this.#above, this.#first] = [first, above];
    return [first];
  }

  /** Pairs take two pixels of each row before they are in step. */
  #goesInPairs(filter: number): boolean {
    return (filter === AVERAGE || filter === PAETH) && this.#rowBytes >= 2 * this.#pixelBytes;
  }

  #undo(filter: number, from: number): void {
    const { run } = this.#kernels;
    const [above, to, bytes, pixel] = [this.#above, this.#first, this.#rowBytes, this.#pixelBytes];
    switch (filter) {
      case NONE:
        run.copyRow(from, to, bytes);
        break;
      case SUB:
        run.unfilterSub(from, to, bytes, pixel);
        break;
      case UP:
        run.unfilterUp(from, above, to, bytes);
        break;
      case AVERAGE:
        run.unfilterAverage(from, above, to, bytes, pixel);
        break;
      case PAETH:
        run.unfilterPaeth(from, above, to, bytes, pixel);
        break;
      default:
        throw broken(`a row with filter ${filter}`);
    }
  }

  #undoPair(filter: number, from: number, next: number): void {
    const { run } = this.#kernels;
    const pixel = this.#pixelBytes;
    const rows = [from, next, this.#above, this.#first, this.#second, this.#rowBytes, pixel] as const;
    if (filter === AVERAGE) run.unfilterAveragePair(...rows);
    else if (pixel <= NARROW_PIXEL) run.unfilterPaethPair(...rows);
    else run.unfilterPaethPairWide(...rows);
  }

  #byteAt(address: number): number {
    return ((this.#kernels.words[address >>> 2] ?? 0) >>> (8 * (address & 3))) & 0xff;
  }
}
