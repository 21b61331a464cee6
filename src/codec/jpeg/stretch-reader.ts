import type { Wanted } from "../sniffing.ts";

/** Reads from a file that is there as a whole, without a copy of it; undefined where it ends in a stretch. */
export function readWhole<Result>(
  reading: Generator<Wanted, Result, DataView>,
  { buffer, byteOffset, length: available }: Uint8Array,
): Result | undefined {
  let step = reading.next();
  while (!step.done) {
    const { at, length } = step.value;
    if (at + length > available) return undefined;
    step = reading.next(new DataView(buffer, byteOffset + at, length));
  }
  return step.value;
}

/**
 * Reads the beginning of a file that arrives in chunks: gives a reading (`readHeader`) the stretches that it wants, and
 * keeps no more than the one that is wanted at the time.
 *
 * A reading never wants what lies before its last stretch.
 */
export class StretchReader<Result extends object> {
  readonly #reading: Generator<Wanted, Result, DataView>;
  #step: IteratorResult<Wanted, Result>;
  /** The bytes that have come and may still be wanted, and where in the file they begin. */
  #held = new Uint8Array(0);
  #heldAt = 0;

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
      if (this.#heldAt < at || this.#held.length < length) return undefined;
      this.#step = this.#reading.next(new DataView(this.#held.buffer, this.#held.byteOffset, length));
      if (this.#step.done) this.#dropBefore(at + length);
    }
    return { result: this.#step.value, rest: this.#held };
  }

  /** Into the same buffer while there is room, so that many small chunks are not copied again and again. */
  #append(bytes: Uint8Array): void {
    const { buffer, byteOffset, length } = this.#held;
    const needed = length + bytes.length;
    if (byteOffset + needed <= buffer.byteLength) {
      const held = new Uint8Array(buffer, byteOffset, needed);
      held.set(bytes, length);
      this.#held = held;
      return;
    }
    const held = new Uint8Array(new ArrayBuffer(Math.max(needed, 2 * length)), 0, needed);
    held.set(this.#held);
    held.set(bytes, length);
    this.#held = held;
  }

  #dropBefore(at: number): void {
    const dropped = Math.min(at - this.#heldAt, this.#held.length);
    this.#held = this.#held.subarray(dropped);
    this.#heldAt += dropped;
  }
}
