/** A file that arrives in pieces, and how much of it was asked for. */
export interface Arriving {
  readonly body: ReadableStream<Uint8Array>;
  pulled: number;
  cancelled: boolean;
}

/**
 * A body of pieces as nobody asks for them before they are read.
 *
 * @param end what becomes of it behind the last piece: it ends, breaks off, or says nothing any more
 */
export function arriving(bytes: Uint8Array, piece: number, end: "ends" | "breaks" | "stalls" = "ends"): Arriving {
  let at = 0;
  const come: Arriving = {
    pulled: 0,
    cancelled: false,
    body: new ReadableStream(
      {
        async pull(controller) {
          if (at < bytes.length) {
            const next = bytes.slice(at, at + piece);
            at += next.length;
            come.pulled += next.length;
            controller.enqueue(next);
          } else if (end === "ends") controller.close();
          else if (end === "breaks") controller.error(new Error("Network connection lost."));
          else await new Promise(() => {});
        },
        cancel() {
          come.cancelled = true;
        },
      },
      { highWaterMark: 0 },
    ),
  };
  return come;
}

/** The same as chunks of these lengths, and the rest as the last one; each is overwritten when the next one is asked for. */
export async function* chunked(
  bytes: Uint8Array,
  lengths: readonly number[],
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0;
  for (const length of [...lengths, bytes.length]) {
    const chunk = bytes.slice(at, at + length);
    at += chunk.length;
    if (chunk.length > 0) yield chunk;
    chunk.fill(0xee);
  }
}
