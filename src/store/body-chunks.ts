import { Fault } from "../faults.ts";
import { abortable } from "./abortable.ts";

/**
 * Reads a body to its end, in chunks that are valid until the next one is asked for; however the reading ends, nothing
 * of the body is left open.
 *
 * @param length how many bytes it must have
 * @param failed the fault with which it ends where it breaks off, or has fewer bytes, or more, before any of those is given
 */
export async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  length: number,
  signal: AbortSignal,
  failed: (why: string, cause?: unknown) => Fault,
): AsyncGenerator<Uint8Array, void, undefined> {
  const broken = (cause: unknown) => {
    throw cause instanceof Fault ? cause : failed("it broke off", cause);
  };
  const chunks = largeChunks(body) ?? asTheyCome(body);
  let came = 0;
  try {
    for (;;) {
      const { done, value } = await abortable(chunks.next(), signal).catch(broken);
      came += value?.length ?? 0;
      if (came > length || (done && came < length)) throw failed(`${came} bytes came, not ${length}`);
      if (value !== undefined && value.length > 0) yield value;
      if (done) return;
    }
  } finally {
    // Not awaited: a stream that does not answer may not answer to this either. After the end it does nothing.
    chunks.cancel().catch(() => {});
  }
}

interface Chunks {
  /** The last chunk may come with `done`, or before it. */
  next(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** The platform hands a stream over in pieces of 4 KB, and each costs a wait: so many bytes are waited for at once. */
const AT_ONCE = 65_536;

/** Always into the same buffer; undefined where the stream cannot do that. */
function largeChunks(body: ReadableStream<Uint8Array>): Chunks | undefined {
  const reader = byteReader(body);
  if (reader === undefined) return undefined;
  let buffer = new ArrayBuffer(AT_ONCE);
  return {
    async next() {
      const read = await reader.readAtLeast(AT_ONCE, new Uint8Array(buffer));
      if (read.value !== undefined) buffer = read.value.buffer as ArrayBuffer;
      return read;
    },
    cancel: () => reader.cancel(),
  };
}

function byteReader(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | undefined {
  try {
    return body.getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
}

function asTheyCome(body: ReadableStream<Uint8Array>): Chunks {
  const reader = body.getReader();
  return { next: () => reader.read(), cancel: () => reader.cancel() };
}
