import { Kernels } from "../../src/pixels/kernels.ts";
import { MODULES } from "./wasm-modules.ts";

/** Every remainder of a four-pixel step, and a length that no loop is unrolled to. */
export const LENGTHS = [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 257];
/** Where a kernel takes any address: on a vector, just behind one, and on no multiple of anything. */
export const ALIGNMENTS = [0, 1, 3];
export const MATRIX = LENGTHS.flatMap((count) => ALIGNMENTS.map((alignment) => ({ count, alignment })));

const GUARD = 64;
const CANARY = 0xa5;

/** An instance whose memory is large enough never to grow, so that views of it stay attached. */
export function roomyKernels(): Kernels {
  const kernels = new Kernels(MODULES.kernels);
  kernels.reserve(8 * 1024 * 1024);
  kernels.clear();
  return kernels;
}

/** A block of kernel memory between canaries. */
export interface Guarded {
  readonly address: number;
  readonly bytes: Uint8Array;
  /** How many bytes beside the block are no longer what they were. */
  trespasses(): number;
}

/** A block that begins `alignment` bytes behind a vector; its own bytes are canaries too until they are written. */
export function guarded(kernels: Kernels, length: number, alignment = 0): Guarded {
  const whole = kernels.reserve(GUARD + alignment + length + GUARD);
  const address = whole + GUARD + alignment;
  const around = kernels.bytesAt(whole, GUARD + alignment + length + GUARD).fill(CANARY);
  return {
    address,
    bytes: kernels.bytesAt(address, length),
    trespasses: () =>
      around.filter((byte, at) => byte !== CANARY && (at < GUARD + alignment || at >= GUARD + alignment + length))
        .length,
  };
}

/** An instance with canaries around every block that is reserved, and how many of them are no longer what they were. */
export function guardedKernels(): { readonly kernels: Kernels; trespasses(): number } {
  let guards: number[] = [];
  const guardAt = (kernels: Kernels, address: number) => {
    guards.push(address);
    kernels.bytesAt(address, GUARD).fill(CANARY);
  };
  class GuardedKernels extends Kernels {
    override reserve(bytes: number): number {
      const before = super.reserve(GUARD);
      const at = super.reserve(bytes);
      const behind = super.reserve(GUARD);
      guardAt(this, before);
      guardAt(this, behind);
      // Up to the canaries that lie at the next vector.
      this.bytesAt(at + bytes, behind - at - bytes).fill(CANARY);
      return at;
    }

    override clear(): void {
      super.clear();
      guards = [];
    }
  }
  const kernels = new GuardedKernels(MODULES.kernels);
  return {
    kernels,
    trespasses: () =>
      guards.reduce((sum, at) => sum + kernels.bytesAt(at, GUARD).filter((byte) => byte !== CANARY).length, 0),
  };
}

/** A guarded block that holds a copy of `values`. */
export function guardedCopy(kernels: Kernels, values: Uint8Array | Float32Array, alignment = 0): Guarded {
  const block = guarded(kernels, values.byteLength, alignment);
  block.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return block;
}

/** The floats in a block, copied out: a view would want an address that is a multiple of four. */
export function floatsIn({ bytes }: Guarded): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}

/** The words of 32 bits in a block, copied out as well. */
export function wordsIn({ bytes }: Guarded): Uint32Array {
  return new Uint32Array(bytes.slice().buffer);
}
