import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeFileProblem } from "../../src/catalog/file-problem.ts";
import { type CatalogFile, readCatalogs } from "../../src/catalog/read-catalogs.ts";
import { defineMacros } from "../../src/protocol/macros.ts";
import { fileOf, filesOf } from "../support/catalog-writing.ts";

const SEED = Number(process.env.CATALOGS_SEED ?? 20_261_123);
const read = (files: readonly CatalogFile[]) => readCatalogs(files, { macros: defineMacros([]).macros });
const MB = 1_000_000;

/** Problems that can be told: short, with places, and few. */
function expectTold(files: readonly CatalogFile[]) {
  const reading = read(files);
  expect(reading.problems.length).toBeLessThanOrEqual(400 * files.length);
  for (const problem of reading.problems) {
    expect(problem.line).toBeGreaterThanOrEqual(1);
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(describeFileProblem(problem).length).toBeLessThan(5000);
  }
  return reading;
}

describe("a hostile attribute file has problems, and nothing throws", () => {
  test.each([
    ["a line of 10 MB", "x".repeat(10 * MB)],
    ["a value of 10 MB", `PublishInfo=${"x".repeat(10 * MB)}`],
    ["a name of 10 MB", `${"x".repeat(10 * MB)}=1`],
    ["10 MB of slashes in a folder", `RootPath=a${"/".repeat(10 * MB)}b`],
    ["10 MB of quotation marks", `PublishInfo=${"'".repeat(10 * MB + 1)}`],
    ["10 MB of white space", `MaxPix=1${" ".repeat(10 * MB)},2x`],
    ["10 MB of white space before nothing", " ".repeat(10 * MB)],
    ["10 MB of commas", `CatalogFile=${",".repeat(10 * MB)}`],
    ["five million lines", "x\n".repeat(5 * MB)],
    ["five million empty lines", "\n".repeat(5 * MB)],
    ["a million unknown names", "x=1\n".repeat(MB)],
    ["a million times the same name", "MaxPix=1,2\r\n".repeat(MB)],
    ["five million continued lines", `PublishInfo=${"\\\n".repeat(5 * MB)}`],
    ["a million comments", "#\\\n".repeat(MB)],
    ["NULs", "\0".repeat(MB)],
    ["NULs in names and values", "Root\0Id=a\nRootId=a\0\nPublishInfo=\0"],
    ["bidi and separators", "RootId=\u202e\nSavePath=\u2028"],
  ])("%s", (_, text) => {
    const reading = expectTold(filesOf({ "a.ini": text }));
    expect(reading.catalogs.default.broken).toBeDefined();
  });

  test("whose long values are not held by its problems", () => {
    const { problems } = read(filesOf({ "a.ini": `RootId=a\nMaxPix=${"9".repeat(MB)}` }));
    expect(problems).toMatchObject([{ about: "MaxPix", weight: "file" }]);
    expect(JSON.stringify(problems).length).toBeLessThan(500);
  });
});

