import type { Kernels } from "../../src/pixels/kernels.ts";
import type { KernelPool } from "../../src/pixels/pool.ts";

/** What work makes with kernels that a pool lends to it. */
export async function lent<T>(pool: KernelPool, work: (kernels: Kernels) => Promise<T> | T): Promise<T> {
  const made: T[] = [];
  async function* once(kernels: Kernels): AsyncGenerator<T, void, undefined> {
    yield await work(kernels);
  }
  for await (const result of pool.lendTo(once)) made.push(result);
  return made[0] as T;
}
