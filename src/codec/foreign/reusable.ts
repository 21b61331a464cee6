/** A third-party codec instance and the memory it holds. */
interface Instance {
  readonly memoryBytes: number;
}

/**
 * Keeps one instance of a third-party codec for all requests; its calls are synchronous, so none ever waits for it.
 *
 * A fresh one is made after any throw, because these codecs leave themselves in any state, and after a picture that
 * left the instance with more than `dropAbove` bytes, because a memory never shrinks.
 */
export class Reusable<T extends Instance> {
  readonly #make: () => Promise<T>;
  readonly #dropAbove: number;
  #instance: T | undefined;

  constructor(make: () => Promise<T>, dropAbove: number) {
    this.#make = make;
    this.#dropAbove = dropAbove;
  }

  async use<R>(work: (instance: T) => R): Promise<R> {
    // A value is kept, never a promise in flight: a request must not await what another request resolves.
    const instance = this.#instance ?? (await this.#make());
    this.#instance = undefined;
    const result = work(instance);
    if (instance.memoryBytes <= this.#dropAbove) this.#instance = instance;
    return result;
  }
}

/** Enough for a picture of about two megapixels; what larger ones leave behind is not worth keeping. */
export const SMALL_ENOUGH = 32 * 1024 * 1024;
