import { beforeEach, describe, expect, test } from "vitest";
import { pngOf, quarters } from "../support/charts.ts";
import { bucketWith, tricklingSources, type Watched } from "../support/doubles.ts";
import { picture } from "../support/pictures.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

/** Incompressible, so that its file is long enough to trickle. */
const noise = picture({ width: 120, height: 120 }, (x, y) => {
  const value = Math.imul(x * 7919 + y * 104_729 + 1, 2_654_435_761) >>> 0;
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, 255];
});

beforeEach(async () => {
  const { objects } = await buckets.SAVES.list();
  await buckets.SAVES.delete(objects.map(({ key }) => key));
  await buckets.SAVES.put("renditions/", new Uint8Array());
  await buckets.SOURCES.put("noise.png", pngOf(noise));
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(20, 20)));
});

describe("a save that is out of time", () => {
  /** Lets through what would not fit beside everything else. */
  const roomy = site({ MemoryBudget: "1000000000" });

  test("because its source trickles is 403 saveTimeout, stores nothing and closes the source", async () => {
    const watched: Watched = { cancelled: false };
    const slow = site({}, { sources: tricklingSources(buckets.SOURCES, 500, 20, watched) });
    const before = await savedKeys();
    const reply = await ask("noise?wid=50&req=saveToFile&name=slow.jpg&timeout=50", {}, slow);
    expect(reply.status).toBe(403);
    expect(await properties(reply)).toMatchObject({ outcome: "#S7Z ERROR", status: "timeout", error: "saveTimeout" });
    expect(await savedKeys()).toEqual(before);
    expect(watched.cancelled).toBe(true);
  });

  test("leaves what was there before, byte for byte", async () => {
    await buckets.SAVES.put("renditions/slow.jpg", "what was there before");
    const slow = site({}, { sources: tricklingSources(buckets.SOURCES, 500, 20, { cancelled: false }) });
    expect((await ask("noise?wid=50&req=saveToFile&name=slow.jpg&timeout=50", {}, slow)).status).toBe(403);
    expect(await (await buckets.SAVES.get("renditions/slow.jpg"))?.text()).toBe("what was there before");
  });

  test("does not keep the next one from succeeding, by the same slow source with more time", async () => {
    const slow = site({}, { sources: tricklingSources(buckets.SOURCES, 20_000, 5, { cancelled: false }) });
    const reply = await ask("noise?wid=50&req=saveToFile&name=slow.jpg&timeout=5000", {}, slow);
    expect(await properties(reply)).toMatchObject({ status: "done", width: "50" });
  });

  test("counts from the arrival, and every wait ends with it: a bucket that never answers", async () => {
    const never = () => new Promise(() => {});
    for (const call of ["get", "head", "list"] as const) {
      const sources = call === "get" ? bucketWith(buckets.SOURCES, { get: never }) : buckets.SOURCES;
      const saves = call === "get" ? buckets.SAVES : bucketWith(buckets.SAVES, { [call]: never });
      const name = call === "list" ? "empty/a.jpg" : "a.jpg";
      const reply = await ask(`quarters?req=saveToFile&name=${name}&timeout=40`, {}, site({}, { sources, saves }));
      expect(await properties(reply)).toMatchObject({ status: "timeout", error: "saveTimeout" });
    }
  });

  test("because its form does not end is 403 saveTimeout, and strangers are not even listened to", async () => {
    const form = () => new ReadableStream({ pull: () => scheduler.wait(60_000) });
    const init = () => ({ method: "POST", body: form(), duplex: "half" }) as RequestInit;
    const path = "quarters?req=saveToFile&name=a.jpg&timeout=60";
    expect(await properties(await ask(path, init()))).toMatchObject({ status: "timeout", error: "saveTimeout" });
    const guarded = site({ SaveAccess: "token" }, { saveToken: "secret" });
    expect(await properties(await ask(path, init(), guarded))).toMatchObject({ error: "tokenWrong" });
  });

  test("is found out of time while a small source becomes a large picture", async () => {
    // One row of source becomes 65,500 rows of picture: there is no strip between which to look at the clock.
    await buckets.SOURCES.put("dot.png", pngOf(quarters(1, 1)));
    const path = "dot?fit=stretch,1&wid=240&hei=65500&fmt=png&req=saveToFile&name=tall.png&timeout=30";
    expect(await properties(await ask(path, {}, roomy))).toMatchObject({ error: "saveTimeout" });
  });

  test("is not begun to be encoded when the encoder could not end in time", async () => {
    // 9 million pixels of JPEG take a second; the deadline leaves less than three times that.
    const before = await savedKeys();
    const reply = await ask("quarters?wid=3000&hei=3000&req=saveToFile&name=big.jpg&timeout=1500", {}, roomy);
    expect(await properties(reply)).toMatchObject({ error: "saveTimeout" });
    expect(await savedKeys()).toEqual(before);
  });
});

