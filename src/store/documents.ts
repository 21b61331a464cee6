import { Fault } from "../faults.ts";
import { lookedUp } from "./looked-up.ts";
import { saveFile } from "./saves.ts";
import type { Time } from "./time.ts";

/** A text, and the SHA-256 of its bytes in hex digits, under which it is to be found. */
export interface Document {
  readonly text: string;
  readonly sha256: string;
}

/** Below the root of the saves. No name of a save has a segment like it. */
const FOLDER = ".provenance";

/**
 * Keeps a text at `<root>/.provenance/<sha256>`, if it is not there: what is there has the same bytes.
 *
 * It stays where the save for which it was kept then fails: another save may have come to rely on it.
 * @throws Fault `saveTimeout` (by way of `time`), `storage` or `saveFailed`; no key but its own was touched
 * Source: save-contract "The object".
 */
export async function keepDocument(
  bucket: R2Bucket,
  root: string,
  { text, sha256 }: Document,
  cacheControl: string,
  time: Time,
): Promise<void> {
  const key = `${root}/${FOLDER}/${sha256}`;
  const isThere = async () => (await lookedUp(() => bucket.head(key), "the provenance", time.signal)) !== null;
  if (await isThere()) return;
  const file = {
    key,
    bytes: Uint8Array.from(new TextEncoder().encode(text)),
    contentType: "text/plain; charset=utf-8",
    cacheControl,
    metadata: {},
    condition: { replaces: "nothing" },
  } as const;
  try {
    // No grace past the deadline: without time the picture cannot be written anyway.
    await saveFile(bucket, file, time, 0);
  } catch (cause) {
    await time.breathe();
    // Another save may have kept the same text by now, and so may this one, whatever the bucket said.
    if (await isThere()) return;
    throw new Fault("saveFailed", "its provenance could not be kept", { cause });
  }
}
