import { Fault } from "../faults.ts";
import { ownObject, SAVE_ID } from "./own-object.ts";
import { type PutCall, putOnce } from "./put-once.ts";
import type { Outcome } from "./put-stream.ts";
import { onlyIf, type SaveCondition } from "./save-condition.ts";
import type { Time } from "./time.ts";
import { waited } from "./waits.ts";

/** A finished file, ready to be written. */
export interface FileToSave {
  readonly key: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly cacheControl: string;
  /** Custom metadata; with the save's own id it must stay within 2,000 bytes. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What it may replace; anything where absent. */
  readonly condition?: SaveCondition | undefined;
}

/** What the bucket says of a file that is there, whole. */
export interface SavedFile {
  readonly etag: string;
  readonly size: number;
  readonly uploaded: Date;
  /** How often writing it was begun. Of an upload: 1, and one more for each call that was made again. */
  readonly attempts: number;
  /** How many parts it was uploaded in; undefined of what was put at once. */
  readonly parts?: number;
}

/**
 * Writes a file so that either it is there, whole, or the key is as it was before. What may be tried again is, while there is
 * time; what was unclear is asked for at the key itself.
 *
 * @param graceMs how long past the deadline the bucket's word is awaited, once a last byte is written
 * @throws Fault `saveTimeout` (by way of `time`), `saveFailed` or `saveConflict`: the key is as it was; `saveUnknown`: nobody
 * knows
 * Source: save-contract "Two outcomes", 1–5 and 8.
 */
export async function saveFile(bucket: R2Bucket, file: FileToSave, time: Time, graceMs: number): Promise<SavedFile> {
  const saveId = crypto.randomUUID();
  const call = await putCall(file, saveId);
  let isUnclear = false;
  for (let attempt = 1; ; attempt++) {
    const outcome = await attempted(bucket, call, time, graceMs, isUnclear);
    if (outcome.is === "written") return savedFile(outcome.object, attempt);
    isUnclear ||= mayBeWritten(outcome);
    // An attempt before this one may have been written after all, and be what this one ran into.
    if (isUnclear) {
      const ours = await ownObject(bucket, file.key, saveId, file.bytes.length);
      if (ours !== undefined) return savedFile(ours, attempt);
    } else if (outcome.is === "conflict") throw new Fault("saveConflict");
    if (outcome.is !== "unclear" || !(await waited(attempt, time))) throw verdict(outcome, attempt, isUnclear);
  }
}

function savedFile({ etag, size, uploaded }: R2Object, attempts: number): SavedFile {
  return { etag, size, uploaded, attempts };
}

async function putCall(file: FileToSave, saveId: string): Promise<PutCall> {
  const { key, bytes, contentType, cacheControl, metadata, condition } = file;
  const options = {
    httpMetadata: { contentType, cacheControl },
    customMetadata: { ...metadata, [SAVE_ID]: saveId },
    sha256: await crypto.subtle.digest("SHA-256", bytes),
    ...(condition === undefined ? {} : { onlyIf: onlyIf(condition) }),
  };
  return { key, bytes, options };
}

/** An attempt that there was no time for any more, where that proves nothing: one before it may have been written. */
interface TooLate {
  readonly is: "too late";
  readonly cause: unknown;
}

async function attempted(
  bucket: R2Bucket,
  call: PutCall,
  time: Time,
  graceMs: number,
  isUnclear: boolean,
): Promise<Outcome | TooLate> {
  try {
    return await putOnce(bucket, call, time, graceMs);
  } catch (cause) {
    if (isUnclear) return { is: "too late", cause };
    throw cause;
  }
}

/** Whether an object may be there, or come to be there, for all that the bucket said. */
function mayBeWritten(outcome: Outcome | TooLate): boolean {
  return outcome.is === "silence" || (outcome.is === "unclear" && outcome.sent);
}

function verdict(outcome: Outcome | TooLate, attempts: number, isUnclear: boolean): Fault {
  const cause = "cause" in outcome ? outcome.cause : undefined;
  if (isUnclear) return new Fault("saveUnknown", undefined, { cause });
  const often = attempts === 1 ? "" : `, ${attempts} times`;
  return new Fault("saveFailed", `the bucket did not take it${often}`, { cause });
}
