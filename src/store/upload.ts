import { Fault } from "../faults.ts";
import { abortable } from "./abortable.ts";
import { completed, type FullUpload } from "./completion.ts";
import { giveUp, type LeftUpload } from "./leftovers.ts";
import { SAVE_ID } from "./own-object.ts";
import { putFailure } from "./put-failure.ts";
import type { FileToSave, SavedFile } from "./saves.ts";
import type { Time } from "./time.ts";
import { waited } from "./waits.ts";

/** A file that is written as it is made, and of which nobody knows how long it will be. */
export interface LongFile extends Omit<FileToSave, "bytes" | "condition"> {
  /**
   * Its bytes: all parts but the last are of one length, which R2 wants to be 5 MiB at least; there is one at least. Each is
   * valid until the next one is asked for.
   */
  readonly parts: AsyncIterable<Uint8Array>;
}

/** What is done beside an upload. */
interface Beside {
  /** Is told of uploads that may be open still. */
  left(upload: LeftUpload): void;
  /** Goes on with this work after the answer. */
  keepAlive(work: Promise<unknown>): void;
}

/**
 * Writes a file in parts, one after the other, so that either it is there, whole, or the key is as it was before: until its upload
 * is completed nothing of it is at the key. A part that fails unclearly is sent again while there is time.
 *
 * R2 takes neither a condition nor a digest of a whole upload: by the id of the save and the length an object is known to be ours.
 *
 * @param graceMs how long past the deadline the bucket's word is awaited, once the upload is to be completed
 * @throws Fault `saveTimeout` (by way of `time`), `saveFailed`, or what making the file ends with: the key is as it was;
 * `saveUnknown`: nobody knows
 * Source: save-contract "Two outcomes", 1–5.
 */
export async function uploadFile(
  bucket: R2Bucket,
  file: LongFile,
  time: Time,
  graceMs: number,
  beside: Beside,
): Promise<SavedFile> {
  const saveId = crypto.randomUUID();
  const attempts = { repeated: 0 };
  const giveUpOn = async (upload: R2MultipartUpload) => {
    const { key, uploadId } = upload;
    if (!(await giveUp(bucket, upload))) beside.left({ key, uploadId, state: "not aborted" });
  };
  const create = () => bucket.createMultipartUpload(file.key, uploadOptions(file, saveId));
  const upload = await insisted(create, time, attempts, (late) => beside.keepAlive(late.then(giveUpOn, () => {})));
  let full: FullUpload;
  try {
    full = { upload, saveId, ...(await sent(upload, file, time, attempts)) };
    // One final time: from here on nothing is broken off.
    await time.breathe();
  } catch (cause) {
    await giveUpOn(upload);
    throw cause;
  }
  const done = await completed(bucket, full, time, graceMs, beside.left);
  const { etag, size, uploaded } = done.object;
  return { etag, size, uploaded, attempts: done.attempts + attempts.repeated, parts: full.parts.length };
}

function uploadOptions({ contentType, cacheControl, metadata }: LongFile, saveId: string): R2MultipartOptions {
  return { httpMetadata: { contentType, cacheControl }, customMetadata: { ...metadata, [SAVE_ID]: saveId } };
}

async function sent(
  upload: R2MultipartUpload,
  file: LongFile,
  time: Time,
  attempts: Repeated,
): Promise<Pick<FullUpload, "parts" | "bytes">> {
  const parts: R2UploadedPart[] = [];
  let bytes = 0;
  for await (const part of file.parts) {
    const number = parts.length + 1;
    parts.push(await insisted(() => upload.uploadPart(number, part), time, attempts));
    bytes += part.length;
  }
  return { parts, bytes };
}

/** How often something was said again. */
interface Repeated {
  repeated: number;
}

/**
 * What the bucket says to a call that may be made any number of times.
 *
 * @param late takes what it may still say when the time is up
 */
async function insisted<T>(
  call: () => Promise<T>,
  time: Time,
  attempts: Repeated,
  late?: (answer: Promise<T>) => void,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    // In a function of its own: what the binding throws at once is a rejection, too.
    const answer = (async () => call())();
    try {
      return await abortable(answer, time.signal);
    } catch (cause) {
      if (time.signal.aborted) {
        late?.(answer);
        throw cause;
      }
      // Nothing is at the key before the upload is completed: what the binding cannot send is refused.
      const isRefused = putFailure(cause, false) === "refused";
      if (isRefused || !(await waited(attempt, time))) {
        const often = attempt === 1 ? "" : `, ${attempt} times`;
        throw new Fault("saveFailed", `the bucket did not take it${often}`, { cause });
      }
      attempts.repeated++;
    }
  }
}
