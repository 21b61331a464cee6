import { Fault } from "../faults.ts";
import { ownObject, SAVE_ID } from "./own-object.ts";
import { type Outcome, putStream, type StreamCall } from "./put-stream.ts";
import { onlyIf, type SaveCondition } from "./save-condition.ts";
import type { Time } from "./time.ts";

/** A source picture that is arriving. */
export interface ArrivingFile extends Pick<StreamCall, "key" | "length" | "chunks"> {
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** What it may replace; anything where absent. */
  readonly condition?: SaveCondition | undefined;
}

/**
 * Writes a file as it arrives, so that either it is there, whole, or the key is as it was before. There is one attempt: its bytes
 * come once. Where the bucket's word is unclear the key is asked.
 *
 * @param graceMs how long past the deadline the bucket's word is awaited, once the last byte is written
 * @throws Fault `sourceConflict`, `saveFailed`, or what its chunks or `time` end with: the key is as it was; `saveUnknown`: nobody
 * knows
 */
export async function putArriving(
  bucket: R2Bucket,
  { key, length, chunks, contentType, metadata, condition }: ArrivingFile,
  time: Time,
  graceMs: number,
): Promise<R2Object> {
  const saveId = crypto.randomUUID();
  const options: R2PutOptions = {
    httpMetadata: { contentType },
    customMetadata: { ...metadata, [SAVE_ID]: saveId },
    ...(condition !== undefined && { onlyIf: onlyIf(condition) }),
  };
  const outcome = await putStream(bucket, { key, length, chunks, options }, time, graceMs);
  if (outcome.is === "written") return outcome.object;
  if (outcome.is === "conflict") throw new Fault("sourceConflict");
  const cause = "cause" in outcome ? outcome.cause : undefined;
  if (!mayBeWritten(outcome)) throw new Fault("saveFailed", "the bucket did not take it", { cause });
  const ours = await ownObject(bucket, key, saveId, length);
  if (ours === undefined) throw new Fault("saveUnknown", undefined, { cause });
  return ours;
}

function mayBeWritten(outcome: Outcome): boolean {
  return outcome.is === "silence" || (outcome.is === "unclear" && outcome.sent);
}