describe("a hostile folder", () => {
  test("of more than 1,000 files is refused from there on, and what came before works", () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`c${1000 + at}.ini`, `RootId=r${at}`]));
    const reading = expectTold(filesOf({ ...many, "default.ini": "SavePath=s" }));
    expect(reading.problems.map(({ file }) => file)).toEqual(["c1999.ini", "c2000.ini"]);
    expect(reading.problems[0]?.wanted).toBe("at most 1000 files of 33554432 bytes in all");
    // Nobody knows which catalogs these are.
    expect(reading.catalogs.byRootId.get("r0")?.broken).toContain("c1999.ini");
  });

  test("of more bytes than are held loses what is too much, and no attribute file to it", () => {
    const large = new Uint8Array(20 * 1_048_576).fill(10);
    large.set(new TextEncoder().encode("Id\tPath\n"));
    const reading = expectTold([
      ...filesOf({
        "a.ini": "RootId=a\nCatalogFile=1.txt",
        "b.ini": "RootId=b\nCatalogFile=2.txt",
        "z.ini": "RootId=z",
      }),
      fileOf("1.txt", large),
      { ...fileOf("2.txt", large), etag: "another" },
    ]);
    expect(reading.problems.map(({ file, about }) => [file, about])).toEqual([["2.txt", "the catalogs"]]);
    const broken = [...reading.catalogs.byRootId].map(([rootId, catalog]) => [rootId, catalog.broken !== undefined]);
    expect(broken).toEqual([
      ["a", false],
      ["z", false],
      ["b", true],
    ]);
  });

  test("of files that nobody names costs nothing", () => {
    const odd = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`x/${at}.txt`, "nonsense"]));
    expect(read(filesOf({ ...odd, "a.ini": "RootId=a" })).problems).toEqual([]);
  });

  test("whose macros call one another grows no more than there is room for", () => {
    const row = (name: string, body: string) => `${name}\t${body}\n`;
    const thousand = Array.from({ length: 1000 }, () => "wid=1").join("&");
    const calls = Array.from({ length: 10_000 }, (_, at) => row(`m${at}`, "$a$")).join("");
    const files = {
      "a.ini": "RootId=a\nMacroFile=m.txt",
      "b.ini": "RootId=b",
      "m.txt": `Name\tDefinition\n${row("a", thousand)}${calls}`,
    };
    const reading = expectTold(filesOf(files));
    expect(reading.problems.map(({ weight, wanted }) => [weight, wanted])).toEqual([
      ["file", "at most 199998 commands in all macros"],
    ]);
    expect(reading.catalogs.byRootId.get("a")?.broken).toContain("m.txt:");
    expect(reading.catalogs.byRootId.get("b")?.broken).toBeUndefined();
  });

  test("whose default macros every catalog would copy has room for some", () => {
    const macros = (count: number) =>
      `Name\tDefinition\n${Array.from({ length: count }, (_, at) => `m${at}\twid=1\n`).join("")}`;
    const inis = Array.from({ length: 100 }, (_, at) => [`c${at}.ini`, `RootId=r${at}\nMacroFile=${at}.txt`]);
    const own = Array.from({ length: 100 }, (_, at) => [`${at}.txt`, macros(1)]);
    const { catalogs } = expectTold(
      filesOf({
        "default.ini": "MacroFile=all.txt",
        "all.txt": macros(10_000),
        ...Object.fromEntries([...inis, ...own]),
      }),
    );
    const working = [...catalogs.byRootId.values()].filter(({ broken }) => broken === undefined);
    expect(working.length).toBeGreaterThan(10);
    expect(working.length).toBeLessThan(20);
    expect(catalogs.default.broken).toBeUndefined();
  });

  test("whose macro is 10 MB long, or of 10,000 unknown calls", () => {
    for (const body of ["x".repeat(10 * MB), "$x$&".repeat(10_000)]) {
      const reading = expectTold(filesOf({ "a.ini": "RootId=a\nMacroFile=m", m: `Name\tDefinition\nlong\t${body}\n` }));
      expect(reading.problems.every(({ weight }) => weight === "entry")).toBe(true);
      expect(reading.catalogs.byRootId.get("a")?.macros.has("long")).toBe(false);
    }
  });

  test("that holds a hundred files by which every catalog is named again", () => {
    const named = Array.from({ length: 100 }, (_, at) => `f${at}`).join(",");
    const inis = Array.from({ length: 100 }, (_, at) => [`c${at}.ini`, `RootId=r${at}\nCatalogFile=${named}`]);
    const reading = expectTold(filesOf(Object.fromEntries(inis)));
    expect(reading.problems).toHaveLength(100 * 100);
    expect(reading.catalogs.byRootId.get("r7")?.broken).toContain("and 97 more");
  });
});

test("random folders, and random readings before them, are answered", () => {
  const bits = [
    "RootId=",
    "a",
    "b",
    "CatalogFile=",
    "MacroFile=",
    "m",
    "i",
    ",",
    "\n",
    "\r",
    "\\",
    "'",
    '"',
    "=",
    "#",
    "\0",
    "Id\tPath\n",
    "Name\tDefinition\n",
    "$",
    "&",
    "\t",
    "MaxPix=1,2\n",
    "é",
    "\ufeff",
  ];
  const texts = fc.array(fc.constantFrom(...bits), { maxLength: 12 }).map((list) => list.join(""));
  const names = fc.constantFrom("default.ini", "a.ini", "b.ini", "i", "m");
  const folders = fc.dictionary(names, texts, { maxKeys: 5, noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(folders, { minLength: 1, maxLength: 4 }), (list) => {
      let before: ReturnType<typeof read> | undefined;
      for (const folder of list) {
        const reading = readCatalogs(filesOf(folder), { macros: new Map() }, before);
        for (const problem of reading.problems) describeFileProblem(problem);
        const { default: main, byRootId, bytes } = reading.catalogs;
        expect(bytes).toBeGreaterThanOrEqual(0);
        for (const [rootId, catalog] of byRootId) {
          expect(catalog.rootId).toBe(rootId);
          if (main.broken !== undefined) expect(catalog.broken).toBeDefined();
        }
        before = reading;
      }
    }),
    { seed: SEED, numRuns: 3000 },
  );
});
