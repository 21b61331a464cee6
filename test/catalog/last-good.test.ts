import { describe, expect, test, vi } from "vitest";
import * as attributeLines from "../../src/catalog/files/attribute-lines.ts";
import * as table from "../../src/catalog/files/tab-table.ts";
import type { CatalogFile, CatalogReading } from "../../src/catalog/read-catalogs.ts";
import { readCatalogs } from "../../src/catalog/read-catalogs.ts";
import { defineMacros } from "../../src/protocol/macros.ts";
import { fileOf, filesOf } from "../support/catalog-writing.ts";

const options = { macros: defineMacros([]).macros };
const read = (files: readonly CatalogFile[], before?: CatalogReading) => readCatalogs(files, options, before);
const acme = ({ catalogs }: CatalogReading) => catalogs.byRootId.get("acme");
const pathOf = (reading: CatalogReading, id: string) => acme(reading)?.records.find(id)?.fields.Path;
const fatal = ({ problems }: CatalogReading) => problems.filter(({ weight }) => weight === "file").length;

const GOOD = {
  "default.ini": "BkgColor=ff0000",
  "acme.ini": "RootId=acme\nSavePath=one\nCatalogFile=images.txt\nMacroFile=macros.txt",
  "images.txt": "Id\tPath\nshoe\t1.jpg\n",
  "macros.txt": "Name\tDefinition\nview\twid=1\n",
};
const first = read(filesOf(GOOD));
const MALFORMED: readonly (readonly [string, string])[] = [
  ["default.ini", "BkgColor=no colour"],
  ["acme.ini", "RootId=acme\nSavePath=two\nMaxPix=x"],
  ["acme.ini", "SavePath=two"],
  ["acme.ini", "RootId=acme\nSavePath=two\nCatalogFile=images.txt,none.txt"],
  ["images.txt", 'Id\tPath\nshoe\t"2.jpg\n'],
  ["images.txt", ""],
  ["macros.txt", "Name\tName\nview\twid=2\n"],
];

describe("a malformed file leaves the last good one in force (issue, 1)", () => {
  test.each(MALFORMED)("%s: %j", (path, text) => {
    const second = read(filesOf({ ...GOOD, [path]: text }), first);
    expect(fatal(second)).toBe(1);
    expect(acme(second)).toEqual(acme(first));
    expect(second.catalogs.default).toEqual(first.catalogs.default);
  });

  test.each(MALFORMED)("and stays so reading after reading until it is mended: %s: %j", (path, text) => {
    let reading = first;
    for (const _ of [1, 2, 3]) {
      reading = read(filesOf({ ...GOOD, [path]: text }), reading);
      expect(fatal(reading)).toBe(1);
      expect(acme(reading)?.attributes.SavePath).toBe("one");
    }
    const mended = read(filesOf({ ...GOOD, "acme.ini": GOOD["acme.ini"].replace("one", "three") }), reading);
    expect(fatal(mended)).toBe(0);
    expect(acme(mended)?.attributes.SavePath).toBe("three");
  });

  test("while the other files of its catalog go on", () => {
    const files = { ...GOOD, "acme.ini": "RootId=acme\nMaxPix=x", "images.txt": "Id\tPath\nshoe\t2.jpg\nhat\t3.jpg\n" };
    const second = read(filesOf(files), first);
    expect(acme(second)?.attributes.SavePath).toBe("one");
    expect([pathOf(second, "shoe"), pathOf(second, "hat")]).toEqual(["2.jpg", "3.jpg"]);
  });

  test("a data file that is taken away leaves what it said", () => {
    const { "images.txt": _, ...rest } = GOOD;
    const second = read(filesOf(rest), first);
    expect(fatal(second)).toBe(1);
    expect(pathOf(second, "shoe")).toBe("1.jpg");
    expect(pathOf(read(filesOf(rest), second), "shoe")).toBe("1.jpg");
  });

  test("a catalog whose attribute file is taken away is gone, and with it what it held", () => {
    const { "acme.ini": _, ...rest } = GOOD;
    const second = read(filesOf(rest), first);
    expect(acme(second)).toBeUndefined();
    expect(second.catalogs.bytes).toBeLessThan(first.catalogs.bytes);
  });

  test("what was never good is no last good one", () => {
    const broken = read(filesOf({ "acme.ini": "RootId=acme\nMaxPix=x" }));
    expect(acme(read(filesOf({ "acme.ini": "RootId=acme\nMaxPix=y" }), broken))?.broken).toContain('"y"');
  });

  test("a catalog that is broken works as soon as its data file comes, whose attribute file is as it was", () => {
    const { "images.txt": _, ...rest } = GOOD;
    const early = read(filesOf(rest));
    expect(acme(early)?.broken).toContain("images.txt");
    const later = read(filesOf(GOOD), early);
    expect(later.problems).toEqual([]);
    expect(acme(later)?.broken).toBeUndefined();
    expect(pathOf(later, "shoe")).toBe("1.jpg");
  });

  test("what a catalog no longer names is not held", () => {
    const large = `Id\tPath\n${"id\tpath.jpg\n".repeat(10_000)}`;
    const before = read(filesOf({ ...GOOD, "images.txt": large }));
    const after = read(filesOf({ ...GOOD, "acme.ini": "RootId=acme" }), before);
    expect(before.catalogs.bytes).toBeGreaterThan(large.length);
    expect(after.catalogs.bytes).toBeLessThan(10_000);
    expect([...(after.kept?.images.keys() ?? [])]).toEqual([]);
  });
});

