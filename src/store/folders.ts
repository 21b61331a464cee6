import { lookedUp } from "./looked-up.ts";

/**
 * Whether a folder is there: a marker object, or any object below it. The deepest folder covers those above it.
 * Source: save-contract "Where it goes".
 */
export async function folderExists(bucket: R2Bucket, folder: string, signal: AbortSignal): Promise<boolean> {
  if ((await lookedUp(() => bucket.head(folder), "the folder", signal)) !== null) return true;
  const { objects } = await lookedUp(() => bucket.list({ prefix: folder, limit: 1 }), "the folder", signal);
  return objects.length > 0;
}
