import { beforeEach, describe, expect, test } from "vitest";
import type { Site } from "../../../src/serve/site.ts";
import { arriving } from "../../support/arriving.ts";
import { bucketWith } from "../../support/doubles.ts";
import { frame, jpegBytes, SCAN, SOI } from "../../support/jpeg-bytes.ts";
import { buckets, site, siteWith } from "../../support/site.ts";
import { on, oneSource, PNG, put, putInit, refused } from "./putting.ts";

beforeEach(oneSource);

// Source: save-contract "Where it goes": what a name may not be.
describe("keys at which nothing is put", () => {
  test.each([
    ["..%2fa.png", "a segment that is .."],
    ["a%2f..%2fb.png", "a segment that is .."],
    ["..%5ca.png", "a backslash"],
    ["%2fa.png", "a slash at its beginning"],
    ["/a.png", "a slash at its beginning"],
    ["a//b.png", "an empty segment"],
    ["a.png/", "a slash at its end"],
    ["", "it is empty"],
    ["a%00.png", "a control character"],
    ["a.png%00", "a control character"],
    ["a%0a.png", "a control character"],
    ["%ff.png", "it is not UTF-8"],
    [".provenance/a.png", "a segment that is .provenance"],
    ["a/.Provenance/b.png", "a segment that is .provenance"],
    ["a%E2%80%AEgnp.png", "a bidirectional control character"],
    ["C:a.png", "a drive letter"],
    [`${"a".repeat(1030)}.png`, "at most 1024"],
    ["a", "it ends otherwise"],
    ["a.gif", "it ends otherwise"],
    ["a.html", "it ends otherwise"],
    ["a.png.txt", "it ends otherwise"],
    ["a.png.", "it ends otherwise"],
    ["png", "it ends otherwise"],
  ])("%s", async (key, says) => {
    const quiet = site({ ManageSources: "1", ErrorDetail: "0" });
    const { status, message } = await refused("sourceKeyInvalid", key, putInit(PNG), quiet);
    expect(status).toBe(403);
    expect(message).toContain(says);
  });

  test.each(["catalogs/a.png", "catalogs/shop/a.png", "catalogs%2fa.png"])("%s, among catalogs", async (key) => {
    expect((await refused("sourceOutOfReach", key)).message).toContain("catalogs/");
  });

  test("those below SavePath, where both are one bucket, also while that is empty", async () => {
    const one = site({ ManageSources: "1" }, { saves: buckets.SOURCES });
    await refused("sourceOutOfReach", "renditions/a.png", putInit(PNG), one);
    await buckets.SOURCES.delete("there.png");
    const { bucket } = { bucket: bucketWith(buckets.SOURCES, {}) };
    const empty = site({ ManageSources: "1" }, { sources: bucket, saves: bucket });
    await refused("sourceOutOfReach", "renditions/a.png", putInit(PNG), empty);
    expect(await put("renditions.png", putInit(PNG), empty)).toMatchObject({ status: 201 });
  });

  test("those below the SavePath of any catalog, by RootPath or without", async () => {
    const catalogs = { default: { attributes: { RootPath: "shop" } }, b: { attributes: { SavePath: "shop/made" } } };
    const one = siteWith(catalogs, { ManageSources: "1" }, { saves: buckets.SOURCES });
    await refused("sourceOutOfReach", "made/a.png", putInit(PNG), one);
    expect(await put("renditions/a.png", putInit(PNG), one)).toMatchObject({ status: 201 });
  });

  test("in two buckets a folder may be called like that of saves", async () => {
    expect(await put("renditions/a.png")).toMatchObject({ status: 201 });
  });
});

describe("files that are not taken", () => {
  const refusedBytes = (error: string, bytes: Uint8Array, at: Site = on) => refused(error, "a.png", putInit(bytes), at);
  const text = (content: string) => new TextEncoder().encode(content);

  test("those that are no pictures, or none that are decoded", async () => {
    await refusedBytes("sourceFormat", text("<!doctype html><script>alert(1)</script>"));
    await refusedBytes("sourceFormat", text("GIF89a, and so on"));
    await refusedBytes("sourceFormat", Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    await refusedBytes("sourceFormat", Uint8Array.of(0x89));
    await refusedBytes("sourceFormat", new Uint8Array());
    await refusedBytes("sourceBroken", PNG.subarray(0, 20));
    await refusedBytes("sourceUnsupported", jpegBytes(SOI, frame({ marker: 0xc3, width: 9, height: 9 }), SCAN));
  });

  test("those whose pictures are larger than can be made anything of", async () => {
    await refusedBytes("sourceTooLarge", PNG, site({ ManageSources: "1", MaxSourcePixels: "2399" }));
    expect(await put("a.png", putInit(PNG), site({ ManageSources: "1", MaxSourcePixels: "2400" }))).toMatchObject({
      status: 201,
    });
  });

  test("those of more bytes than MaxSourceBytes, before one of them is read", async () => {
    const small = site({ ManageSources: "1", MaxSourceBytes: String(PNG.length - 1) });
    const come = arriving(PNG, 10);
    expect(await refused("fileTooLarge", "a.png", putInit(PNG, {}, come.body), small)).toMatchObject({ status: 413 });
    expect(come.pulled).toBe(0);
    const just = site({ ManageSources: "1", MaxSourceBytes: String(PNG.length) });
    expect(await put("a.png", putInit(PNG), just)).toMatchObject({ status: 201 });
  });

  test.each(["", "12x", "-1", "1e3", "1, 1"])("those that come with Content-Length: %j", async (length) => {
    const init = putInit(PNG, { "Content-Length": length });
    expect(await refused("lengthMissing", "a.png", init)).toMatchObject({ status: 411 });
  });

  test("those that come without their length", async () => {
    const init = { method: "PUT", body: arriving(PNG, 10).body };
    expect(await refused("lengthMissing", "a.png", init)).toMatchObject({ status: 411 });
  });

  test("those of fewer or more bytes than they were said to have", async () => {
    for (const length of [PNG.length - 1, PNG.length + 1]) {
      const init = putInit(PNG, { "Content-Length": String(length) }, arriving(PNG, 50).body);
      await refused("uploadBroken", "there.png", init);
    }
  });

  test("what is refused by its header is not read to its end", async () => {
    const long = new Uint8Array(1_000_000);
    const come = arriving(long, 1000);
    await refused("sourceFormat", "a.png", putInit(long, {}, come.body));
    expect(come.pulled).toBeLessThan(200_000);
    expect(come.cancelled).toBe(true);
  });
});
