import { Fault } from "../faults.ts";
import { abortable } from "./abortable.ts";

/** A stretch of a source, and which object it came from. */
export interface SourceWindow {
  readonly etag: string;
  /** Bytes of the whole object. */
  readonly size: number;
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
      const { etag, size } = object;
      const bytes = "body" in object ? await whole(object.body, signal) : new Uint8Array();
      return { etag, size, bytes };
    },

    async *chunks(key, etag, signal) {
      const got = await storage(() => abortable(bucket.get(key, { onlyIf: { etagMatches: etag } }), signal, discard));
      if (got === null || !("body" in got)) throw new Fault("sourceChanged");
      yield* read(got.body, signal);
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

async function whole(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of read(body, signal)) parts.push(part);
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Reads a body to its end; however the reading ends, nothing of the body is left open. */
async function* read(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await storage(() => abortable(reader.read(), signal));
      if (done) return;
      yield value;
    }
  } finally {
    // Not awaited: a stream that does not answer may not answer to this either. After the end it does nothing.
    reader.cancel().catch(() => {});
  }
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
