import { describe, expect, test } from "vitest";
import { describeFileProblem } from "../../src/catalog/file-problem.ts";
import { type CatalogFile, type CatalogReading, readCatalogs } from "../../src/catalog/read-catalogs.ts";
import { defineMacros, type Macros } from "../../src/protocol/macros.ts";
import { fileOf, filesOf } from "../support/catalog-writing.ts";

const macros = defineMacros([["house", "qlt=70"]]).macros;
const read = (files: readonly CatalogFile[], before?: CatalogReading) => readCatalogs(files, { macros }, before);
const told = ({ problems }: CatalogReading) =>
  problems.map((problem) => `${problem.weight} ${describeFileProblem(problem)}`);
const catalog = ({ catalogs }: CatalogReading, rootId: string) => {
  const found = rootId === "" ? catalogs.default : catalogs.byRootId.get(rootId);
  if (found === undefined) throw new Error(`no catalog ${rootId}`);
  return found;
};
const bodyOf = (all: Macros, name: string) =>
  all.get(name)?.map(({ name: command, value }) => (value === undefined ? command : `${command}=${value}`));

const ACME = {
  "default.ini": "BkgColor=ff0000\nMacroFile=base.txt\n",
  "base.txt": "Name\tDefinition\nview\twid=100\nframe\t$view$&bgc=0\n",
  "acme.ini": "RootId=acme\nCatalogFile=acme/images.txt\nMacroFile=acme/macros.txt\nSavePath=acme\n",
  "acme/images.txt": "Id\tPath\nshoe\tshoes/1.jpg\n",
  "acme/macros.txt": "Name\tDefinition\nview\t$view$&hei=50\ncard\t$frame$&$house$\n",
};

describe("a folder of catalogs (protocol.md 6.1)", () => {
  const reading = read(filesOf(ACME));

  test("is its default catalog and those with RootIds", () => {
    expect(told(reading)).toEqual([]);
    expect([...reading.catalogs.byRootId.keys()]).toEqual(["acme"]);
    expect(catalog(reading, "").rootId).toBe("");
    expect(catalog(reading, "acme")).toMatchObject({ rootId: "acme", fileTime: 1000 });
    expect(catalog(reading, "acme")).not.toHaveProperty("broken");
  });

  test("has the records of each", () => {
    expect(catalog(reading, "acme").records.find("shoe")?.fields.Path).toBe("shoes/1.jpg");
    expect(catalog(reading, "").records.size).toBe(0);
  });

  test("gives a catalog its own attributes over those of the default one", () => {
    expect(catalog(reading, "acme").attributes).toMatchObject({ BkgColor: [255, 0, 0], SavePath: "acme" });
    expect(catalog(reading, "").attributes).not.toHaveProperty("SavePath");
  });

  test("gives it its own macros over the default catalog's, those of settings and the built-in ones (1.5)", () => {
    const own = catalog(reading, "acme").macros;
    expect([...own.keys()].toSorted()).toEqual(["card", "frame", "glow", "house", "shadow", "view"]);
    // A macro may extend the one that it replaces; what was defined with that one stays.
    expect(bodyOf(own, "view")).toEqual(["wid=100", "hei=50"]);
    expect(bodyOf(own, "card")).toEqual(["wid=100", "bgc=0", "qlt=70"]);
    expect(bodyOf(catalog(reading, "").macros, "view")).toEqual(["wid=100"]);
    expect(catalog(reading, "").macros.has("card")).toBe(false);
  });

  test("without default.ini has an empty default catalog, with the macros of the settings", () => {
    const { default: main, byRootId } = read(filesOf({ "b.ini": "RootId=b" })).catalogs;
    expect(main).toMatchObject({ rootId: "", attributes: {}, fileTime: 0 });
    expect(main.macros).toBe(macros);
    expect(byRootId.get("b")?.macros).toBe(macros);
    expect(read([])).toMatchObject({ problems: [] });
  });

  test("of which files in folders and other names are no attribute files", () => {
    const { catalogs, problems } = read(
      filesOf({ "deep/x.ini": "nonsense", "readme.txt": "nonsense", "a.INI": "RootId=a" }),
    );
    expect([...catalogs.byRootId.keys()]).toEqual(["a"]);
    expect(problems).toEqual([]);
  });

  test("may have names that objects have in JavaScript", () => {
    const odd = read(
      filesOf({
        "__proto__.ini": "RootId=__proto__\nconstructor=1\n__proto__=2\nMacroFile=m",
        "constructor.ini": "RootId=constructor",
        m: "Name\tDefinition\nconstructor\twid=1\n__proto__\t$constructor$",
      }),
    );
    expect([...odd.catalogs.byRootId.keys()]).toEqual(["__proto__", "constructor"]);
    expect(bodyOf(catalog(odd, "__proto__").macros, "__proto__")).toEqual(["wid=1"]);
    expect(told(odd)).toEqual([
      'note __proto__.ini:2:13: constructor: wants the name of an attribute, got "constructor"',
      'note __proto__.ini:3:11: __proto__: wants the name of an attribute, got "__proto__"',
    ]);
  });

  test("may share data files, which are read once and told of once", () => {
    const shared = read(
      filesOf({
        "a.ini": "RootId=a\nCatalogFile=one.txt\nMacroFile=m",
        "b.ini": "RootId=b\nCatalogFile=one.txt\nMacroFile=m",
        "one.txt": "Id\tPath\tOdd\nx\tx.jpg\t1\n",
        m: "Name\tDefinition\nbad\t$none$\n",
      }),
    );
    expect(catalog(shared, "a").records).toBe(catalog(shared, "b").records);
    expect(catalog(shared, "a").macros).toBe(catalog(shared, "b").macros);
    expect(shared.problems).toHaveLength(2);
  });
});

