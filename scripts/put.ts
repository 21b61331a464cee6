/**
 * `npm run put -- <file> [key]`: puts a picture, or a catalog file, into the local SOURCES bucket, whether or not `npm start` is
 * running.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { bytesText, fail } from "./local/console.ts";
import { LOCAL_STATE } from "./local/seed.ts";
import { openLocalBuckets } from "./local/worker.ts";

const { positionals } = parseArgs({ allowPositionals: true });
const [file, key = basename(file ?? "")] = positionals;
if (file === undefined) fail("npm run put -- <file> [key]");

let bytes: Uint8Array;
try {
  bytes = readFileSync(file);
} catch {
  fail(`${file} cannot be read`);
}
const buckets = await openLocalBuckets(LOCAL_STATE);
try {
  await buckets.sources.put(key, bytes);
  const use = key.startsWith("catalogs/") ? "in force within CatalogRefresh seconds" : `/is/image/${key}`;
  console.log(`${key}, ${bytesText(bytes.length)}: ${use}`);
} finally {
  await buckets.stop();
}
