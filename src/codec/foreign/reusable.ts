import { Accounts } from "../../pixels/accounts.ts";
import type { MemoryAccount } from "../../pixels/kernels.ts";
import type { CodecName } from "../../plan/craft.ts";

/** A third-party codec instance and the memory it holds. */
interface Instance {
  readonly memoryBytes: number;
}

interface Lying {
  readonly instance: Instance;
  readonly account: MemoryAccount;
}

/**
 * Where instances of third-party codecs lie while nobody uses them, one a codec. They stay as large as they have grown,
 * because a fresh one each time would hold more: a dropped one is not freed before the collector runs. Who needs the room
 * says `drop`.
 */
export class Shelf {
  /** In the order in which they were put down. */
  readonly #idle = new Map<CodecName, Lying>();
  readonly #accounts = new Accounts();

  /** Bytes of all instances: idle, used, and dropped but not collected yet. */
  get heldBytes(): number {
    return this.#accounts.bytes;
  }

  /** Of these, bytes of idle instances. */
  get idleBytes(): number {
    return [...this.#idle.values()].reduce((sum, { account }) => sum + account.bytes, 0);
  }

  /** Bytes of each idle instance, that which was used longest ago first. */
  get idle(): ReadonlyMap<CodecName, number> {
    return new Map([...this.#idle].map(([codec, { account }]) => [codec, account.bytes]));
  }

  /** Gives an idle instance to the collector. */
  drop(codec: CodecName): void {
    this.#idle.delete(codec);
  }

  take(codec: CodecName): Lying | undefined {
    const lying = this.#idle.get(codec);
    this.#idle.delete(codec);
    return lying;
  }

  put(codec: CodecName, lying: Lying): void {
    this.#idle.set(codec, lying);
  }

  /** A new instance, which counts from now on. */
  enter(instance: Instance): Lying {
    const account = { bytes: instance.memoryBytes };
    this.#accounts.enter(instance, account);
    return { instance, account };
  }
}

/**
 * Keeps one instance of a third-party codec for all requests; its calls are synchronous, so none ever waits for it.
 *
 * A fresh one is made after any throw, because these codecs leave themselves in any state.
 */
export class Reusable<T extends Instance> {
  readonly #codec: CodecName;
  readonly #make: () => Promise<T>;
  readonly #shelf: Shelf;

  constructor(codec: CodecName, make: () => Promise<T>, shelf: Shelf) {
    this.#codec = codec;
    this.#make = make;
    this.#shelf = shelf;
  }

  async use<R>(work: (instance: T) => R): Promise<R> {
    // A value is kept, never a promise in flight: a request must not await what another request resolves.
    const lying = this.#shelf.take(this.#codec) ?? this.#shelf.enter(await this.#make());
    const { account } = lying;
    const instance = lying.instance as T;
    try {
      const result = work(instance);
      this.#shelf.put(this.#codec, lying);
      return result;
    } finally {
      account.bytes = instance.memoryBytes;
    }
  }
}
