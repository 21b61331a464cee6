import { beforeEach, describe, expect, test } from "vitest";
import { handle } from "../../../src/serve/handle.ts";
import { type Arriving, arriving } from "../../support/arriving.ts";
import { bucketWith, notedBucket } from "../../support/doubles.ts";
import { buckets, site, visit } from "../../support/site.ts";
import { contents, on, oneSource, PNG, put, putInit, refused } from "./putting.ts";

beforeEach(oneSource);

describe("an upload that does not come to its end leaves what was there", () => {
  const LONG = Uint8Array.from({ length: 600_000 }, (_, at) => PNG[at] ?? at % 251);
  /** All of it but some bytes, and then this. */
  const cut = (bytes: number, end: Parameters<typeof arriving>[2]): [Arriving, RequestInit] => {
    const come = arriving(LONG.subarray(0, LONG.length - bytes), 10_000, end);
    return [come, putInit(LONG, {}, come.body)];
  };

  test.each([1, 1000, 599_000])("where it breaks off %d bytes before its end", async (bytes) => {
    for (const key of ["there.png", "new.png"]) await refused("uploadBroken", key, cut(bytes, "breaks")[1]);
  });

  test.each([1, 599_000])("where it ends %d bytes before its end", async (bytes) => {
    await refused("uploadBroken", "there.png", cut(bytes, "ends")[1]);
  });

  test("where it stops coming, when the time is up", async () => {
    const hasty = site({ ManageSources: "1", SaveTimeout: "50", MaxSaveTimeout: "50" });
    const [come, init] = cut(1, "stalls");
    await refused("saveTimeout", "there.png", init, hasty);
    expect(come.cancelled).toBe(true);
  });

  test("where its client hangs up", async () => {
    const before = await contents();
    const client = new AbortController();
    const [come, init] = cut(1, "stalls");
    const request = new Request("https://pictures.example/is/sources/there.png", init);
    const reply = handle({ ...visit("", {}, { hungUp: client.signal }), request }, on);
    await expect.poll(() => come.pulled).toBe(LONG.length - 1);
    client.abort();
    expect(await (await reply).json()).toMatchObject({ error: "clientGone" });
    expect(await contents()).toEqual(before);
  });

  test("and whole it is there", async () => {
    const come = arriving(LONG, 10_000);
    expect(await put("new.png", putInit(LONG, {}, come.body))).toMatchObject({ status: 201, size: LONG.length });
    const object = await buckets.SOURCES.get("new.png");
    expect(new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(LONG);
  });
});

// Source: save-contract "Two outcomes", 3 to 5.
describe("where the bucket fails", () => {
  const failing = (put: (...args: Parameters<R2Bucket["put"]>) => Promise<unknown>, calls = {}) =>
    site({ ManageSources: "1", CommitGrace: "50" }, { sources: bucketWith(buckets.SOURCES, { put, ...calls }) });
  const busy = () => new Error("put: Reduce your concurrent request rate. (10058)");

  test("before it has the last byte, nothing was written", async () => {
    const at = failing(async () => {
      throw busy();
    });
    await refused("saveFailed", "there.png", putInit(PNG), at);
  });

  test("at once, the rest of the file is not waited for", async () => {
    const bytes = new Uint8Array(400_000);
    bytes.set(PNG);
    const come = arriving(bytes.subarray(0, 300_000), 10_000, "stalls");
    const at = failing(async () => {
      throw busy();
    });
    await refused("saveFailed", "there.png", putInit(bytes, {}, come.body), at);
    expect(come.cancelled).toBe(true);
  });

  test("when it has all of it and has not written it, nobody knows", async () => {
    const at = failing(async (_, body) => {
      await new Response(body as ReadableStream).arrayBuffer();
      throw busy();
    });
    await refused("saveUnknown", "there.png", putInit(PNG), at);
  });

  test("when it has written it all the same, the key says so", async () => {
    const at = failing(async (...args) => {
      await buckets.SOURCES.put(...args);
      throw busy();
    });
    expect(await put("there.png", putInit(PNG), at)).toMatchObject({ status: 201, width: 60 });
  });

  test("when it is asked what is there, nothing is put", async () => {
    const calls: string[] = [];
    const head = async () => {
      throw new Error("head: We encountered an internal error. Please try again. (10001)");
    };
    const noted = notedBucket(buckets.SOURCES, calls);
    const at = site({ ManageSources: "1" }, { sources: bucketWith(noted, { head }) });
    await refused("storage", "new.png", putInit(PNG, { "If-None-Match": "*" }), at);
    expect(calls).not.toContain("put");
  });
});
