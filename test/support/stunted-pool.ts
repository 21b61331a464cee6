import { Kernels } from "../../src/pixels/kernels.ts";
import { OutOfMemory } from "../../src/pixels/out-of-memory.ts";
import { KernelPool } from "../../src/pixels/pool.ts";

/** A pool whose kernels have room for so many blocks, all that are lent together, until it is told otherwise. */
export class StuntedPool extends KernelPool {
  left = Number.POSITIVE_INFINITY;

  override lendTo<T>(work: (kernels: Kernels) => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    return super.lendTo((kernels) => {
      kernels.reserve = (bytes) => {
        if (this.left-- <= 0) throw new OutOfMemory();
        return Kernels.prototype.reserve.call(kernels, bytes);
      };
      return work(kernels);
    });
  }
}