describe("RootIds", () => {
  test("belong to one catalog; of two files that claim one from the start neither gets it, and others work", () => {
    const reading = read(filesOf({ "a.ini": "RootId=x", "b.ini": "RootId=x", "c.ini": "RootId=c" }));
    expect(told(reading)).toEqual([
      'file a.ini:1:8: RootId: wants an id of its own, which b.ini has, got "x"',
      'file b.ini:1:8: RootId: wants an id of its own, which a.ini has, got "x"',
    ]);
    expect(catalog(reading, "x").broken).toContain("a.ini:1:8");
    expect(catalog(reading, "x").broken).toContain("b.ini:1:8");
    expect(catalog(reading, "c").broken).toBeUndefined();
  });

  test("stay with the catalog that had them", () => {
    const before = read(filesOf({ "b.ini": "RootId=x\nSavePath=b" }));
    const reading = read(filesOf({ "a.ini": "RootId=x\nSavePath=a", "b.ini": "RootId=x\nSavePath=new" }), before);
    expect(told(reading)).toEqual(['file a.ini:1:8: RootId: wants an id of its own, which b.ini has, got "x"']);
    expect(catalog(reading, "x")).toMatchObject({ attributes: { SavePath: "new" } });
    expect(catalog(reading, "x").broken).toBeUndefined();
  });

  test("may be swapped", () => {
    const before = read(filesOf({ "a.ini": "RootId=x\nSavePath=a", "b.ini": "RootId=y\nSavePath=b" }));
    const reading = read(filesOf({ "a.ini": "RootId=y\nSavePath=a", "b.ini": "RootId=x\nSavePath=b" }), before);
    expect(told(reading)).toEqual([]);
    expect(catalog(reading, "y").attributes.SavePath).toBe("a");
  });

  test("go back to what they were where another keeps the new one, also where a third wants that", () => {
    const before = read(filesOf({ "a.ini": "RootId=a", "b.ini": "RootId=b\nSavePath=b" }));
    const reading = read(
      filesOf({ "a.ini": "RootId=a", "b.ini": "RootId=a", "c.ini": "RootId=b\nSavePath=c" }),
      before,
    );
    expect(told(reading)).toEqual([
      'file b.ini:1:8: RootId: wants an id of its own, which a.ini has, got "a"',
      'file c.ini:1:8: RootId: wants an id of its own, which b.ini has, got "b"',
    ]);
    expect(catalog(reading, "b")).toMatchObject({ attributes: { SavePath: "b" } });
    expect(reading.catalogs.byRootId.size).toBe(2);
  });

  test.each([
    ["none", "SavePath=x"],
    ["an empty one", "RootId=''"],
    ["one that no URL has", "RootId=a b"],
    ["nothing at all", ""],
  ])("that cannot be known break every catalog: %s", (_, text) => {
    const reading = read(filesOf({ "a.ini": text, "b.ini": "RootId=b" }));
    expect(catalog(reading, "").broken).toContain("a.ini:");
    expect(catalog(reading, "b").broken).toContain("a.ini:");
  });

  test("are not for the default catalog", () => {
    const reading = read(filesOf({ "default.ini": "RootId=main\nSavePath=s" }));
    expect(told(reading)).toEqual([
      'note default.ini:1:8: RootId: wants none: it is the default catalog, which URLs do not name, got "main"',
    ]);
    expect(catalog(reading, "").rootId).toBe("");
    expect(reading.catalogs.byRootId.size).toBe(0);
  });
});

