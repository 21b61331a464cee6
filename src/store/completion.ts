import { Fault } from "../faults.ts";
import { giveUp, type LeftUpload } from "./leftovers.ts";
import { ownObject } from "./own-object.ts";
import { type PutFailure, putFailure } from "./put-failure.ts";
import { type Time, withGrace } from "./time.ts";
import { waited } from "./waits.ts";

/** An upload of which the bucket has all parts. */
export interface FullUpload {
  readonly upload: R2MultipartUpload;
  readonly parts: R2UploadedPart[];
  /** Of all parts. */
  readonly bytes: number;
  readonly saveId: string;
}

/** What the bucket says of a completion. */
type Word =
  | { readonly is: "written"; readonly object: R2Object }
  | { readonly is: PutFailure; readonly cause: unknown }
  | { readonly is: "silence" };

/**
 * Makes an object of an upload. From here on nothing is broken off: the bucket's word is awaited, and what it leaves open is asked
 * for at the key. It is said again while there is time; one that was unclear may have been done, and the upload is gone then.
 *
 * @param graceMs how long past the deadline the bucket's word is awaited
 * @throws Fault `saveFailed`: refused for good, and the key is as it was; `saveUnknown`: nobody knows
 * Source: save-contract "Two outcomes", 4 and 5.
 */
export async function completed(
  bucket: R2Bucket,
  full: FullUpload,
  time: Time,
  graceMs: number,
  left: (upload: LeftUpload) => void,
): Promise<{ readonly object: R2Object; readonly attempts: number }> {
  const { upload, bytes, saveId } = full;
  const { key, uploadId } = upload;
  let isUnclear = false;
  for (let attempt = 1; ; attempt++) {
    const word = await wordOf(full, time, graceMs);
    if (word.is === "written") return { object: word.object, attempts: attempt };
    isUnclear ||= word.is !== "refused";
    // Also where it is refused: it may be gone because the bucket has completed it before.
    const ours = await ownObject(bucket, key, saveId, bytes);
    if (ours !== undefined) return { object: ours, attempts: attempt };
    if (word.is === "unclear" && (await waited(attempt, time))) continue;
    const cause = "cause" in word ? word.cause : undefined;
    if (isUnclear) {
      left({ key, uploadId, state: "completion unknown" });
      throw new Fault("saveUnknown", undefined, { cause });
    }
    if (!(await giveUp(bucket, upload))) left({ key, uploadId, state: "not aborted" });
    throw new Fault("saveFailed", "the bucket did not complete it", { cause });
  }
}

async function wordOf({ upload, parts, bytes }: FullUpload, time: Time, graceMs: number): Promise<Word> {
  const word = (async () => upload.complete(parts))().then(
    (object): Word => answered(object, bytes),
    (cause): Word => ({ is: putFailure(cause, true), cause }),
  );
  return (await withGrace(word, time, graceMs)) ?? { is: "silence" };
}

/** A bucket is not believed that has completed what is not as long as its parts. */
function answered(object: R2Object, bytes: number): Word {
  if (object.size === bytes) return { is: "written", object };
  return { is: "unclear", cause: `${object.size} of ${bytes} bytes are said to be written` };
}
