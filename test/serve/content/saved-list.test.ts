import { beforeAll, describe, expect, test } from "vitest";
import { pngOf, quarters } from "../../support/charts.ts";
import { counting } from "../../support/counting.ts";
import { ask, buckets, properties, site, siteWith } from "../../support/site.ts";
import { keysOfAll, listOf } from "../lists.ts";
import { askPath } from "../paths.ts";

const on = site({ CreateFolders: "1" });

const SHOWN = ["Ab.png", "a b+c.jpg", "a/b/c.webp", "a/é.png", "b", "spring/hero.jpg", "z.avif"];
const HIDDEN = [
  ...[".provenance/0", ".provenance/1.jpg", "", "a/", "a/b/", "page.html", "a/.provenance/2", "no.", "b\\c.png"],
];
const BESIDE = ["renditions-too/a.png", "renditions.png", "renditions", "a.png", "zz/renditions/a.png"];

beforeAll(async () => {
  for (const name of [...SHOWN, ...HIDDEN]) await buckets.SAVES.put(`renditions/${name}`, name);
  for (const key of BESIDE) await buckets.SAVES.put(key, "x");
});

test("the list has what may be saved below SavePath, by its keys there, and nothing else", async () => {
  expect((await listOf("/is/content", on)).objects.map(({ key }) => key)).toEqual(SHOWN);
});

test("of a saved picture it says all that the save has said, and when", async () => {
  await buckets.SOURCES.put("q.png", pngOf(quarters(20, 10)));
  const saved = await properties(await ask("q?wid=8&req=saveToFile&name=listed/q.png", {}, on));
  const { objects, cursor } = await listOf("/is/content?prefix=listed/", on);
  expect(cursor).toBeUndefined();
  expect(objects).toEqual([
    {
      key: "listed/q.png",
      size: Number(saved.size),
      uploaded: new Date(Number(saved.lastUpdated)).toISOString(),
      etag: saved.etag,
      type: "image/png",
      width: 8,
      height: 4,
    },
  ]);
  await buckets.SAVES.delete("renditions/listed/q.png");
});

test("what somebody else has put has no size of a picture, and no type that nobody gave it", async () => {
  const [object] = (await listOf("/is/content?prefix=b", on)).objects;
  expect(object).toEqual({
    key: "b",
    size: 1,
    type: "application/octet-stream",
    uploaded: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    etag: expect.stringMatching(/^[\da-f]{32}$/),
  });
});

test.each([
  ["a", ["a b+c.jpg", "a/b/c.webp", "a/é.png"]],
  ["a/", ["a/b/c.webp", "a/é.png"]],
  ["a/e%CC%81", ["a/é.png"]],
  ["a+b%2Bc", ["a b+c.jpg"]],
  [".provenance", []],
  [".provenance/", []],
  ["../", []],
  ["..%2Frenditions", []],
  ["%00", []],
  ["nothing", []],
])("prefix=%s has %j", async (prefix, keys) => {
  expect(await keysOfAll(`/is/content?prefix=${prefix}`, 1000, on)).toEqual(keys);
});

test.each([1, 2, 3, 5, 1000])("pages of %d have all of it once, in order", async (limit) => {
  expect(await keysOfAll("/is/content", limit, on)).toEqual(SHOWN);
});

test("what the server keeps for itself is stepped over, however much it is", async () => {
  const saves = counting(buckets.SAVES);
  for (let at = 0; at < 40; at++) await buckets.SAVES.put(`many/.provenance/${String(at).padStart(3, "0")}`, "x");
  await buckets.SAVES.put("many/a.png", "x");
  await buckets.SAVES.put("many/b.png", "x");
  const many = site({ SavePath: "many" }, { saves: saves.bucket });
  const page = await listOf("/is/content?limit=1", many);
  expect([page.objects.map(({ key }) => key), page.cursor]).toEqual([["a.png"], "a.png"]);
  expect(saves.calls).toEqual(["list", "list"]);
});

test("a page that only finds what is hidden is empty, and says where to go on", async () => {
  for (let at = 0; at < 12; at++) await buckets.SAVES.put(`markers/${String(at).padStart(3, "0")}/`, "");
  await buckets.SAVES.put("markers/z.png", "x");
  const markers = site({ SavePath: "markers" });
  expect(await listOf("/is/content?limit=1", markers)).toEqual({ objects: [], cursor: "009/" });
  expect(await keysOfAll("/is/content", 1, markers)).toEqual(["z.png"]);
});

test("SavePath is that of the default catalog", async () => {
  const catalogs = {
    default: { attributes: { SavePath: "renditions-too" } },
    shop: { attributes: { SavePath: "zz" } },
  };
  expect(await keysOfAll("/is/content", 10, siteWith(catalogs))).toEqual(["a.png"]);
});

describe("what cannot be understood is refused in JSON", () => {
  test.each([
    ["limit=0", "limit: wants a whole number from 1 to 1000, got "],
    ["limit=1001", "limit: wants"],
    ["limit=ten", "limit: wants"],
    ["limit=", "limit: wants"],
    ["limit=-1", "limit: wants"],
    [`prefix=${"é".repeat(513)}`, "prefix: wants at most 1024 bytes, got 1026 bytes"],
    [`cursor=${"a".repeat(1025)}`, "cursor: wants at most 1024 bytes, got 1025 bytes"],
  ])("%s", async (query, says) => {
    const reply = await askPath(`/is/content?${query}`, {}, site({ ErrorDetail: "0" }));
    expect(reply.status).toBe(403);
    expect(await reply.json()).toEqual({
      error: "badRequest",
      title: "The request cannot be understood",
      message: expect.stringContaining(says),
    });
  });
});

test("where saving is off there is nothing to list, and that is said", async () => {
  const reply = await askPath("/is/content", {}, site({ SavePath: "" }));
  expect([reply.status, await reply.json()]).toEqual([500, expect.objectContaining({ error: "savingOff" })]);
});

test("HEAD has the headers of the list and no body", async () => {
  const reply = await askPath("/is/content", { method: "HEAD" }, on);
  expect([reply.status, await reply.text()]).toEqual([200, ""]);
});