describe("a file that cannot be used, and never could", () => {
  test("breaks its catalog, and no other one", () => {
    const reading = read(filesOf({ ...ACME, "acme/images.txt": "no header", "b.ini": "RootId=b" }));
    expect(catalog(reading, "acme")).toMatchObject({ attributes: { BkgColor: [255, 0, 0] }, records: { size: 0 } });
    expect(catalog(reading, "acme").broken).toContain("acme/images.txt:1:");
    expect(catalog(reading, "b").broken).toBeUndefined();
    expect(catalog(reading, "").broken).toBeUndefined();
  });

  test("is one that is not there: the problem stands where it is named", () => {
    const reading = read(
      filesOf({ "a.ini": 'RootId=a\nCatalogFile = one.txt, "two.txt",three.txt', "one.txt": "Id\n" }),
    );
    const wanted = "CatalogFile: wants a file that is there below catalogs/, got";
    expect(told(reading)).toEqual([`file a.ini:2:24: ${wanted} "two.txt"`, `file a.ini:2:34: ${wanted} "three.txt"`]);
    expect(catalog(reading, "a").broken).toContain("two.txt");
  });

  test.each(["/etc/images.txt", "C:/images.txt", "../images.txt", "a/../../b.txt", "b.ini", "", "a/"])(
    "is one that is named as %j (protocol.md 6.1, 6.4)",
    (path) => {
      const reading = read(filesOf({ "a.ini": `RootId=a\nCatalogFile=x.txt,"${path}"`, "x.txt": "Id\n" }));
      expect(told(reading)[0]).toContain("a.ini:2:19: CatalogFile: wants the path of a file below catalogs/");
      expect(catalog(reading, "a").broken).toBeDefined();
    },
  );

  test("breaks all catalogs where it is the default one's, on which they stand", () => {
    for (const text of ["MaxPix=x", "no line of attributes", "CatalogFile=none.txt", "MacroFile=none.txt"]) {
      const reading = read(filesOf({ "default.ini": text, "b.ini": "RootId=b\nSavePath=s" }));
      expect(catalog(reading, "").broken).toContain("default.ini:1:");
      expect(catalog(reading, "b").broken).toBe(catalog(reading, "").broken);
    }
  });

  test("is told in a sentence of the first three problems", () => {
    const reading = read(filesOf({ "a.ini": "RootId=a\none\ntwo\nthree\nfour\nfive" }));
    expect(catalog(reading, "a").broken).toBe(
      ["one", "two", "three"]
        .map((text, at) => `a.ini:${at + 2}:1: line: wants name=value, or # before a comment, got "${text}"`)
        .concat("and 2 more")
        .join("; "),
    );
  });

  test("breaks also what has the same etag at the next reading", () => {
    const files = filesOf({ "a.ini": "RootId=a\nMaxPix=x" });
    const again = read(files, read(files));
    expect(catalog(again, "a").broken).toBeDefined();
    expect(told(again)).toHaveLength(1);
  });
});

describe("macros that cannot be defined", () => {
  const reading = read(
    filesOf({
      "a.ini": "RootId=a\nMacroFile=m.txt",
      "m.txt": [
        "Name\tDefinition",
        "early\twid=1&$late$",
        "self\t$self$",
        "late\thei=1",
        "one\t$two$",
        "two\t$one$",
        "bad name\twid=1",
        "\twid=1",
        "none\t",
        "LATE\t$late$&qlt=5",
      ].join("\n"),
    }),
  );

  test("are left out, with the place of what they call; cycles are no others (1.5)", () => {
    expect([...catalog(reading, "a").macros.keys()].toSorted()).toEqual(["glow", "house", "late", "shadow"]);
    expect(bodyOf(catalog(reading, "a").macros, "late")).toEqual(["hei=1", "qlt=5"]);
    expect(catalog(reading, "a").broken).toBeUndefined();
    expect(told(reading).toSorted()).toEqual(
      [
        'entry m.txt:2:13: macro early: wants the name of a macro, got "late"',
        'entry m.txt:3:6: macro self: wants the name of a macro, got "self"',
        'entry m.txt:5:5: macro one: wants the name of a macro, got "two"',
        'entry m.txt:6:5: macro two: wants the name of a macro, got "one"',
        'entry m.txt:7:1: Name: wants a name of letters, digits, -, _ and ., got "bad name"',
        "entry m.txt:8:1: Name: wants a text, got nothing",
        "entry m.txt:9:1: macro none: wants commands, joined by &, of at most 100000 characters, got nothing",
        'note m.txt:10:1: macro LATE: wants a name of its own: the last of two counts, got "LATE"',
      ].toSorted(),
    );
  });

  test("are not those that ask for a save: whoever calls them is refused, and here it is said", () => {
    const saving = read(
      filesOf({ "a.ini": "RootId=a\nMacroFile=m", m: "Name\tDefinition\nkeep\twid=9&req=saveToFile&name=x.png\n" }),
    );
    const wanted = "macro keep: wants to stand in the client's own modifiers, outside of nested requests, got";
    expect(told(saving)).toEqual([`entry m:2:16: ${wanted} "req"`, `entry m:2:32: ${wanted} "name"`]);
    expect(bodyOf(catalog(saving, "a").macros, "keep")).toEqual(["wid=9", "req=saveToFile", "name=x.png"]);
  });
});

test("a catalog was last changed when its attribute file was written, also where it says the same as before", () => {
  const first = read([fileOf("a.ini", "RootId=a", 5)]);
  expect(catalog(first, "a").fileTime).toBe(5);
  expect(catalog(read([fileOf("a.ini", "RootId=a", 9)], first), "a").fileTime).toBe(9);
});
