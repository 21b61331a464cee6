import { beforeAll, describe, expect, test } from "vitest";
import { pngOf, quarters } from "../../support/charts.ts";
import { bucketWith, notedBucket } from "../../support/doubles.ts";
import { randomNumbers } from "../../support/random.ts";
import { ask, buckets, properties, site } from "../../support/site.ts";
import { askPath, headersOf } from "../paths.ts";
import { BYTES, CACHE, FILE, serving, stored } from "./stored.ts";

beforeAll(stored);

const bytesOf = async (reply: Response) => new Uint8Array(await reply.arrayBuffer());
const etagOf = async () => (await buckets.SAVES.head("renditions/spring/hero.jpg"))?.httpEtag ?? "";

test("what was saved is answered with as it lies in the bucket, for pages of any site", async () => {
  const reply = await askPath(FILE, {}, serving);
  expect(reply.status).toBe(200);
  const object = await buckets.SAVES.head("renditions/spring/hero.jpg");
  expect(headersOf(reply)).toEqual({
    "accept-ranges": "bytes",
    "access-control-allow-origin": "*",
    "cache-control": CACHE,
    "content-length": "20000",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "content-type": "image/jpeg",
    etag: object?.httpEtag,
    "last-modified": object?.uploaded.toUTCString(),
    "x-content-type-options": "nosniff",
  });
  expect(await bytesOf(reply)).toEqual(BYTES);
});

test("a picture that a save has answered for is served with its etag, type and SavedCacheControl", async () => {
  const on = site({ ServeSaved: "1", CreateFolders: "1", SavedCacheControl: "public, max-age=99" });
  await buckets.SOURCES.put("q.png", pngOf(quarters(20, 20)));
  const saved = await properties(await ask("q?wid=9&req=saveToFile&name=made%2Ba/b c.png", {}, on));
  expect(saved.status).toBe("done");
  const reply = await askPath("/is/content/made+a/b%20c.png", {}, on);
  expect([reply.headers.get("etag"), reply.headers.get("content-type"), reply.headers.get("content-length")]).toEqual([
    `"${saved.etag}"`,
    saved.type,
    saved.size,
  ]);
  expect(reply.headers.get("cache-control")).toBe("public, max-age=99");
  await reply.arrayBuffer();
});

test("what somebody has put there without a type or a life is of no type, and lives as saves do", async () => {
  const reply = await askPath("/is/content/plain.png", {}, serving);
  expect(reply.headers.get("content-type")).toBe("application/octet-stream");
  expect(reply.headers.get("cache-control")).toBe("public, max-age=60");
  await reply.arrayBuffer();
});

describe("HEAD is GET without the body (RFC 9110, 9.3.2)", () => {
  test.each<[string, string, (etag: string) => Record<string, string>]>([
    ["a file", FILE, () => ({})],
    ["a file that the client has", FILE, (etag) => ({ "If-None-Match": etag })],
    ["a version that is not there", FILE, () => ({ "If-Match": '"x"' })],
    ["a file that is not there", "/is/content/nothing.jpg", () => ({})],
    ["a name that cannot be", "/is/content/..%2fhero.jpg", () => ({})],
  ])("%s", async (_, path, headers) => {
    const given = headers(await etagOf());
    const get = await askPath(path, { headers: given }, serving);
    const head = await askPath(path, { method: "HEAD", headers: given }, serving);
    expect([head.status, headersOf(head)]).toEqual([get.status, headersOf(get)]);
    expect(await bytesOf(head)).toHaveLength(0);
    await get.arrayBuffer();
  });
});