describe("files with the same etag are not read again", () => {
  /** How many attribute files and tables are read by `use`. */
  const reads = (use: () => CatalogReading) => {
    const lines = vi.spyOn(attributeLines, "attributeLines");
    const tables = vi.spyOn(table, "openTable");
    const reading = use();
    const counts = { attributes: lines.mock.calls.length, tables: tables.mock.calls.length };
    vi.restoreAllMocks();
    return { reading, counts };
  };

  test("none where nothing has changed, and everything is the same object", () => {
    const { reading, counts } = reads(() => read(filesOf(GOOD), first));
    expect(counts).toEqual({ attributes: 0, tables: 0 });
    expect(acme(reading)?.records).toBe(acme(first)?.records);
    expect(acme(reading)?.macros).toBe(acme(first)?.macros);
    expect(reading.catalogs.bytes).toBe(first.catalogs.bytes);
  });

  test.each([
    ["default.ini", "BkgColor=00ff00", { attributes: 1, tables: 0 }],
    ["acme.ini", `${GOOD["acme.ini"]}\n`, { attributes: 1, tables: 0 }],
    ["images.txt", "Id\tPath\nshoe\t2.jpg\n", { attributes: 0, tables: 1 }],
    ["macros.txt", "Name\tDefinition\nview\twid=2\n", { attributes: 0, tables: 1 }],
  ])("one where %s has", (path, text, counts) => {
    expect(reads(() => read(filesOf({ ...GOOD, [path]: text }), first)).counts).toEqual(counts);
  });

  test("nor are those that are malformed, whose problems are told again", () => {
    const files = filesOf({ ...GOOD, "images.txt": "", "default.ini": "x" });
    const second = read(files, first);
    const { reading, counts } = reads(() => read(files, second));
    expect(counts).toEqual({ attributes: 0, tables: 0 });
    expect(reading.problems).toEqual(second.problems);
  });

  test("macros of a file are defined again where those below them have changed", () => {
    const files = {
      ...GOOD,
      "macros.txt": "Name\tDefinition\nview\t$base$\n",
      "base.txt": "Name\tDefinition\nbase\twid=1\n",
    };
    const withBase = { ...files, "default.ini": "MacroFile=base.txt" };
    const before = read(filesOf(withBase));
    expect(acme(before)?.macros.get("view")?.[0]?.value).toBe("1");
    const after = read(filesOf({ ...withBase, "base.txt": "Name\tDefinition\nbase\twid=2\n" }), before);
    expect(acme(after)?.macros.get("view")?.[0]?.value).toBe("2");
  });

  test("a file of another etag is read again, though it says the same", () => {
    const file = fileOf("acme.ini", "RootId=acme");
    const before = read([file]);
    expect(reads(() => read([{ ...file, etag: "another" }], before)).counts.attributes).toBe(1);
  });
});
