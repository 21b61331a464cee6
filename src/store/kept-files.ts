import { lookedUp } from "./looked-up.ts";

/** What lies at a key, without its bytes; undefined where there is nothing. Throws Fault `storage`, or the signal's reason. */
export async function keptFile(bucket: R2Bucket, key: string, signal: AbortSignal): Promise<R2Object | undefined> {
  return (await lookedUp(() => bucket.head(key), "the file", signal)) ?? undefined;
}

/** Which version of a file, and which part of it. */
export interface KeptVersion {
  readonly etag: string;
  /** All of it where absent. */
  readonly range?: { readonly at: number; readonly length: number } | undefined;
}

/**
 * What lies at a key, with its bytes, which nobody has read yet; undefined where there is nothing, or not that version.
 *
 * @throws Fault `storage`, or the signal's reason
 */
export async function openedFile(
  bucket: R2Bucket,
  key: string,
  signal: AbortSignal,
  version?: KeptVersion,
): Promise<R2ObjectBody | undefined> {
  const { etag, range } = version ?? {};
  const options: R2GetOptions = {
    ...(etag !== undefined && { onlyIf: { etagMatches: etag } }),
    ...(range !== undefined && { range: { offset: range.at, length: range.length } }),
  };
  const got = await lookedUp<R2ObjectBody | R2Object | null>(() => bucket.get(key, options), "the file", signal, close);
  return got !== null && "body" in got ? got : undefined;
}

function close(object: R2ObjectBody | R2Object | null): void {
  if (object !== null && "body" in object) object.body.cancel().catch(() => {});
}