describe("parts of a file (RFC 9110, 14)", () => {
  test("a range is the slice that its twin takes, with all headers of the whole", async () => {
    const whole = headersOf(await askPath(FILE, { method: "HEAD" }, serving), ["content-length"]);
    const next = randomNumbers(7);
    const position = () => Math.floor(next() * next() * 1.2 * BYTES.length);
    for (let run = 0; run < 60; run++) {
      const [low = 0, high = 0] = [position(), position()].sort((a, b) => a - b);
      const kinds: readonly (readonly [string, Uint8Array])[] = [
        [`${low}-${high}`, BYTES.slice(low, high + 1)],
        [`${low}-`, BYTES.slice(low)],
        [`-${low}`, low === 0 ? new Uint8Array() : BYTES.slice(-low)],
      ];
      const [spec, slice] = kinds[run % 3] ?? ["", new Uint8Array()];
      const reply = await askPath(FILE, { headers: { Range: `bytes=${spec}` } }, serving);
      const got = await bytesOf(reply);
      if (slice.length === 0) {
        expect([spec, reply.status, reply.headers.get("content-range")]).toEqual([spec, 416, "bytes */20000"]);
        continue;
      }
      const at = spec.startsWith("-") ? BYTES.length - slice.length : low;
      expect([spec, reply.status]).toEqual([spec, 206]);
      expect(got).toEqual(slice);
      expect(headersOf(reply)).toEqual({
        ...whole,
        "content-length": String(slice.length),
        "content-range": `bytes ${at}-${at + slice.length - 1}/20000`,
      });
    }
  });

  test.each(["bytes=0-1,5-6", "bytes=9-3", "lines=1-2", "bytes=x-"])("%s is all of it", async (Range) => {
    const reply = await askPath(FILE, { headers: { Range } }, serving);
    expect([reply.status, reply.headers.get("content-range")]).toEqual([200, null]);
    expect(await bytesOf(reply)).toEqual(BYTES);
  });

  test("If-Range has the part of the version that the client knows, and all of another one", async () => {
    const asked = (ifRange: string) => ({ headers: { Range: "bytes=3-5", "If-Range": ifRange } });
    expect(await bytesOf(await askPath(FILE, asked(await etagOf()), serving))).toEqual(BYTES.slice(3, 6));
    expect(await bytesOf(await askPath(FILE, asked('"old"'), serving))).toEqual(BYTES);
  });

  test("a file that is replaced between the look and the read is read as it is now, whole", async () => {
    const key = "renditions/replaced.jpg";
    const put = async (length: number) => buckets.SAVES.put(key, BYTES.slice(0, length));
    await put(100);
    let isReplaced = false;
    const saves = bucketWith(buckets.SAVES, {
      async get(...args: Parameters<R2Bucket["get"]>) {
        if (!isReplaced) await put(50);
        isReplaced = true;
        return buckets.SAVES.get(...args);
      },
    });
    const on = site({ ServeSaved: "1" }, { saves });
    const reply = await askPath("/is/content/replaced.jpg", { headers: { Range: "bytes=40-99" } }, on);
    expect([reply.status, reply.headers.get("content-range")]).toEqual([206, "bytes 40-49/50"]);
    expect(await bytesOf(reply)).toEqual(BYTES.slice(40, 50));
  });

  test("a file that is replaced each time is said to be", async () => {
    const saves = bucketWith(buckets.SAVES, { get: async () => buckets.SAVES.head("renditions/spring/hero.jpg") });
    const reply = await askPath(FILE, { headers: { Range: "bytes=0-1" } }, site({ ServeSaved: "1" }, { saves }));
    expect(reply.status).toBe(500);
    expect(await reply.text()).toContain("replaced whenever it was to be read");
  });
});

describe("conditions (RFC 9110, 13)", () => {
  test("who has it is told so, with what a cache wants to know, and the bucket is not asked for its bytes", async () => {
    const calls: string[] = [];
    const on = site({ ServeSaved: "1" }, { saves: notedBucket(buckets.SAVES, calls) });
    const reply = await askPath(FILE, { headers: { "If-None-Match": await etagOf() } }, on);
    expect(reply.status).toBe(304);
    expect(calls).toEqual(["head"]);
    expect(headersOf(reply)).toMatchObject({ etag: await etagOf(), "cache-control": CACHE });
    expect(headersOf(reply)).not.toHaveProperty("content-type");
    expect(await bytesOf(reply)).toHaveLength(0);
  });

  test("another version than the one that is asked for is 412, in words, never to be kept", async () => {
    const reply = await askPath(FILE, { headers: { "If-Match": '"x"' } }, serving);
    expect([reply.status, await reply.text()]).toEqual([
      412,
      "The file is not the one that the request's conditions ask for\n",
    ]);
    expect(reply.headers.get("cache-control")).toBe("no-cache, no-store");
  });

  test("of what is not there no condition counts (13.2.1)", async () => {
    for (const headers of [{ "If-Match": "*" }, { "If-None-Match": "*" }, { Range: "bytes=0-1" }]) {
      const reply = await askPath("/is/content/nothing.jpg", { headers: headers as Record<string, string> }, serving);
      expect(reply.status).toBe(404);
      await reply.text();
    }
  });

  test("a request without any is one question to the bucket", async () => {
    const calls: string[] = [];
    const on = site({ ServeSaved: "1" }, { saves: notedBucket(buckets.SAVES, calls) });
    await (await askPath(FILE, {}, on)).arrayBuffer();
    expect(calls).toEqual(["get"]);
  });
});
