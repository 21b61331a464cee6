/** Where a record of a file stands. */
export interface RowPlace {
  /** Bytes from the begin of the file to that of the record. */
  readonly start: number;
  /** The same to its id. */
  readonly idStart: number;
  /** From 1. */
  readonly line: number;
}

const NUMBERS = 3;

/** Places of records by their rows, in 12 bytes each. */
export class RowPlaces {
  #numbers = new Uint32Array(NUMBERS * 64);

  get bytes(): number {
    return this.#numbers.byteLength;
  }

  set(row: number, { start, idStart, line }: RowPlace): void {
    const at = row * NUMBERS;
    if (at >= this.#numbers.length) {
      const more = new Uint32Array(Math.max(this.#numbers.length * 2, at + NUMBERS));
      more.set(this.#numbers);
      this.#numbers = more;
    }
    this.#numbers[at] = start;
    this.#numbers[at + 1] = idStart;
    this.#numbers[at + 2] = line;
  }

  start(row: number): number {
    return this.#numbers[row * NUMBERS] ?? 0;
  }

  idStart(row: number): number {
    return this.#numbers[row * NUMBERS + 1] ?? 0;
  }

  line(row: number): number {
    return this.#numbers[row * NUMBERS + 2] ?? 0;
  }
}
