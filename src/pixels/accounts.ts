import type { MemoryAccount } from "./kernels.ts";

/**
 * Adds up the memory of instances: each counts until the collector reports it gone, for a dropped one is not freed before.
 */
export class Accounts<Account extends MemoryAccount = MemoryAccount> {
  readonly #open = new Set<Account>();
  readonly #collected = new FinalizationRegistry<Account>((account) => this.#open.delete(account));

  /** Bytes of all instances that are there, used or not. */
  get bytes(): number {
    let sum = 0;
    for (const { bytes } of this.#open) sum += bytes;
    return sum;
  }

  /** Those of all instances that are there. */
  get all(): Iterable<Readonly<Account>> {
    return this.#open;
  }

  /** @param account whoever uses the instance keeps it at what its memory holds */
  enter(instance: object, account: Account): void {
    this.#open.add(account);
    this.#collected.register(instance, account);
  }
}
