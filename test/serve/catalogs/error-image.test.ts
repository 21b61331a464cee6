import { beforeAll, describe, expect, test } from "vitest";
import { handle } from "../../../src/serve/handle.ts";
import type { CatalogSpec } from "../../support/catalogs.ts";
import { pixelAt, pngOf, quarters, readPng } from "../../support/charts.ts";
import { counting } from "../../support/counting.ts";
import { bucketWith } from "../../support/doubles.ts";
import { picture } from "../../support/pictures.ts";
import { SAVE_HEADERS } from "../../support/save-headers.ts";
import { ask, buckets, properties, siteWith, visit } from "../../support/site.ts";

beforeAll(async () => {
  await buckets.SAVES.put("renditions/", new Uint8Array());
  await buckets.SOURCES.put("shoe.png", pngOf(quarters(20, 20)));
  await buckets.SOURCES.put("stop.png", pngOf(picture({ width: 12, height: 12 }, () => [255, 0, 0, 255])));
});

const RECORDS: NonNullable<CatalogSpec["records"]> = {
  onError: { Path: "stop", Modifier: "wid=6&fmt=png&bgc=ffffff" },
  // Nothing shows text yet: a file by that name shows what it was.
  title: { Modifier: "layer=0&src=$error.title$" },
  message: { Modifier: "layer=0&src=$error.message$" },
  strange: { Path: "stop", Modifier: "wid=$error.title$" },
  gone: { Path: "nowhere" },
};
const on = (attributes: NonNullable<CatalogSpec["attributes"]>, parts = {}) =>
  siteWith({ acme: { attributes, records: RECORDS }, bolt: { records: RECORDS } }, {}, parts);
const WITH = { ErrorImage: "onError" };

// Source: protocol.md 7.4, A-55.
describe("in place of an error of a picture", () => {
  test.each([
    ["one that does not exist", "acme/nothing"],
    ["one that cannot be understood", "acme/shoe?wid=x"],
    ["a path that is none", "acme/a,b"],
    ["a format that is not built", "acme/shoe?fmt=tif"],
    ["a catalog alone", "acme"],
    ["one that is too large", "acme/shoe?wid=65000&hei=65000"],
  ])("%s: the error image is answered with status 200, and is never kept", async (_, path) => {
    for (const method of ["GET", "POST", "HEAD"]) {
      const reply = await ask(path, { method }, on(WITH));
      const bytes = new Uint8Array(await reply.arrayBuffer());
      const { "content-type": __, ...uncached } = SAVE_HEADERS;
      expect(Object.fromEntries(reply.headers)).toMatchObject({ ...uncached, "content-type": "image/png" });
      expect([reply.status, reply.headers.get("ETag"), reply.headers.get("Last-Modified")]).toEqual([200, null, null]);
      if (method === "HEAD") expect(bytes).toHaveLength(0);
      else expect(pixelAt(readPng(bytes), 3, 3)).toEqual([255, 0, 0, 255]);
    }
  });

  test("it is that of the main catalog", async () => {
    expect((await ask("bolt/nothing", {}, on(WITH))).status).toBe(403);
    expect((await ask("bolt/x?src=acme/nothing", {}, on(WITH))).status).toBe(403);
    const everywhere = siteWith({
      default: { attributes: WITH, records: RECORDS },
      bolt: {},
      acme: { attributes: { ErrorImage: "" } },
    });
    expect((await ask("bolt/nothing", {}, everywhere)).status).toBe(200);
    expect((await ask("nothing", {}, everywhere)).status).toBe(200);
    expect((await ask("acme/nothing", {}, everywhere)).status).toBe(403);
  });

  test("it may be a path", async () => {
    const reply = await ask("acme/nothing", {}, on({ ErrorImage: "stop.png" }));
    expect([reply.status, reply.headers.get("Content-Type")]).toEqual([200, "image/jpeg"]);
  });

  test("a default image goes before it, and where that is missing too it comes", async () => {
    const reply = await ask("acme/nothing?fmt=png", {}, on({ ...WITH, DefaultImage: "shoe" }));
    expect(readPng(new Uint8Array(await reply.arrayBuffer())).size.width).toBe(20);
    const second = await ask("acme/nothing?fmt=png", {}, on({ ...WITH, DefaultImage: "gone" }));
    expect(readPng(new Uint8Array(await second.arrayBuffer())).size.width).toBe(6);
  });

  test("an error image that fails leaves the plain error, and is not asked for again", async () => {
    for (const ErrorImage of ["gone", "nothing", "a-path", "strange"]) {
      const { bucket: sources, calls } = counting(buckets.SOURCES);
      const reply = await ask("acme/nothing", {}, on({ ErrorImage }, { sources }));
      expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining('looked for "nothing"')]);
      // Five keys of each: as asked, and with four extensions.
      expect(calls.length).toBeLessThanOrEqual(10);
    }
  });

  test("it is told what happened, as far as ErrorDetail allows", async () => {
    await buckets.SOURCES.put("The picture does not exist.png", pngOf(quarters(3, 3)));
    const status = async (ErrorImage: string, ErrorDetail: string) =>
      (await ask("acme/nothing", {}, on({ ErrorImage, ErrorDetail }))).status;
    expect([await status("title", "0"), await status("title", "2")]).toEqual([200, 200]);
    // With keys in it, it is another text.
    expect([await status("message", "0"), await status("message", "2")]).toEqual([200, 403]);
  });
});

