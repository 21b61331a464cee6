import { beforeEach, describe, expect, test } from "vitest";
import { pngOf, quarters } from "../support/charts.ts";
import { bucketWith } from "../support/doubles.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";
import { savedObject, sha256 } from "./made-again.ts";

const ID = "x".repeat(2000);
const KEPT = `quarters?fmt=jpeg&id=${ID}&wid=20`;
const KEY = `renditions/.provenance/${await sha256(KEPT)}`;
const SAVED = "renditions/a.jpg";

beforeEach(async () => {
  const { objects } = await buckets.SAVES.list();
  await buckets.SAVES.delete(objects.map(({ key }) => key));
  await buckets.SAVES.put("renditions/", new Uint8Array());
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(40, 40)));
});

async function save(saves: R2Bucket, SaveTimeout = "5000", object = "quarters") {
  return properties(
    await ask(`${object}?wid=20&id=${ID}&req=saveToFile&name=a.jpg`, {}, site({ SaveTimeout }, { saves })),
  );
}

type Put = (...args: Parameters<R2Bucket["put"]>) => Promise<unknown>;

/** A bucket whose calls go another way where they are about the provenance. */
function bucketWhere(put: Put, head: (key: string) => Promise<unknown> = (key) => buckets.SAVES.head(key)): R2Bucket {
  return bucketWith(buckets.SAVES, {
    put: (...args: Parameters<R2Bucket["put"]>) =>
      (args[0] === KEY ? put : buckets.SAVES.put.bind(buckets.SAVES))(...args),
    head: (key: string) => (key === KEY ? head(key) : buckets.SAVES.head(key)),
  });
}

// Source: save-contract "The object".
describe("a request that does not fit into the metadata", () => {
  test("is a text of its own, under its hash, which the metadata has instead", async () => {
    expect(await save(buckets.SAVES)).toMatchObject({ status: "done" });
    const { metadata } = await savedObject(SAVED);
    expect(metadata).not.toHaveProperty("request");
    const { bytes, contentType } = await savedObject(`renditions/.provenance/${metadata["request-sha256"]}`);
    expect(contentType).toBe("text/plain; charset=utf-8");
    expect(new TextDecoder().decode(bytes)).toBe(KEPT);
    expect(await sha256(KEPT)).toBe(metadata["request-sha256"]);
  });

  test("is stored before the picture", async () => {
    const order: string[] = [];
    const saves = bucketWith(buckets.SAVES, {
      put: (...args: Parameters<R2Bucket["put"]>) => {
        order.push(args[0]);
        return buckets.SAVES.put(...args);
      },
    });
    await save(saves);
    expect(order).toEqual([KEY, SAVED]);
  });

  test("is stored once, whatever the number of saves", async () => {
    await save(buckets.SAVES);
    const before = await buckets.SAVES.head(KEY);
    let puts = 0;
    const counting: Put = (...args) => {
      puts++;
      return buckets.SAVES.put(...args);
    };
    expect(await save(bucketWhere(counting))).toMatchObject({ status: "done" });
    expect(puts).toBe(0);
    expect((await buckets.SAVES.head(KEY))?.version).toBe(before?.version);
    expect((await savedObject(SAVED)).metadata["request-sha256"]).toBe(await sha256(KEPT));
  });

  test("is not stored where the picture cannot be made", async () => {
    const before = await savedKeys();
    expect(await save(buckets.SAVES, "5000", "nowhere")).toMatchObject({ error: "sourceMissing" });
    expect(await savedKeys()).toEqual(before);
  });
});

describe("where it cannot be stored the save is refused, and its key is as it was", () => {
  const refused = (): Promise<never> => Promise.reject(new Error("put: access denied (10003)"));
  const silent = () => new Promise<never>(() => {});
  const swallowed: Put = async (_key, body) => {
    await new Response(body as ReadableStream).arrayBuffer();
    return silent();
  };
  test.each<[string, R2Bucket, string, string]>([
    ["the bucket refuses it", bucketWhere(refused), "5000", "saveFailed"],
    ["the bucket cannot be asked for it", bucketWhere(refused, refused), "5000", "storage"],
    ["the bucket does not answer whether it is there", bucketWhere(refused, silent), "400", "saveTimeout"],
    ["the bucket does not take it", bucketWhere(silent), "400", "saveTimeout"],
    ["the bucket says nothing of it", bucketWhere(swallowed), "400", "saveTimeout"],
  ])("%s", async (_, saves, modifiers, error) => {
    await buckets.SAVES.put(SAVED, "what was there before");
    const before = await savedKeys();
    expect(await save(saves, modifiers)).toMatchObject({ outcome: "#S7Z ERROR", error });
    expect(await savedKeys()).toEqual(before);
  });
});

describe("where it comes to be there nevertheless the save is done", () => {
  test("because another save stored it in between", async () => {
    const saves = bucketWhere(async (...args) => {
      await buckets.SAVES.put(KEY, KEPT);
      return buckets.SAVES.put(...args);
    });
    expect(await save(saves)).toMatchObject({ status: "done" });
  });

  test("because it was written, though the bucket said that it failed", async () => {
    const saves = bucketWhere(async (...args) => {
      await buckets.SAVES.put(...args);
      throw new Error("put: connection lost");
    });
    expect(await save(saves)).toMatchObject({ status: "done" });
  });
});
