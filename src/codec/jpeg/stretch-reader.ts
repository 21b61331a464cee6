import type { Wanted } from "../sniff.ts";

/**
 * Reads the beginning of a file that arrives in chunks: gives a reading (`readHeader`) the stretches that it wants, and
 * keeps no more than the one that is wanted at the time.
 *
 * A reading never wants what lies before its last stretch.
 */
export class StretchReader<Result extends object> {
  readonly #reading: Generator<Wanted, Result, DataView>;
  #step: IteratorResult<Wanted, Result>;
  /** Bytes of the file from `#heldAt` on; the buffer is longer. */
  #held = new Uint8Array(0);
  #heldAt = 0;
  #length = 0;

  constructor(reading: Generator<Wanted, Result, DataView>) {
    this.#reading = reading;
    this.#step = reading.next();
  }

  /** What was read, when these bytes complete it; with the bytes behind the last stretch. */
  push(bytes: Uint8Array): { readonly result: Result; readonly rest: Uint8Array } | undefined {
    this.#append(bytes);
    while (!this.#step.done) {
      const { at, length } = this.#step.value;
      this.#dropBefore(at);
      if (this.#heldAt < at || this.#length < length) return undefined;
      this.#step = this.#reading.next(new DataView(this.#held.buffer, this.#held.byteOffset, length));
      if (this.#step.done) this.#dropBefore(at + length);
    }
    return { result: this.#step.value, rest: this.#held.subarray(0, this.#length) };
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#held.length) {
      const larger = new Uint8Array(Math.max(needed, this.#held.length * 2));
      larger.set(this.#held.subarray(0, this.#length));
      this.#held = larger;
    }
    this.#held.set(bytes, this.#length);
    this.#length = needed;
  }

  #dropBefore(at: number): void {
    const dropped = Math.min(at - this.#heldAt, this.#length);
    this.#held.copyWithin(0, dropped, this.#length);
    this.#heldAt += dropped;
    this.#length -= dropped;
  }
}
