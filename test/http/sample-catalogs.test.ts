import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SAMPLE_CATALOGS, seedCatalogs } from "../../scripts/local/sample-catalogs.ts";
import { type LocalBuckets, openLocalBuckets } from "../../scripts/local/worker.ts";
import { contentsOf } from "../support/local.ts";

const KEY = "catalogs/atelier/macros.txt";
const CURRENT = readFileSync(join(SAMPLE_CATALOGS, "atelier/macros.txt"));
const OURS = { customMetadata: { sample: "fixative" } };

/** What `npm start` does with the catalogs in a local bucket that is kept from one time to the next. */
describe("putting the sample catalogs into a bucket", () => {
  const folder = mkdtempSync(join(tmpdir(), "fixative-samples-"));
  let buckets: LocalBuckets;
  beforeAll(async () => {
    buckets = await openLocalBuckets(folder);
  });
  beforeEach(async () => {
    for (const key of (await contentsOf(buckets.sources)).keys()) await buckets.sources.delete(key);
  });
  afterAll(async () => {
    await buckets.stop();
    rmSync(folder, { recursive: true });
  });

  const bytesOf = async (key: string) => Buffer.from((await (await buckets.sources.get(key))?.bytes()) ?? []);

  test("An empty one gets them all, byte for byte, below catalogs/.", async () => {
    await seedCatalogs(buckets.sources);
    expect([...(await contentsOf(buckets.sources)).keys()]).toEqual([
      "catalogs/atelier.ini",
      "catalogs/atelier/images.txt",
      "catalogs/atelier/macros.txt",
      "catalogs/default.ini",
    ]);
    expect(await bytesOf(KEY)).toEqual(CURRENT);
  });

  test("What is there already is not written again.", async () => {
    await seedCatalogs(buckets.sources);
    const before = await contentsOf(buckets.sources);
    await seedCatalogs(buckets.sources);
    expect(await contentsOf(buckets.sources)).toEqual(before);
  });

  test("An older sample is replaced, and one that is no more is deleted.", async () => {
    await buckets.sources.put(KEY, "Name\tDefinition\r\n", OURS);
    await buckets.sources.put("catalogs/atelier/older.txt", "Id\r\n", OURS);
    await seedCatalogs(buckets.sources);
    expect(await bytesOf(KEY)).toEqual(CURRENT);
    expect(await buckets.sources.head("catalogs/atelier/older.txt")).toBeNull();
  });

  test("What somebody else has put there stays as it is.", async () => {
    await buckets.sources.put(KEY, "mine");
    await buckets.sources.put("catalogs/mine.ini", "RootId=mine");
    await seedCatalogs(buckets.sources);
    expect((await bytesOf(KEY)).toString()).toBe("mine");
    expect((await bytesOf("catalogs/mine.ini")).toString()).toBe("RootId=mine");
  });
});
