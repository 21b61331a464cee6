import { vi } from "vitest";

/** Lengths of the buffers that are given back while something is done. */
export async function releasedLengths(work: () => Promise<unknown>): Promise<ReadonlySet<number>> {
  const lengths = new Set<number>();
  const { transfer } = ArrayBuffer.prototype;
  const spy = vi.spyOn(ArrayBuffer.prototype, "transfer").mockImplementation(function (this: ArrayBuffer, length) {
    lengths.add(this.byteLength);
    return transfer.call(this, length);
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return lengths;
}

/**
 * Watches for arrays that are made with one of these lengths, until `vi.unstubAllGlobals()`.
 *
 * @returns how many of them were made, and are still held
 */
export function watchedArrays(lengths: ReadonlySet<number>): { made(): number; held(): number } {
  const made: Uint8Array[] = [];
  vi.stubGlobal(
    "Uint8Array",
    new Proxy(Uint8Array, {
      construct(target, given: [number], newTarget) {
        const array: Uint8Array = Reflect.construct(target, given, newTarget);
        if (lengths.has(given[0])) made.push(array);
        return array;
      },
    }),
  );
  return { made: () => made.length, held: () => made.filter(({ byteLength }) => byteLength > 0).length };
}
