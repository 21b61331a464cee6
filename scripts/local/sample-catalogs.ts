import { join } from "node:path";
import { ROOT } from "./bundle.ts";
import { catalogFilesIn } from "./catalogs/folder.ts";
import type { LocalBuckets } from "./worker.ts";

/** The catalogs of a shop that does not exist, as the original server has such files. */
export const SAMPLE_CATALOGS = join(ROOT, "scripts/samples/catalogs");

const FOLDER = "catalogs/";
/** Metadata of what these commands have put there themselves. */
const MARK = { sample: "fixative" } as const;

/**
 * Puts the sample catalogs into SOURCES as they are now. What somebody else has put under such a key is theirs and stays;
 * what an older version of these samples has left, there or beside it, goes.
 */
export async function seedCatalogs(sources: LocalBuckets["sources"]): Promise<void> {
  const files = catalogFilesIn(SAMPLE_CATALOGS);
  for (const { path, bytes, etag } of files) {
    const there = await sources.head(FOLDER + path);
    const isOurs = there === null || there.customMetadata?.sample === MARK.sample;
    if (isOurs && there?.etag !== etag) await sources.put(FOLDER + path, bytes, { customMetadata: MARK });
  }
  const { objects } = await sources.list({ prefix: FOLDER, include: ["customMetadata"] });
  const current = new Set(files.map(({ path }) => FOLDER + path));
  const left = objects.filter(({ key, customMetadata }) => customMetadata?.sample === MARK.sample && !current.has(key));
  for (const { key } of left) await sources.delete(key);
}