describe("writing", () => {
  const asked = (timeout: number) => `noise?fmt=png&req=saveToFile&name=written.png&timeout=${timeout}`;

  /** A put that reads only so many bytes of the body, and then waits for ever. */
  function stallingPut(after: number, seen: { read: number }) {
    return async (_key: string, body: ReadableStream<Uint8Array>) => {
      const reader = body.getReader({ mode: "byob" });
      while (seen.read < after) {
        const { done, value } = await reader.read(new Uint8Array(Math.min(4096, after - seen.read)));
        if (done) break;
        seen.read += value.length;
      }
      return new Promise(() => {});
    };
  }

  test("to a bucket that stops reading is 403 saveTimeout, and the last byte was never sent", async () => {
    const seen = { read: 0 };
    const saves = bucketWith(buckets.SAVES, { put: stallingPut(8192, seen) });
    expect(await properties(await ask(asked(300), {}, site({}, { saves })))).toMatchObject({ error: "saveTimeout" });
    expect(seen.read).toBe(8192);
  });

  test("to a bucket that fails before the last byte is 403 saveFailed, and the key is as it was", async () => {
    await buckets.SAVES.put("renditions/written.png", "what was there before");
    const saves = bucketWith(buckets.SAVES, {
      put: async () => {
        throw new Error("put: internal error (10001)");
      },
    });
    expect(await properties(await ask(asked(3000), {}, site({}, { saves })))).toMatchObject({
      status: "failed",
      error: "saveFailed",
    });
    expect(await (await buckets.SAVES.get("renditions/written.png"))?.text()).toBe("what was there before");
  });

  test("that was rejected after the last byte but took place is done: the bucket was asked", async () => {
    const saves = bucketWith(buckets.SAVES, {
      put: async (...args: Parameters<R2Bucket["put"]>) => {
        await buckets.SAVES.put(...args);
        throw new Error("put: connection lost");
      },
    });
    const answer = await properties(await ask(asked(3000), {}, site({}, { saves })));
    const object = await buckets.SAVES.head("renditions/written.png");
    expect(answer).toMatchObject({ status: "done", etag: object?.etag, size: String(object?.size) });
  });

  test("that took every byte and never said a word is 403 saveUnknown, CommitGrace past the deadline", async () => {
    const saves = bucketWith(buckets.SAVES, {
      put: async (_key: string, body: ReadableStream) => {
        await new Response(body).arrayBuffer();
        return new Promise(() => {});
      },
    });
    const arrived = Date.now();
    const answer = await properties(await ask(asked(400), {}, site({ CommitGrace: "100" }, { saves })));
    expect(answer).toMatchObject({ status: "failed", error: "saveUnknown" });
    expect(Date.now() - arrived).toBeGreaterThanOrEqual(500);
  });
});

test("a picture that is out of time is 503 and never kept", async () => {
  const slow = site(
    { ImageTimeout: "50" },
    { sources: tricklingSources(buckets.SOURCES, 500, 20, { cancelled: false }) },
  );
  const reply = await ask("noise?wid=50", {}, slow);
  expect(reply.status).toBe(503);
  expect(reply.headers.get("Cache-Control")).toBe("no-cache, no-store");
  expect(await reply.text()).toContain("not ready in time");
});
