/** A third-party codec instance and the memory it holds. */
interface Instance {
  readonly memoryBytes: number;
}

/**
 * Where instances of all third-party codecs lie while nobody uses them: no more than `capacity` bytes together. What was
 * used longest ago makes room.
 */
export class Shelf {
  readonly #capacity: number;
  /** By the codec they belong to, in the order in which they were put down. */
  readonly #idle = new Map<object, Instance>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get heldBytes(): number {
    return [...this.#idle.values()].reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  }

  take(codec: object): Instance | undefined {
    const instance = this.#idle.get(codec);
    this.#idle.delete(codec);
    return instance;
  }

  /** Keeps one instance a codec; one that is larger than the shelf is not kept. */
  put(codec: object, instance: Instance): void {
    this.#idle.delete(codec);
    if (instance.memoryBytes > this.#capacity) return;
    this.#idle.set(codec, instance);
    for (const oldest of this.#idle.keys()) {
      if (this.heldBytes <= this.#capacity) return;
      this.#idle.delete(oldest);
    }
  }
}

/** Room for one of the large encoders, as small pictures leave it, beside what `MemoryBudget` lets a picture take. */
export const SHELF_BYTES = 24 * 1024 * 1024;

/**
 * Keeps one instance of a third-party codec for all requests; its calls are synchronous, so none ever waits for it.
 *
 * A fresh one is made after any throw, because these codecs leave themselves in any state, and when the shelf had no room
 * for it, because a memory never shrinks.
 */
export class Reusable<T extends Instance> {
  readonly #make: () => Promise<T>;
  readonly #shelf: Shelf;

  constructor(make: () => Promise<T>, shelf: Shelf) {
    this.#make = make;
    this.#shelf = shelf;
  }

  async use<R>(work: (instance: T) => R): Promise<R> {
    // A value is kept, never a promise in flight: a request must not await what another request resolves.
    const instance = (this.#shelf.take(this) as T | undefined) ?? (await this.#make());
    const result = work(instance);
    this.#shelf.put(this, instance);
    return result;
  }
}
