import { Fault } from "../faults.ts";
import { abortable } from "./abortable.ts";

/** A stretch of a source, and which object it came from. */
export interface SourceWindow {
  readonly etag: string;
  /** Bytes of the whole object. */
  readonly size: number;
  /** Milliseconds since 1970: when the object was written. */
  readonly written: number;
  readonly bytes: Uint8Array;
}

/** Where source pictures come from. Every wait ends when the signal fires, and rejects with its reason. */
export interface Sources {
  /**
   * Bytes `at` … `at + length` of an object, fewer where it ends before; undefined where there is no such object.
   */
  window(key: string, at: number, length: number, signal: AbortSignal): Promise<SourceWindow | undefined>;
  /**
   * The bytes of the object that has this etag, in chunks.
   * @throws Fault `sourceChanged` where the key has another object by now, or none
   */
  chunks(key: string, etag: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
}

/** R2 refuses keys that are longer, so nothing is stored under them. */
const MAX_KEY_BYTES = 1024;

export function r2Sources(bucket: R2Bucket): Sources {
  return {
    async window(key, at, length, signal) {
      if (new TextEncoder().encode(key).length > MAX_KEY_BYTES) return undefined;
      const object = await storage(() => abortable(rangeOf(bucket, key, at, length), signal, discard));
      if (object === null) return undefined;
      const { etag, size, uploaded } = object;
      const available = Math.max(0, Math.min(length, size - at));
      const bytes = "body" in object ? await whole(object.body, available, signal) : new Uint8Array();
      return { etag, size, written: uploaded.getTime(), bytes };
    },

    async *chunks(key, etag, signal) {
      const got = await storage(() => abortable(bucket.get(key, { onlyIf: { etagMatches: etag } }), signal, discard));
      if (got === null || !("body" in got)) throw new Fault("sourceChanged");
      yield* read(got.body, got.size, signal);
    },
  };
}

/** A range that begins at or behind the end is an error to R2; to us it is an object without bytes there. */
async function rangeOf(
  bucket: R2Bucket,
  key: string,
  at: number,
  length: number,
): Promise<R2ObjectBody | R2Object | null> {
  try {
    return await bucket.get(key, { range: { offset: at, length } });
  } catch (cause) {
    const head = await bucket.head(key);
    if (head !== null && at < head.size) throw cause;
    return head;
  }
}

/** All of a body of `length` bytes. */
async function whole(body: ReadableStream<Uint8Array>, length: number, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of read(body, length, signal)) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes;
}

/**
 * Reads a body to its end, in chunks that are valid until the next one is asked for; however the reading ends, nothing
 * of the body is left open.
 *
 * @param length how many bytes it must have
 * @throws Fault `storage` where it has fewer, or more, before any of those is given
 */
async function* read(
  body: ReadableStream<Uint8Array>,
  length: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = largeChunks(body) ?? asTheyCome(body);
  let came = 0;
  try {
    for (;;) {
      const { done, value } = await storage(() => abortable(chunks.next(), signal));
      came += value?.length ?? 0;
      if (came > length || (done && came < length))
        throw new Fault("storage", `${came} bytes of a source came, not ${length}`);
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

function discard(object: R2ObjectBody | R2Object | null): void {
  if (object !== null && "body" in object) object.body.cancel().catch(() => {});
}

/** Failures of the storage itself, as distinct from the deadline's, which are Faults already. */
async function storage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault("storage", "the source could not be read", { cause });
  }
}
