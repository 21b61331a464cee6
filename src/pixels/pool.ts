import { Accounts } from "./accounts.ts";
import { Kernels, type MemoryAccount } from "./kernels.ts";

/** Idle instances that are kept for the next render. */
const KEPT = 4;
/** An instance that has grown past this is dropped after its render: its memory would never shrink again. */
const GROWN = 4 * 1024 * 1024;

/**
 * Lends kernel instances, one to a render at a time.
 *
 * A dropped instance is not freed before the collector runs, so instances are reused, and the bytes of a dropped one
 * count as held until the collector reports it gone.
 */
export class KernelPool {
  readonly #module: WebAssembly.Module;
  readonly #idle: Kernels[] = [];
  readonly #accounts = new Accounts();

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** Bytes of memory of all instances: idle, lent, and dropped but not collected yet. */
  get heldBytes(): number {
    return this.#accounts.bytes;
  }

  /** Of these, bytes of idle instances. */
  get idleBytes(): number {
    return this.#idle.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get idle(): number {
    return this.#idle.length;
  }

  /** Gives an idle instance to the collector. */
  dropIdle(): void {
    this.#idle.shift();
  }

  /**
   * Lends an instance to `work` and takes it back zeroed.
   *
   * After a trap the instance is dropped: it may be in any state. A render that never resumes, because its request was
   * cancelled, loses its instance to the collector.
   */
  async lend<T>(work: (kernels: Kernels) => Promise<T>): Promise<T> {
    const kernels = this.#idle.pop() ?? this.#create();
    let trapped = false;
    try {
      return await work(kernels);
    } catch (cause) {
      trapped = isTrap(cause);
      throw cause;
    } finally {
      if (!trapped) this.#takeBack(kernels);
    }
  }

  /** Lends an instance to work that brings one thing after the other, until that is through or nobody wants more of it. */
  async *lendTo<T>(work: (kernels: Kernels) => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    const kernels = this.#idle.pop() ?? this.#create();
    let trapped = false;
    try {
      yield* work(kernels);
    } catch (cause) {
      trapped = isTrap(cause);
      throw cause;
    } finally {
      if (!trapped) this.#takeBack(kernels);
    }
  }

  #create(): Kernels {
    const account: MemoryAccount = { bytes: 0 };
    const kernels = new Kernels(this.#module, account);
    this.#accounts.enter(kernels, account);
    return kernels;
  }

  #takeBack(kernels: Kernels): void {
    if (this.#idle.length >= KEPT || kernels.bytes > GROWN) return;
    kernels.clear();
    this.#idle.push(kernels);
  }
}

function isTrap(cause: unknown): boolean {
  return cause instanceof WebAssembly.RuntimeError;
}
