import { Kernels } from "../../src/pixels/kernels.ts";
import { MODULES } from "./wasm-modules.ts";

const GUARD = 64;
const CANARY = 0xa5;
const CANARIES = new Uint8Array(GUARD).fill(CANARY);
/** Bytes behind everything that was reserved which must still be zeros, where there are as many. */
const BEHIND = 262_144;
const NOTHING = new Uint8Array(BEHIND);

/** Kernels whose every block lies between canaries: whoever writes beside what was reserved is found out. */
export class GuardedKernels extends Kernels {
  #guards: number[] = [];

  constructor() {
    super(MODULES.kernels);
  }

  override reserve(bytes: number): number {
    const before = super.reserve(GUARD);
    // The canaries behind begin with the first byte that is not the block's, wherever the next one could begin.
    const at = super.reserve(bytes + GUARD);
    for (const guard of [before, at + bytes]) {
      this.bytesAt(guard, GUARD).set(CANARIES);
      this.#guards.push(guard);
    }
    return at;
  }

  /** How many blocks were trespassed upon, and whether anything was written behind all of them. */
  trespasses(): number {
    const blocks = this.#guards.filter((at) => Buffer.compare(this.bytesAt(at, GUARD), CANARIES) !== 0).length;
    const behind = super.reserve(0);
    const length = Math.min(this.bytes - behind, BEHIND);
    return blocks + Math.abs(Buffer.compare(this.bytesAt(behind, length), NOTHING.subarray(0, length)));
  }

  override clear(): void {
    super.clear();
    this.#guards = [];
  }
}
