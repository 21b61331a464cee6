import { readBundle } from "../../scripts/local/bundle.ts";
import { type LocalOptions, type LocalWorker, startLocal } from "../../scripts/local/worker.ts";

/** Starts the bundle that bundle-once.ts has left in dist/, in a runtime of its own with empty buckets. */
export function startBundled(options: Omit<LocalOptions, "modules"> = {}): Promise<LocalWorker> {
  return startLocal({ ...options, modules: readBundle() });
}

/** A bucket of the local runtime, reached past the Worker. */
export type Bucket = LocalWorker["saves"];

/** The folder below which wrangler.toml lets saves go (shipped.test.ts holds it). */
export const SAVE_PATH = "renditions";

/** Every object of a bucket: key → version, which R2 makes anew at each write. */
export async function contentsOf(bucket: Bucket): Promise<ReadonlyMap<string, string>> {
  const { objects, truncated } = await bucket.list();
  if (truncated) throw new Error("more objects than one list() shows");
  return new Map(objects.map(({ key, version }) => [key, version]));
}
