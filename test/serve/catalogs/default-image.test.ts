import { beforeAll, describe, expect, test } from "vitest";
import type { CatalogSpec } from "../../support/catalogs.ts";
import { pixelAt, pngOf, quarters, readPng } from "../../support/charts.ts";
import { picture } from "../../support/pictures.ts";
import { ask, buckets, properties, siteWith } from "../../support/site.ts";

beforeAll(async () => {
  const files: Readonly<Record<string, Uint8Array>> = {
    "shoe.png": pngOf(quarters(100, 60)),
    "missing/gray.png": pngOf(picture({ width: 40, height: 20 }, () => [128, 128, 128, 255])),
    "broken.png": pngOf(quarters(9, 9)).subarray(0, 30),
    "text.png": new TextEncoder().encode("this is no picture"),
  };
  for (const [key, file] of Object.entries(files)) await buckets.SOURCES.put(key, file);
  await buckets.SAVES.put("renditions/", new Uint8Array());
});

type Attributes = NonNullable<CatalogSpec["attributes"]>;

const RECORDS: NonNullable<CatalogSpec["records"]> = {
  gone: { Path: "nowhere", Modifier: "op_invert=1" },
  sized: { Path: "nowhere", Modifier: "wid=10&fmt=png" },
  shoe: { Path: "shoe" },
  none: { Path: "missing/gray" },
  cropped: { Path: "missing/gray", Modifier: "crop=0,0,10,10&fmt=png", Expiration: "5" },
  template: { Modifier: "layer=0&src=none&layer=comp&extend=0,0,0,20&fmt=png" },
  goneToo: { Path: "nowhere-either" },
  bad: { Path: "text" },
};
const on = (attributes: Attributes) => siteWith({ acme: { attributes, records: RECORDS } });

async function shown(path: string, attributes: Attributes) {
  const reply = await ask(path, {}, on(attributes));
  if (reply.status !== 200) throw new Error(`${path}: ${await reply.text()}`);
  return readPng(new Uint8Array(await reply.arrayBuffer()));
}
async function refused(path: string, attributes: Attributes): Promise<string> {
  const reply = await ask(path, {}, on(attributes));
  expect([path, reply.status]).toEqual([path, 403]);
  return (await reply.text()).trimEnd();
}

const DEFAULT = { DefaultImage: "none" };
const GRAY = [128, 128, 128, 255];

// Source: protocol.md 7.5, A-54.
describe("in place of a picture that does not exist", () => {
  test.each([
    ["a file by the path", "acme/nothing?fmt=png"],
    ["the file of a record", "acme/gone?fmt=png"],
    ["the object of src=", "acme/shoe?src=nothing&fmt=png"],
    ["that of mask=", "acme/shoe?mask=nothing&fmt=png"],
  ])("%s: the default image is shown", async (_, path) => {
    for (const DefaultImageMode of ["0", "1"]) {
      const got = await shown(path, { ...DEFAULT, DefaultImageMode });
      expect(got.size).toEqual({ width: 40, height: 20 });
    }
  });

  test("a HEAD gets the headers of it", async () => {
    const reply = await ask("acme/nothing?fmt=png", { method: "HEAD" }, on(DEFAULT));
    expect([reply.status, reply.headers.get("Content-Type"), await reply.text()]).toEqual([200, "image/png", ""]);
  });

  test("without one there is an error, which says where it was looked for", async () => {
    expect(await refused("acme/nothing", {})).toContain('looked for "nothing"');
    expect(await refused("acme/nothing", { DefaultImage: "" })).toContain('looked for "nothing"');
  });

  test("defaultImage= goes before the attribute, and without a value means none", async () => {
    expect((await shown("acme/nothing?defaultImage=shoe&fmt=png", DEFAULT)).size.width).toBe(100);
    expect((await shown("acme/nothing?defaultImage=shoe&fmt=png", {})).size.width).toBe(100);
    expect(await refused("acme/nothing?defaultImage=", DEFAULT)).toContain('looked for "nothing"');
    const reply = await ask("acme/nothing?defaultImage=shoe", {}, on({}));
    expect(reply.headers.get("X-Fixative-Ignored")).toBeNull();
  });

  test("a default image that is missing too leaves the first error", async () => {
    expect(await refused("acme/nothing", { DefaultImage: "goneToo" })).toContain('looked for "nothing"');
    expect(await refused("acme/nothing", { DefaultImage: "missing/neither" })).toContain('looked for "nothing"');
  });

  test("a default image that is broken is its own error", async () => {
    expect(await refused("acme/nothing", { DefaultImage: "bad" })).toContain("not a picture of a known format");
  });

  test("a picture that is there and broken is an error", async () => {
    expect(await refused("acme/broken", DEFAULT)).toContain("damaged");
    expect(await refused("acme/bad", DEFAULT)).toContain("not a picture of a known format");
  });

  test("a request that cannot be understood is an error", async () => {
    expect(await refused("acme/nothing?wid=x", DEFAULT)).toContain("wid: wants");
  });
});

