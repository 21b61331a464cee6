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
