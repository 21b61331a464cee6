import { WORD } from "../../pixels/kernel-record.ts";
import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import type { Effort } from "../../plan/output.ts";
import { AVERAGE, FILTERS, isOfDrawing, leastOf, NONE, PAETH, SUB, UP, WEIGHT_FIELDS } from "./filter-choice.ts";

/** Zeros before a row, which stand to the left of a picture; the last of them is the filter type of a row as it is. */
const BEFORE_ROW = 16;
/** Bytes behind a row that kernels read and write: they take whole vectors. */
const BEHIND_ROW = 16;
/** A bit for each pair of bytes. */
const PAIRS_BYTES = 8192;
const WEIGHTS_BYTES = WEIGHT_FIELDS.length * WORD;

/** How many filtered rows are held at once: that which was chosen, or all there are to choose from but the row itself. */
const FILTERED = { fast: 1, small: FILTERS - 1 } as const satisfies Record<Effort, number>;

/** Bytes of the arena that a `Filtering` reserves for rows of so many bytes. */
export function filteringBytes(rowBytes: number, effort: Effort): number {
  const row = blockBytes(BEFORE_ROW + rowBytes + BEHIND_ROW);
  const pairs = effort === "small" ? blockBytes(PAIRS_BYTES) : 0;
  return row * (2 + FILTERED[effort]) + blockBytes(WEIGHTS_BYTES) + pairs;
}

/**
 * Chooses a filter for each row, and filters it. Source: PNG (Third Edition), 9, 12.7.
 *
 * A row of a drawing is left as it is. Of another one the filter is taken that leaves the smallest sum of bytes without
 * their signs; or, for small files, the fewest different pairs of bytes, which makes photographs smaller by another 0.7 %.
 */
export class Filtering {
  readonly #kernels: Kernels;
  readonly #rowBytes: number;
  readonly #pixelBytes: number;
  /** The next row and the one above; they change places. */
  #row: number;
  #above: number;
  readonly #filtered: readonly number[];
  readonly #weights: number;
  readonly #pairs: number | undefined;

  /**
   * @param rowBytes   bytes of a row, without its filter type
   * @param pixelBytes bytes of a whole pixel, at least 1
   */
  constructor(kernels: Kernels, rowBytes: number, pixelBytes: number, effort: Effort) {
    const room = () => kernels.reserve(BEFORE_ROW + rowBytes + BEHIND_ROW) + BEFORE_ROW;
    this.#kernels = kernels;
    this.#rowBytes = rowBytes;
    this.#pixelBytes = pixelBytes;
    this.#row = room();
    this.#above = room();
    this.#filtered = Array.from({ length: FILTERED[effort] }, room);
    this.#weights = kernels.reserve(WEIGHTS_BYTES);
    this.#pairs = effort === "small" ? kernels.reserve(PAIRS_BYTES) : undefined;
  }

  /** Where the next row is to be put; behind it `BEHIND_ROW` bytes may be written. */
  get row(): number {
    return this.#row;
  }

  /** Filters the row that was put there: the address of its filter type, behind which its bytes lie until the next call. */
  filter(): number {
    const [row, above] = [this.#row, this.#above];
    [this.#row, this.#above] = [above, row];
    const { run, words } = this.#kernels;
    run.weighFilters(row, above, this.#rowBytes, this.#pixelBytes, this.#weights);
    const first = this.#weights / WORD;
    const [left = 0, over = 0] = words.subarray(first + FILTERS, first + WEIGHT_FIELDS.length);
    if (isOfDrawing(left, over, this.#rowBytes)) return row - 1;
    if (this.#pairs !== undefined) return this.#fewestPairs(row, above, this.#pairs);
    const filter = leastOf([...words.subarray(first, first + FILTERS)]);
    return filter === NONE ? row - 1 : this.#filterInto(filter, row, above, this.#filtered[0] ?? 0);
  }

  /** Bytes of a filtered row, with its filter type. */
  get bytes(): number {
    return 1 + this.#rowBytes;
  }

  #fewestPairs(row: number, above: number, pairs: number): number {
    const candidates = [row - 1, ...this.#filtered.map((to, at) => this.#filterInto(SUB + at, row, above, to))];
    const counts = candidates.map((at) => this.#kernels.run.countPairs(at + 1, this.#rowBytes, pairs));
    return candidates[leastOf(counts)] ?? 0;
  }

  #filterInto(filter: number, row: number, above: number, to: number): number {
    const { run } = this.#kernels;
    const [bytes, pixel] = [this.#rowBytes, this.#pixelBytes];
    switch (filter) {
      case SUB:
        run.filterSub(row, to, bytes, pixel);
        break;
      case UP:
        run.filterUp(row, above, to, bytes);
        break;
      case AVERAGE:
        run.filterAverage(row, above, to, bytes, pixel);
        break;
      case PAETH:
        run.filterPaeth(row, above, to, bytes, pixel);
        break;
    }
    this.#kernels.bytesAt(to - 1, 1)[0] = filter;
    return to - 1;
  }
}