describe("with DefaultImageMode 0 the whole request is the default image's", () => {
  test("with nothing of the other but wid, hei, fmt and qlt", async () => {
    const got = await shown("acme/nothing?wid=20&hei=30&fmt=png&op_invert=1&bgc=ff0000&layer=0&crop=0,0,1,1", DEFAULT);
    expect(got.size).toEqual({ width: 20, height: 30 });
    expect(pixelAt(got, 10, 15)).toEqual(GRAY);
    expect(pixelAt(got, 10, 1)).toEqual([255, 255, 255, 255]);
  });

  test("of which records and macros may have said some", async () => {
    expect((await shown("acme/sized", DEFAULT)).size).toEqual({ width: 10, height: 5 });
  });

  test("with its own record, and as a template", async () => {
    expect((await shown("acme/nothing", { DefaultImage: "cropped" })).size).toEqual({ width: 10, height: 10 });
    expect((await shown("acme/nothing?wid=5", { DefaultImage: "cropped" })).size).toEqual({ width: 5, height: 5 });
    expect((await shown("acme/nothing", { DefaultImage: "template" })).size).toEqual({ width: 40, height: 40 });
  });

  test("named with another catalog, or with a path of the default one", async () => {
    expect((await shown("acme/nothing?fmt=png", { DefaultImage: "acme/none" })).size.width).toBe(40);
    expect((await shown("acme/nothing?fmt=png", { DefaultImage: "/missing/gray" })).size.width).toBe(40);
  });
});

describe("with DefaultImageMode 1 it takes the place of the picture alone", () => {
  test("and everything is done to it that was to be done", async () => {
    const path = "acme/gone?wid=5&fmt=png&crop=0,0,10,10";
    const got = await shown(path, { ...DEFAULT, DefaultImageMode: "1" });
    expect(got.size).toEqual({ width: 5, height: 5 });
    // op_invert of the record of the picture that is missing.
    expect(pixelAt(got, 2, 2)).toEqual([127, 127, 127, 255]);
  });

  test("which a template has not", async () => {
    const attributes = { DefaultImage: "template", DefaultImageMode: "1" };
    expect(await refused("acme/nothing", attributes)).toContain("has no picture of its own");
  });
});

describe("only pictures have a default image:", () => {
  test("a save of a missing picture fails", async () => {
    for (const DefaultImageMode of ["0", "1"]) {
      const reply = await ask("acme/nothing?req=saveToFile&name=n.png", {}, on({ ...DEFAULT, DefaultImageMode }));
      expect([reply.status, (await properties(reply)).error]).toEqual([403, "sourceMissing"]);
      expect(await buckets.SAVES.head("renditions/n.png")).toBeNull();
    }
    const asked = await ask("acme/nothing?defaultImage=shoe&req=saveToFile&name=n.png", {}, on({}));
    expect((await properties(asked)).error).toBe("sourceMissing");
  });

  test("a plan of a missing picture fails", async () => {
    expect(await refused("acme/nothing?req=plan", DEFAULT)).toContain("The picture does not exist");
  });
});

// Source: protocol.md 6.2, `DefaultExpiration`.
describe("a default image may be cached", () => {
  const cacheControl = async (attributes: Attributes) =>
    (await ask("acme/nothing", {}, on(attributes))).headers.get("Cache-Control");

  test.each(["0", "1"])("as DefaultExpiration says, in mode %s", async (DefaultImageMode) => {
    const attributes = { ...DEFAULT, DefaultImageMode, Expiration: "7" };
    expect(await cacheControl({ ...attributes, DefaultExpiration: "3" })).toBe("public, max-age=10800");
    expect(await cacheControl(attributes)).toBe("public, max-age=3600");
    // A record's own word goes before it.
    expect(await cacheControl({ ...attributes, DefaultImage: "cropped" })).toBe("public, max-age=18000");
  });

  test("and has no time of its last change: nobody knows since when the picture is missing", async () => {
    const specs = {
      acme: { attributes: { ...DEFAULT, UseLastModified: "1" }, records: RECORDS, fileTime: 1_780_000_000_000 },
    };
    expect((await ask("acme/shoe", {}, siteWith(specs))).headers.get("Last-Modified")).not.toBeNull();
    expect((await ask("acme/nothing", {}, siteWith(specs))).headers.get("Last-Modified")).toBeNull();
  });
});
