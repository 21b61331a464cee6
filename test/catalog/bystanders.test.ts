import { describe, expect, test } from "vitest";
import { type CatalogFile, type CatalogReading, readCatalogs } from "../../src/catalog/read-catalogs.ts";
import { defineMacros } from "../../src/protocol/macros.ts";
import { fileOf, filesOf } from "../support/catalog-writing.ts";

const { macros } = defineMacros([]);
const read = (files: readonly CatalogFile[], before?: CatalogReading) => readCatalogs(files, { macros }, before);
const brokenIn = ({ catalogs }: CatalogReading) =>
  [catalogs.default, ...catalogs.byRootId.values()].filter(({ broken }) => broken !== undefined).length;

const GOOD = {
  "acme.ini": "RootId=acme\nMacroFile=macros.txt\nCatalogFile=images.txt",
  "macros.txt": "Name\tDefinition\nview\twid=1\n",
  "images.txt": "Id\tPath\nshoe\t1.jpg\n",
};

// Source: the issue, 1: "a malformed file leaves the last good one in force".
describe("a file that is new and cannot be read takes nothing from catalogs that are in force", () => {
  test.each([
    ["one of which nobody knows whose it is", { "zz.ini": "; a comment of another program" }],
    ["a default one", { "default.ini": "BkgColor=no colour" }],
  ])("%s", (_, added) => {
    const before = read(filesOf(GOOD));
    const after = read(filesOf({ ...GOOD, ...added }), before);
    expect([brokenIn(before), brokenIn(after)]).toEqual([0, 0]);
    expect(after.problems.some(({ weight }) => weight === "file")).toBe(true);
    // Where nothing is in force yet, nobody knows whose requests are whose.
    expect(brokenIn(read(filesOf({ ...GOOD, ...added })))).toBe(2);
  });

  test("one whose macros are more than can be held, though it comes first", () => {
    const much = Array.from({ length: 40 }, (_, at) => `m${at}\t${"wid=1&".repeat(9000)}`).join("\n");
    const added = { "aaa.ini": "RootId=aaa\nMacroFile=much.txt", "much.txt": `Name\tDefinition\n${much}\n` };
    const after = read(filesOf({ ...GOOD, ...added }), read(filesOf(GOOD)));
    expect(after.catalogs.byRootId.get("acme")?.broken).toBeUndefined();
    expect(after.catalogs.byRootId.get("acme")?.macros.has("view")).toBe(true);
    expect(after.catalogs.byRootId.get("aaa")?.broken).toContain("commands in all macros");
  });
});

test("a catalog is as old as the newest of its files", () => {
  const at = (path: keyof typeof GOOD, written: number) => ({ ...fileOf(path, GOOD[path]), written });
  const timeOf = (ini: number, images: number, views: number) =>
    read([at("acme.ini", ini), at("images.txt", images), at("macros.txt", views)]).catalogs.byRootId.get("acme")
      ?.fileTime;
  expect([timeOf(3, 1, 2), timeOf(1, 3, 2), timeOf(1, 2, 3)]).toEqual([3, 3, 3]);
});

test("a file that is there and was not loaded is said to be that, and not to be missing", () => {
  const { "images.txt": _, ...files } = GOOD;
  const tooLarge = {
    ...{ file: "images.txt", line: 1, column: 1, about: "size", weight: "file" as const },
    ...{ wanted: "at most 5 bytes", got: "6 bytes" },
  };
  const reading = readCatalogs(filesOf(files), { macros, leftOut: [tooLarge] });
  expect(reading.catalogs.byRootId.get("acme")?.broken).toBe(
    'images.txt:1:1: size: wants at most 5 bytes, got "6 bytes"',
  );
});
