import { Fault } from "../faults.ts";
import type { Kernels } from "../pixels/kernels.ts";

/**
 * Reserves zeroed bytes in the arena of the kernels.
 *
 * @throws Fault `memoryBudget` where there is no memory for them, whatever the budget says
 */
export function reserved(kernels: Kernels, bytes: number): number {
  try {
    return kernels.reserve(bytes);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new Fault("memoryBudget", `${bytes} bytes more for a file than the ${kernels.bytes} that there are`, {
      cause,
    });
  }
}

/** Places a copy of an array in a block of its own. */
export function placed(kernels: Kernels, values: ArrayBufferView): number {
  const address = reserved(kernels, values.byteLength);
  kernels.bytesAt(address, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return address;
}
