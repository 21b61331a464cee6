import { Kernels } from "../../src/pixels/kernels.ts";
import { OutOfMemory } from "../../src/pixels/out-of-memory.ts";
import { MODULES } from "./wasm-modules.ts";

/** Kernels that have room for so many blocks and no more. */
export class StuntedKernels extends Kernels {
  #left: number;

  constructor(reservations: number) {
    super(MODULES.kernels);
    this.#left = reservations;
  }

  override reserve(bytes: number): number {
    if (this.#left-- <= 0) throw new OutOfMemory();
    return super.reserve(bytes);
  }
}
