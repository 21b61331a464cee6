import { Fault } from "../faults.ts";
import { abortable } from "./abortable.ts";
import { chunksOf } from "./body-chunks.ts";

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
      yield* chunksOf(got.body, got.size, signal, unread);
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
  for await (const chunk of chunksOf(body, length, signal, unread)) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes;
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

function unread(why: string, cause?: unknown): Fault {
  return new Fault("storage", `the source could not be read: ${why}`, { cause });
}
