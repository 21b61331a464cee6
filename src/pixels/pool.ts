import { Accounts } from "./accounts.ts";
import { Kernels, type MemoryAccount } from "./kernels.ts";

/** Idle instances that are kept for the next render. */
const KEPT = 4;
/** An instance that has grown past this is dropped after its render: its memory would never shrink again. */
const GROWN = 4 * 1024 * 1024;

/** Whether the room that a render has claimed is still its own. Numbers only: an account outlives its request. */
export interface Claimed {
  readonly isHeld: boolean;
}

interface KernelAccount extends MemoryAccount {
  /** Of the render that has the instance. */
  claimed?: Claimed | undefined;
}

/**
 * Lends kernel instances, one to a render at a time.
 *
 * A dropped instance is not freed before the collector runs, so instances are reused, and the bytes of a dropped one
 * count as held until the collector reports it gone.
 */
export class KernelPool {
  readonly #module: WebAssembly.Module;
  readonly #idle: Kernels[] = [];
  readonly #accounts = new Accounts<KernelAccount>();
  readonly #accountOf = new WeakMap<Kernels, KernelAccount>();

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

  /**
   * Bytes that nobody has claimed: dropped instances, and what lent ones may have beyond the claims of their renders. A lent
   * instance is either as large as its render needs, which is claimed, or as it was lent, which is at most what is kept. So
   * the smaller one of its bytes and of that is all that it can have beyond its claim, as long as the claim is held: a
   * cancelled render loses it, and its instance counts in full until the collector has it.
   */
  get unclaimedBytes(): number {
    let bytes = this.heldBytes - this.idleBytes;
    for (const account of this.#accounts.all) {
      if (account.claimed?.isHeld) bytes -= Math.max(0, account.bytes - GROWN);
    }
    return bytes;
  }

  get idle(): number {
    return this.#idle.length;
  }

  /** Gives an idle instance to the collector. */
  dropIdle(): void {
    this.#idle.shift();
  }

  /**
   * Lends an instance to work that brings one thing after the other, until that is through or nobody wants more of it, and takes
   * it back zeroed.
   *
   * After a trap the instance is dropped: it may be in any state. A render that never resumes, because its request was
   * cancelled, loses its instance to the collector.
   *
   * @param claimed the room in which what the work needs of it is counted already; it counts here where absent
   */
  async *lendTo<T>(
    work: (kernels: Kernels) => AsyncIterable<T>,
    claimed?: Claimed,
  ): AsyncGenerator<T, void, undefined> {
    const kernels = this.#idle.pop() ?? this.#create();
    this.#claim(kernels, claimed);
    let trapped = false;
    try {
      yield* work(kernels);
    } catch (cause) {
      trapped = isTrap(cause);
      throw cause;
    } finally {
      // Whatever becomes of it, it is not what its render has claimed any more.
      this.#claim(kernels, undefined);
      if (!trapped) this.#takeBack(kernels);
    }
  }

  #create(): Kernels {
    const account: KernelAccount = { bytes: 0 };
    const kernels = new Kernels(this.#module, account);
    this.#accounts.enter(kernels, account);
    this.#accountOf.set(kernels, account);
    return kernels;
  }

  #claim(kernels: Kernels, claimed: Claimed | undefined): void {
    const account = this.#accountOf.get(kernels);
    if (account !== undefined) account.claimed = claimed;
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
