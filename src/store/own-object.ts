import { within } from "./time.ts";

/** By its save's id an object is known to be ours. */
export const SAVE_ID = "save-id";
/** Bytes that `save-id` takes of the metadata: its name and a UUID. */
export const SAVE_ID_BYTES = SAVE_ID.length + 36;

/** How long the bucket may take to say what a key holds, once a write has ended without a clear word. */
const HEAD_LIMIT_MS = 2000;

/** What lies at a key, if it is of this save and as long as what was written; undefined also where the bucket does not say. */
export async function ownObject(
  bucket: R2Bucket,
  key: string,
  saveId: string,
  length: number,
): Promise<R2Object | undefined> {
  const asked = (async () => bucket.head(key))().catch(() => null);
  const object = await within(asked, HEAD_LIMIT_MS);
  return object?.customMetadata?.[SAVE_ID] === saveId && object.size === length ? object : undefined;
}
