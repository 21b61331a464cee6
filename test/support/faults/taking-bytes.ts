/** Takes bytes of a body, as a bucket does that is given them. */
export interface TakingBytes {
  /** Up to so many of them in all; with the last one it waits for the end. */
  (upTo: number): Promise<void>;
  cancel(): Promise<void>;
}

/**
 * @param length of the body
 * @param entry where what was taken is kept
 */
export function takingBytes(
  body: ReadableStream<Uint8Array>,
  length: number,
  entry: { taken: Uint8Array },
): TakingBytes {
  let reader: ReadableStreamBYOBReader | undefined;
  const take = async (upTo: number) => {
    if (upTo === 0) return;
    reader ??= body.getReader({ mode: "byob" });
    for (;;) {
      const wanted = upTo === length ? PIECE : Math.min(PIECE, upTo - entry.taken.length);
      if (wanted === 0) return;
      const { done, value } = await reader.read(new Uint8Array(wanted));
      if (value !== undefined) entry.taken = joined(entry.taken, value);
      if (done) return;
    }
  };
  return Object.assign(take, { cancel: () => (reader === undefined ? body.cancel() : reader.cancel()) });
}

const PIECE = 4096;

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
