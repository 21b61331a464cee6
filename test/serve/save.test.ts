import { beforeEach, describe, expect, test } from "vitest";
import { distance, pixelAt, pngOf, quarters, readJpeg, readPng } from "../support/charts.ts";
import { picture } from "../support/pictures.ts";
import { SAVE_HEADERS } from "../support/save-headers.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

beforeEach(async () => {
  const { objects } = await buckets.SAVES.list();
  await buckets.SAVES.delete(objects.map(({ key }) => key));
  await buckets.SAVES.put("renditions/", new Uint8Array());
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 60)));
  await buckets.SOURCES.put(
    "veil.png",
    pngOf(picture({ width: 40, height: 40 }, (x) => [255, 0, 0, x < 20 ? 0 : 128])),
  );
});

async function saved(key: string) {
  const object = await buckets.SAVES.get(key);
  if (object === null) throw new Error(`${key} is not there`);
  return { object, bytes: new Uint8Array(await object.arrayBuffer()) };
}

describe("a save", () => {
  test("answers with the properties of the contract, in order, and they are true", async () => {
    const before = Date.now();
    const reply = await ask("quarters?wid=50&req=saveToFile&name=first.jpg");
    expect(reply.status).toBe(200);
    const text = await reply.clone().text();
    const { object, bytes } = await saved("renditions/first.jpg");
    expect(text.split("\n")).toEqual([
      "#S7Z OK",
      expect.stringMatching(/^#\w{3} \w{3} \d{2} \d{2}:\d{2}:\d{2} UTC 20\d\d$/),
      `lastUpdated=${object.uploaded.getTime()}`,
      "pixelsTotal=1500",
      "status=done",
      "name=first.jpg",
      "width=50",
      "height=30",
      `size=${bytes.length}`,
      "type=image/jpeg",
      `etag=${object.etag}`,
      "",
    ]);
    expect(object.uploaded.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(object.uploaded.getTime()).toBeLessThanOrEqual(Date.now() + 1);
  });

  test("stores a JPEG that another decoder reads, with every colour in its place", async () => {
    await ask("quarters?wid=50&req=saveToFile&name=first.jpg");
    const got = readJpeg((await saved("renditions/first.jpg")).bytes);
    expect(got.size).toEqual({ width: 50, height: 30 });
    expect(distance(pixelAt(got, 10, 6), [255, 0, 0, 255])).toBeLessThan(6);
    expect(distance(pixelAt(got, 40, 24), [255, 255, 255, 255])).toBeLessThan(6);
  });

  test("stores a PNG with its alpha", async () => {
    await ask("veil?fmt=png-alpha&req=saveToFile&name=veil.png");
    const got = readPng((await saved("renditions/veil.png")).bytes);
    expect(pixelAt(got, 5, 5)).toEqual([0, 0, 0, 0]);
    expect(pixelAt(got, 30, 5)).toEqual([255, 0, 0, 128]);
  });

  test("stores what the same URL without saveToFile shows", async () => {
    await ask("quarters?wid=33&hei=21&fit=crop&fmt=png&req=saveToFile&name=same.png");
    const shown = new Uint8Array(await (await ask("quarters?wid=33&hei=21&fit=crop&fmt=png")).arrayBuffer());
    expect(readPng((await saved("renditions/same.png")).bytes)).toEqual(readPng(shown));
  });

  test("says in the object what it is and where it came from", async () => {
    await ask("quarters?wid=50&req=saveToFile&name=first.jpg", {}, site({ SavedCacheControl: "private" }));
    const { object } = await saved("renditions/first.jpg");
    const source = await buckets.SOURCES.head("quarters.png");
    expect(object.httpMetadata).toMatchObject({ contentType: "image/jpeg", cacheControl: "private" });
    expect(object.customMetadata).toMatchObject({
      width: "50",
      height: "30",
      "source-etag": source?.etag,
      sources: "1",
    });
    expect(object.customMetadata?.["save-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(object.checksums.sha256).toBeDefined();
  });

  test("by POST takes its commands from the form", async () => {
    const body = new URLSearchParams({ req: "saveToFile", name: "posted ü.png", wid: "20" });
    const reply = await ask("quarters", { method: "POST", body });
    expect(await properties(reply)).toMatchObject({ status: "done", name: "posted \\u00FC.png", type: "image/png" });
    expect(readPng((await saved("renditions/posted ü.png")).bytes).size.width).toBe(20);
  });

  test("replaces what was there, and says so with a new etag", async () => {
    const first = await properties(await ask("quarters?wid=50&req=saveToFile&name=a.jpg"));
    const second = await properties(await ask("quarters?wid=40&req=saveToFile&name=a.jpg"));
    expect(second.etag).not.toBe(first.etag);
    expect((await saved("renditions/a.jpg")).object.etag).toBe(second.etag);
  });

  test("into a folder needs the folder: a marker, or any object below it", async () => {
    const refused = await properties(await ask("quarters?wid=9&req=saveToFile&name=spring/a.jpg"));
    expect(refused).toMatchObject({ status: "failed", error: "folderMissing" });
    expect(refused.message).toContain("wrangler r2 object put");
    expect(refused.message).toContain("renditions/spring/");
    await buckets.SAVES.put("renditions/spring/", new Uint8Array());
    expect((await ask("quarters?wid=9&req=saveToFile&name=spring/a.jpg")).status).toBe(200);
    await buckets.SAVES.put("renditions/autumn/deep/b.jpg", "b");
    expect((await ask("quarters?wid=9&req=saveToFile&name=autumn/a.jpg")).status).toBe(200);
    expect((await ask("quarters?wid=9&req=saveToFile&name=autum/a.jpg")).status).toBe(403);
  });

  test("with CreateFolders needs none", async () => {
    const reply = await ask("quarters?wid=9&req=saveToFile&name=new/a.jpg", {}, site({ CreateFolders: "1" }));
    expect(reply.status).toBe(200);
  });

  test("goes below SaveDirectory and SavePath", async () => {
    const deep = site({ SaveDirectory: "shop/", SavePath: "web/small", CreateFolders: "true" });
    await ask("quarters?wid=9&req=saveToFile&name=a.jpg", {}, deep);
    expect((await saved("shop/web/small/a.jpg")).bytes.length).toBeGreaterThan(0);
  });
});

describe("every answer about a save", () => {
  test.each([
    ["done", "quarters?wid=9&req=saveToFile&name=a.jpg", 200],
    ["refused", "quarters?wid=9&req=saveToFile&name=../a.jpg", 403],
    ["refused for its source", "nowhere?req=saveToFile&name=a.jpg", 403],
  ])("%s is never kept by anybody, and no page of another site may read it", async (_, path, status) => {
    const reply = await ask(path, { headers: { Origin: "https://elsewhere.example" } });
    expect(reply.status).toBe(status);
    expect(Object.fromEntries(reply.headers)).toMatchObject(SAVE_HEADERS);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBeNull();
    expect(reply.headers.get("ETag")).toBeNull();
    await reply.text();
  });
});

describe("a refused save leaves the bucket as it was, and says why", () => {
  const TOO_LONG = `${"a".repeat(1100)}.jpg`;
  test.each([
    ["no name", "quarters?req=saveToFile", "nameMissing"],
    ["an empty name", "quarters?req=saveToFile&name=", "badRequest"],
    ["an absolute name", "quarters?req=saveToFile&name=/a.jpg", "nameInvalid"],
    ["a drive", "quarters?req=saveToFile&name=C:a.jpg", "nameInvalid"],
    ["a scheme", "quarters?req=saveToFile&name=https://a/b.jpg", "nameInvalid"],
    ["a climb", "quarters?req=saveToFile&name=%2e%2e/a.jpg", "nameInvalid"],
    ["a climb inside", "quarters?req=saveToFile&name=x/../../a.jpg", "nameInvalid"],
    ["a dot", "quarters?req=saveToFile&name=./a.jpg", "nameInvalid"],
    ["an empty segment", "quarters?req=saveToFile&name=x//a.jpg", "nameInvalid"],
    ["a backslash", "quarters?req=saveToFile&name=x%5Ca.jpg", "nameInvalid"],
    ["NUL", "quarters?req=saveToFile&name=a%00.jpg", "nameInvalid"],
    ["a line feed", "quarters?req=saveToFile&name=a%0A.jpg", "nameInvalid"],
    ["a line separator", "quarters?req=saveToFile&name=a%E2%80%A8.jpg", "nameInvalid"],
    ["a bidirectional control", "quarters?req=saveToFile&name=a%E2%80%AE.jpg", "nameInvalid"],
    ["U+FFFD", "quarters?req=saveToFile&name=a%EF%BF%BD.jpg", "nameInvalid"],
    ["a lone surrogate", "quarters?req=saveToFile&name=a%ED%A0%80.jpg", "badRequest"],
    ["bytes that are not UTF-8", "quarters?req=saveToFile&name=a%FF.jpg", "badRequest"],
    ["a folder", "quarters?req=saveToFile&name=x/", "nameInvalid"],
    ["a key that is too long", `quarters?req=saveToFile&name=${TOO_LONG}`, "nameInvalid"],
    ["an extension of no image", "quarters?req=saveToFile&name=a.html", "nameInvalid"],
    ["an extension of no image, with fmt", "quarters?fmt=png&req=saveToFile&name=a.html", "nameInvalid"],
    ["a folder that is not there", "quarters?req=saveToFile&name=x/a.jpg", "folderMissing"],
    ["a format that is not built", "quarters?req=saveToFile&name=a.avif", "notBuilt"],
    ["a missing source", "nowhere?req=saveToFile&name=a.jpg", "sourceMissing"],
    ["no source", "?req=saveToFile&name=a.jpg", "objectMissing"],
    ["timeout=0", "quarters?req=saveToFile&name=a.jpg&timeout=0", "badRequest"],
    ["timeout beyond MaxSaveTimeout", "quarters?req=saveToFile&name=a.jpg&timeout=9999999", "badRequest"],
    ["a width that is none", "quarters?wid=abc&req=saveToFile&name=a.jpg", "badRequest"],
  ])("%s", async (_, path, error) => {
    await buckets.SAVES.put("renditions/a.jpg", "what was there before");
    const before = await savedKeys();
    const reply = await ask(path);
    expect(reply.status).toBe(403);
    const answer = await properties(reply);
    expect(answer).toMatchObject({ outcome: "#S7Z ERROR", status: "failed", error });
    expect(answer.message?.length).toBeGreaterThan(10);
    expect(await savedKeys()).toEqual(before);
  });

  test("a switched-off SavePath, and one that is no folder", async () => {
    const asked = "quarters?req=saveToFile&name=a.jpg";
    expect(await properties(await ask(asked, {}, site({ SavePath: "" })))).toMatchObject({ error: "savingOff" });
    expect(await properties(await ask(asked, {}, site({ SavePath: "../x" })))).toMatchObject({
      error: "savePathInvalid",
    });
  });

  test("another method is 405 and saves nothing", async () => {
    const before = await savedKeys();
    for (const method of ["HEAD", "PUT", "DELETE", "OPTIONS"]) {
      const reply = await ask("quarters?req=saveToFile&name=a.jpg", { method });
      expect(reply.status).toBe(405);
      expect(reply.headers.get("Allow")).toBe("GET, POST");
    }
    expect(await savedKeys()).toEqual(before);
  });

  test("a name in the marker's command cannot break out of its quotes", async () => {
    const { message } = await properties(await ask("quarters?req=saveToFile&name=a'%22$(id)`id`/x.jpg"));
    expect(message).toContain("'<bucket of SAVES>/renditions/a'\\\\''\"$(id)`id`/'");
  });

  test("a broken form of a save is refused in the words of a save", async () => {
    const reply = await ask("quarters?req=saveToFile&name=a.jpg", { method: "POST", body: new FormData() });
    expect(reply.status).toBe(403);
    expect(await properties(reply)).toMatchObject({ status: "failed", error: "formType" });
  });
});

describe("sources are safe from saves", () => {
  const asked = "quarters?wid=9&req=saveToFile&name=a.jpg";
  const one = (vars: Record<string, string> = {}) => site({ CreateFolders: "1", ...vars }, { saves: buckets.SOURCES });

  test("in one bucket a save among the sources is refused, whatever the bindings are called", async () => {
    const answer = await properties(await ask(asked, {}, one()));
    expect(answer).toMatchObject({ status: "failed", error: "saveOverSources" });
    expect(await buckets.SOURCES.head("renditions/a.jpg")).toBeNull();
  });

  test("SharedBucket says that it is meant", async () => {
    expect((await ask(asked, {}, one({ SharedBucket: "1" }))).status).toBe(200);
    await buckets.SOURCES.delete("renditions/a.jpg");
  });

  test("a RootPath apart from SavePath is enough", async () => {
    await buckets.SOURCES.put("originals/quarters.png", pngOf(quarters(10, 10)));
    expect((await ask(asked, {}, one({ RootPath: "originals" }))).status).toBe(200);
    await buckets.SOURCES.delete("renditions/a.jpg");
  });
});