describe("no error image is shown", () => {
  test("for a save, and for other request types", async () => {
    const save = await ask("acme/nothing?req=saveToFile&name=a.png", {}, on(WITH));
    expect([save.status, (await properties(save)).error]).toEqual([403, "sourceMissing"]);
    for (const req of ["plan", "resolve", "validate", "props"]) {
      expect([req, (await ask(`acme/nothing?wid=x&req=${req}`, {}, on(WITH))).status]).toEqual([req, 403]);
    }
  });

  test("for what was perhaps to be a save", async () => {
    for (const req of ["req=saveToFile,x", "req=save", "$x=saveToFile&req=$x$"]) {
      expect([req, (await ask(`acme/shoe?${req}`, {}, on(WITH))).status]).toEqual([req, 403]);
    }
    // Out of its base64 it would be one, but its lock is wrong.
    const hidden = on({ ...WITH, RequestObfuscation: "1", RequestLock: "1" });
    expect((await ask(`acme/shoe?${btoa("req=saveToFile&name=a.png&0000")}`, {}, hidden)).status).toBe(403);
  });

  test("to clients from elsewhere, for other methods, and where a catalog is wanted", async () => {
    expect((await ask("acme/nothing", {}, on({ ...WITH, ClientAddressFilter: "10.0.0.1" }))).status).toBe(403);
    expect((await ask("acme/nothing", { method: "PUT" }, on(WITH))).status).toBe(405);
    const closed = siteWith({ default: { attributes: WITH, records: RECORDS } }, { AllowDefaultCatalogRequests: "0" });
    expect((await ask("nothing", {}, closed)).status).toBe(403);
  });

  test("where the storage fails, or there was no time: that is no reason to make another picture", async () => {
    const calls: string[] = [];
    const failing = bucketWith(buckets.SOURCES, {
      get: async (key: string) => {
        calls.push(key);
        throw new Error("get: We encountered an internal error. Please try again. (10001)");
      },
    });
    expect((await ask("acme/shoe.png", {}, on(WITH, { sources: failing }))).status).toBe(500);
    expect(new Set(calls)).toEqual(new Set(["shoe.png"]));

    const looked = counting(buckets.SOURCES);
    const late = visit("acme/shoe.png", {}, { arrived: Date.now() - 60_000 });
    expect((await handle(late, on(WITH, { sources: looked.bucket }))).status).toBe(503);
    expect(looked.calls).toEqual(["get"]);
  });
});
