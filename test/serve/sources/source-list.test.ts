import { beforeEach, describe, expect, test } from "vitest";
import { buckets, site, siteWith } from "../../support/site.ts";
import { keysOfAll, listOf } from "../lists.ts";

const KEYS = [
  ...["a.jpg", "catalogs.png", "catalogs/default.ini", "catalogs/shop/data.txt", "catalogue/b.png", "readme.txt"],
  ...["renditions", "renditions-in/c.png", "renditions/", "renditions/.provenance/0", "renditions/made.jpg"],
  ...["shop/", "shop/d.webp", "shop/made/e.png"],
];

beforeEach(async () => {
  await buckets.SOURCES.delete((await buckets.SOURCES.list()).objects.map(({ key }) => key));
  for (const key of KEYS) await buckets.SOURCES.put(key, "x");
});

type Vars = Readonly<Record<string, string>>;
const two = (vars: Vars = {}) => site({ ManageSources: "1", ...vars });
const one = (vars: Vars = {}) => site({ ManageSources: "1", ...vars }, { saves: buckets.SOURCES });

const ALL = [
  ...["a.jpg", "catalogs.png", "catalogue/b.png", "readme.txt", "renditions", "renditions-in/c.png"],
  ...["renditions/.provenance/0", "renditions/made.jpg", "shop/d.webp", "shop/made/e.png"],
];
const isSaved = (key: string) => key === "renditions" || key.startsWith("renditions/");

describe.each([1, 2, 1000])("in pages of %d", (limit) => {
  test("the list has all sources, but no markers of folders and nothing of catalogs", async () => {
    expect(await keysOfAll("/is/sources", limit, two())).toEqual(ALL);
  });

  test("in one bucket with saves it has nothing at or below SavePath either", async () => {
    expect(await keysOfAll("/is/sources", limit, one())).toEqual(ALL.filter((key) => !isSaved(key)));
    expect(await keysOfAll("/is/sources", limit, one({ SharedBucket: "1" }))).toEqual(
      ALL.filter((key) => !isSaved(key)),
    );
  });
});

test("below RootPath it has the keys by which pictures are asked for", async () => {
  expect(await keysOfAll("/is/sources", 10, two({ RootPath: "shop" }))).toEqual(["d.webp", "made/e.png"]);
  expect(await keysOfAll("/is/sources?prefix=made", 10, two({ RootPath: "./shop/" }))).toEqual(["made/e.png"]);
  const catalogs = { default: { attributes: { RootPath: "shop" } }, other: { attributes: { RootPath: "renditions" } } };
  expect(await keysOfAll("/is/sources", 10, siteWith(catalogs, { ManageSources: "1" }))).toEqual([
    "d.webp",
    "made/e.png",
  ]);
});

test("in one bucket with saves of several catalogs it has none of theirs", async () => {
  const catalogs = { shop: { attributes: { SavePath: "shop/made" } }, off: { attributes: { SavePath: "" } } };
  const on = siteWith(catalogs, { ManageSources: "1" }, { saves: buckets.SOURCES });
  expect(await keysOfAll("/is/sources", 10, on)).toEqual(
    ALL.filter((key) => !isSaved(key) && !key.startsWith("shop/made/")),
  );
});

test.each([
  ["catalogs", ["catalogs.png"]],
  ["catalogs/", []],
  ["catalogs/shop/", []],
])("prefix=%s has %j", async (prefix, keys) => {
  expect(await keysOfAll(`/is/sources?prefix=${prefix}`, 10, two())).toEqual(keys);
});

test("whoever makes a cursor of their own comes nowhere else", async () => {
  const on = one({ RootPath: "shop" });
  for (const cursor of ["../", "../catalogs/", "\u{10ffff}", "\0"]) {
    const { objects } = await listOf(`/is/sources?cursor=${encodeURIComponent(cursor)}`, on);
    const keys = objects.map(({ key }) => key);
    expect(["d.webp", "made/e.png"]).toEqual(expect.arrayContaining(keys));
  }
});
