import { beforeEach, describe, expect, test } from "vitest";
import { arriving } from "../../support/arriving.ts";
import { bucketWith } from "../../support/doubles.ts";
import { ask, buckets, site, siteWith } from "../../support/site.ts";
import { type Headers, oneSource, PNG, put, putInit, refused } from "./putting.ts";

beforeEach(oneSource);

describe("a picture that is put", () => {
  test("is there, whole, with its type and size, and is a source from then on", async () => {
    const answer = await put("spring/a%20b.png");
    const object = await buckets.SOURCES.get("spring/a b.png");
    expect(answer).toEqual({
      status: 201,
      key: "spring/a b.png",
      size: PNG.length,
      etag: object?.etag,
      type: "image/png",
      width: 60,
      height: 40,
    });
    expect(new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(PNG);
    expect(object?.httpMetadata).toEqual({ contentType: "image/png" });
    expect(object?.customMetadata).toMatchObject({ width: "60", height: "40" });
    const picture = await ask("spring/a b?wid=6");
    expect(picture.status).toBe(200);
    await picture.arrayBuffer();
  });

  test("is what its bytes say, whatever it is called and said to be", async () => {
    expect(await put("a.jpg", putInit(PNG, { "Content-Type": "text/html" }))).toMatchObject({ type: "image/png" });
    const object = await buckets.SOURCES.head("a.jpg");
    expect(object?.httpMetadata?.contentType).toBe("image/png");
  });

  test("may come in small pieces, of which the first may not say yet what it is", async () => {
    const come = arriving(PNG, 3);
    expect(await put("small.png", putInit(PNG, {}, come.body))).toMatchObject({ status: 201, width: 60 });
    const object = await buckets.SOURCES.get("small.png");
    expect(new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(PNG);
  });

  test("lies below the default catalog's RootPath, in NFC, and is called by its key there", async () => {
    const shop = siteWith({ default: { attributes: { RootPath: "shop" } } }, { ManageSources: "1" });
    expect(await put("e%CC%81/a.png", putInit(PNG), shop)).toMatchObject({ status: 201, key: "\u00e9/a.png" });
    expect(await buckets.SOURCES.head("shop/\u00e9/a.png")).not.toBeNull();
  });

  test("replaces what is there, as saves do", async () => {
    expect(await put("there.png")).toMatchObject({ status: 201, width: 60 });
  });
});

// Source: save-contract "Two outcomes", 8; RFC 9110, 13.1.
describe("what is there", () => {
  const conditional = (headers: Headers) => {
    const come = arriving(PNG, 100);
    return { come, init: putInit(PNG, headers, come.body) };
  };

  test("is kept with If-None-Match: *, and not a byte of the file is taken", async () => {
    const { come, init } = conditional({ "If-None-Match": "*" });
    expect(await refused("sourceConflict", "there.png", init)).toMatchObject({ status: 412 });
    expect(come.pulled).toBe(0);
    expect(await put("new.png", putInit(PNG, { "If-None-Match": "*" }))).toMatchObject({ status: 201 });
  });

  test("is replaced with If-Match where it is that version, and else kept", async () => {
    await refused("sourceConflict", "there.png", conditional({ "If-Match": '"old"' }).init);
    await refused("sourceConflict", "new.png", conditional({ "If-Match": '"old"' }).init);
    const etag = (await buckets.SOURCES.head("there.png"))?.etag;
    expect(await put("there.png", putInit(PNG, { "If-Match": `"${etag}"` }))).toMatchObject({ status: 201 });
  });

  test("is kept where Overwrite is off, unless its version is named", async () => {
    const careful = site({ ManageSources: "1", Overwrite: "0" });
    await refused("sourceConflict", "there.png", putInit(PNG), careful);
    const etag = (await buckets.SOURCES.head("there.png"))?.etag;
    expect(await put("there.png", putInit(PNG, { "If-Match": `"${etag}"` }), careful)).toMatchObject({ status: 201 });
    expect(await put("new.png", putInit(PNG), careful)).toMatchObject({ status: 201 });
  });

  test("is kept also where it came while the file was arriving", async () => {
    const sources = bucketWith(buckets.SOURCES, { head: async () => null });
    const behind = site({ ManageSources: "1" }, { sources });
    await refused("sourceConflict", "there.png", putInit(PNG, { "If-None-Match": "*" }), behind);
  });

  test.each([[{ "If-None-Match": '"x"' }], [{ "If-Match": "x" }], [{ "If-Match": '"a"', "If-None-Match": "*" }]])(
    "is kept where %j cannot be understood",
    async (headers) => {
      await refused("badRequest", "there.png", putInit(PNG, headers as Headers));
    },
  );
});
