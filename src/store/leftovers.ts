import { isGone } from "./put-failure.ts";
import { within } from "./time.ts";

/** An upload, by what it can be found again. */
interface UploadName {
  readonly key: string;
  readonly uploadId: string;
}

/** An upload that may be open still, and why nobody knows. */
export interface LeftUpload extends UploadName {
  readonly state: "not aborted" | "completion unknown";
}

interface Leftover extends UploadName {
  /** How often it was to be aborted. */
  readonly tries: number;
}

/** Of each bucket the uploads that could not be aborted, by their ids. The binding cannot list them. */
const leftovers = new WeakMap<R2Bucket, Map<string, Leftover>>();
/** So many are remembered, and so many of them are looked at by one save; the bucket's lifecycle rule is for the others. */
const MOST_REMEMBERED = 100;
const MOST_AT_ONCE = 4;
const MOST_TRIES = 3;

/** How long the bucket may take to abort an upload: the answer to a save waits for it. */
const ABORT_LIMIT_MS = 2000;

/**
 * Aborts an upload that nobody wants any more. Where the bucket does not say that it is gone, it is remembered in the isolate
 * for a later save.
 *
 * @returns whether it is gone
 */
export async function giveUp(bucket: R2Bucket, upload: R2MultipartUpload): Promise<boolean> {
  if (await aborted(upload)) return true;
  remember(bucket, { key: upload.key, uploadId: upload.uploadId, tries: 1 });
  return false;
}

/** Aborts uploads that earlier saves could not abort. It takes no longer than one abort may, and never fails. */
export async function abortLeftovers(bucket: R2Bucket): Promise<void> {
  const all = leftovers.get(bucket);
  if (all === undefined) return;
  const some = [...all.values()].slice(0, MOST_AT_ONCE);
  // Taken out first: another save at the same time looks at others.
  for (const { uploadId } of some) all.delete(uploadId);
  await Promise.all(
    some.map(async ({ key, uploadId, tries }) => {
      if (await aborted(bucket.resumeMultipartUpload(key, uploadId))) return;
      if (tries < MOST_TRIES) remember(bucket, { key, uploadId, tries: tries + 1 });
    }),
  );
}

function remember(bucket: R2Bucket, leftover: Leftover): void {
  const all = leftovers.get(bucket) ?? new Map<string, Leftover>();
  leftovers.set(bucket, all);
  all.set(leftover.uploadId, leftover);
  const [oldest] = all.keys();
  if (all.size > MOST_REMEMBERED && oldest !== undefined) all.delete(oldest);
}

async function aborted(upload: Pick<R2MultipartUpload, "abort">): Promise<boolean> {
  const word = (async () => upload.abort())().then(() => true, isGone);
  return (await within(word, ABORT_LIMIT_MS)) ?? false;
}
