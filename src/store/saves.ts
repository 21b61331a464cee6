import { Fault } from "../faults.ts";
import { abortable } from "./abortable.ts";

/** A finished picture, ready to be written. */
export interface FileToSave {
  readonly key: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly cacheControl: string;
  /** Where it came from; with the save's own id it must stay within R2's 2,000 bytes. */
  readonly provenance: Readonly<Record<string, string>>;
}

/** What the bucket says of a picture that is there, whole. */
export interface SavedFile {
  readonly etag: string;
  readonly size: number;
  readonly uploaded: Date;
}

/** The time that a save has. */
export interface Time {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** Lets the clock move, then throws where the time is up. */
  breathe(): Promise<void>;
}

/** How long the bucket may take to say what a key holds, once a write has ended without a clear word. */
const HEAD_LIMIT_MS = 2000;

/**
 * Whether a folder is there: a marker object, or any object below it. The deepest folder covers those above it.
 * Source: save-contract "Where it goes".
 */
export async function folderExists(bucket: R2Bucket, folder: string, signal: AbortSignal): Promise<boolean> {
  try {
    if ((await abortable(bucket.head(folder), signal)) !== null) return true;
    const { objects } = await abortable(bucket.list({ prefix: folder, limit: 1 }), signal);
    return objects.length > 0;
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault("storage", "the folder could not be looked up", { cause });
  }
}

/**
 * Writes a file so that either it is there, whole, or the key is as it was before.
 *
 * The body is a stream of known length whose last byte is held back until the deadline has been checked one final time:
 * without it nothing is stored. From that byte on nothing aborts the stream.
 *
 * @param graceMs how long past the deadline the bucket's word is awaited, once the last byte is written
 * @throws Fault `saveTimeout` (by way of `time`) or `saveFailed`: the key is as it was; `saveUnknown`: nobody knows
 * Source: save-contract "Two outcomes", 1–5.
 */
export async function saveFile(bucket: R2Bucket, file: FileToSave, time: Time, graceMs: number): Promise<SavedFile> {
  const { key, bytes, contentType, cacheControl } = file;
  const saveId = crypto.randomUUID();
  const sha256 = await crypto.subtle.digest("SHA-256", bytes);
  const { readable, writable } = new FixedLengthStream(bytes.length);
  const writer = writable.getWriter();
  const put: Promise<Written> = bucket
    .put(key, readable, {
      httpMetadata: { contentType, cacheControl },
      customMetadata: { ...file.provenance, "save-id": saveId },
      sha256,
    })
    .then(
      (object) => ({ object }),
      (cause) => ({ object: null, cause }),
    );

  try {
    const early = await abortable(Promise.race([put, writer.write(bytes.subarray(0, -1))]), time.signal);
    if (early !== undefined) throw new Fault("saveFailed", "the bucket refused it", { cause: early.cause });
    await time.breathe();
  } catch (cause) {
    // Not awaited: without its last byte the object cannot come into being, whenever the bucket notices.
    writer.abort(cause).catch(() => {});
    throw cause instanceof Fault ? cause : new Fault("saveFailed", "the bucket stopped reading", { cause });
  }

  const finished = writer.write(bytes.subarray(-1)).then(() => writer.close());
  finished.catch(() => {});
  const written = await within(put, time.expires + graceMs - Date.now());
  return written?.object ?? (await foundAfterAll(bucket, key, saveId, written?.cause));
}

interface Written {
  readonly object: R2Object | null;
  readonly cause?: unknown;
}

/** A put that ended badly, or not at all, after the last byte proves nothing: the key itself is asked whose it is. */
async function foundAfterAll(bucket: R2Bucket, key: string, saveId: string, cause: unknown): Promise<SavedFile> {
  const object = await within(
    bucket.head(key).catch(() => null),
    HEAD_LIMIT_MS,
  );
  if (object?.customMetadata?.["save-id"] === saveId) return object;
  throw new Fault("saveUnknown", undefined, { cause });
}

/** What `work` brings within `ms`, else undefined. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const stop = new AbortController();
  const silence = scheduler.wait(Math.max(0, ms), { signal: stop.signal }).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work, silence]);
  } finally {
    stop.abort();
  }
}
