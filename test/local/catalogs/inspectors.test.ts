import { describe, expect, test } from "vitest";
import { inspectObjects, inspectSavePaths } from "../../../scripts/local/catalogs/attributes.ts";
import { macroRemarks } from "../../../scripts/local/catalogs/command-texts.ts";
import { FileText } from "../../../scripts/local/catalogs/file-text.ts";
import { describeFinding } from "../../../scripts/local/catalogs/finding.ts";
import type { Inspection, Inspector } from "../../../scripts/local/catalogs/inspection.ts";
import { picturesAmong } from "../../../scripts/local/catalogs/pictures.ts";
import { inspectPaths, inspectShadows } from "../../../scripts/local/catalogs/records.ts";
import { attributesIn } from "../../../scripts/local/catalogs/standing-attributes.ts";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import type { TableRow } from "../../../src/catalog/files/table.ts";
import { type CatalogView, withoutCatalogs } from "../../../src/protocol/catalog-view.ts";
import { defineMacros } from "../../../src/protocol/macros.ts";
import { catalogOf, recordsFrom, rowOf } from "../../support/hand-made-catalogs.ts";

const COLUMNS = ["Id", "Path", "Modifier", "ImageSet"];
const EMPTY: CatalogView = withoutCatalogs(new Map());

/** A catalog `acme` with these rows in these files, and these lines in its attribute file. */
function inspected(
  inspector: Inspector,
  tables: Readonly<Record<string, readonly (readonly string[])[]>>,
  attributes = "",
): readonly string[] {
  const rows = new Map(
    Object.entries(tables).map(([file, fields]) => [file, fields.map((row, index) => rowOf(index + 2, COLUMNS, row))]),
  );
  const idOf = (row: TableRow) => row.texts.get("id") ?? "";
  const records = [...rows].flatMap(([file, each]) =>
    each.map((row) => ({ id: idOf(row), fields: {}, problems: [], file, line: row.line })),
  );
  const catalog: Catalog = catalogOf({ rootId: "acme", records: recordsFrom(records) });
  const pathIn = (id: string) => `acme/${id}`;
  const inspection: Inspection = {
    catalogs: { default: catalogOf({}), byRootId: new Map([["acme", catalog]]), bytes: 0 },
    all: [catalog],
    viewOf: (path) => ({
      ...EMPTY,
      ofPath: {
        ...{ name: path, catalog: "acme", macros: new Map(), modifier: undefined, postModifier: undefined },
        ...{ fields: "", broken: undefined, place: "" },
      },
    }),
    lookUp(object, main) {
      const record = main.records.find(object);
      return { object, catalog: main, record, picture: pathIn(object), mask: undefined };
    },
    attributesOf: () => attributesIn("acme.ini", new FileText({ bytes: Buffer.from(`RootId=acme\n${attributes}`) })),
    filesOf: (_catalog, attribute) => (attribute === "CatalogFile" ? [...rows.keys()] : []),
    rowsOf: (file) => new Map(rows.get(file)?.map((row) => [row.line, row])),
    textOf: () => undefined,
  };
  return Array.from(inspector(inspection), describeFinding);
}

describe("records without a picture", () => {
  test("One with neither Path nor Modifier is a problem.", () => {
    expect(inspected(inspectPaths, { "i.txt": [["shoe"]] })).toEqual([
      "i.txt:2:1: entry: shoe has no Path, and no Modifier that would make it a template",
    ]);
  });

  test.each([[["shoe", "shoe.jpg"]], [["set", "", "", "a,b"]]])("%j is none.", (row) => {
    expect(inspected(inspectPaths, { "i.txt": [row] })).toEqual([]);
  });
});

describe("ids that are never found", () => {
  test("Of two records in two files the one that does not count is named, with the one that does.", () => {
    const tables = {
      "a.txt": [
        ["hat", "a"],
        ["shoe", "a"],
      ],
      "b.txt": [["shoe", "b"]],
    };
    expect(inspected(inspectShadows, tables)).toEqual([
      'a.txt:3:1: note: "shoe" stands in b.txt as well, at line 2: that one counts',
    ]);
  });

  test("Two records in one file have been told already.", () => {
    expect(
      inspected(inspectShadows, {
        "a.txt": [
          ["shoe", "a"],
          ["shoe", "b"],
        ],
      }),
    ).toEqual([]);
  });
});

describe("ids that no URL can name", () => {
  test.each([
    ["a?b", '"a?b" cannot stand in a path: it wants an object without a question mark, encoded or not'],
    ["a/../b", '"a/../b" cannot stand in a path: it wants an object without .. elements'],
    ["a//b", '"a//b" cannot stand in a path: it wants no empty elements, and letters with their accents in NFC'],
  ])("%j", (id, says) => {
    expect(inspected(inspectShadows, { "i.txt": [[id, "a.jpg"]] })).toEqual([`i.txt:2:1: note: ${says}`]);
  });

  test.each(["a b", "100%", "été", "a/b", "constructor"])("%j is none.", (id) => {
    expect(inspected(inspectShadows, { "i.txt": [[id, "a.jpg"]] })).toEqual([]);
  });
});

describe("objects of attributes", () => {
  test.each([
    ["DefaultImage=none", ['acme.ini:2:14: note: DefaultImage: "none" is no record: the file acme/none is meant']],
    ["ErrorImage=none", ['acme.ini:2:12: note: ErrorImage: "none" is no record: the file acme/none is meant']],
    ["Watermark=none", ['acme.ini:2:11: note: Watermark: wants the id of a record, got "none"']],
    ["DefaultImage=shoe", []],
    ["DefaultImage=", []],
    ["", []],
  ])("%j", (attributes, findings) => {
    expect(inspected(inspectObjects, { "i.txt": [["shoe", "a"]] }, attributes)).toEqual(findings);
  });
});

// Source: save-contract "Where it goes".
describe("SavePath", () => {
  test.each([
    ["../other", "SavePath has a segment that is .."],
    ["/renditions", "SavePath has a slash at its beginning: it must be relative"],
    ["C:/renditions", "SavePath has a drive letter: it must be relative"],
    ["a//b", "SavePath has an empty segment"],
    ["a/.provenance", "SavePath has a segment that is .provenance: there only the server writes"],
  ])("%j is refused as a save would be.", (path, says) => {
    expect(inspected(inspectSavePaths, {}, `SavePath=${path}`)).toEqual([`acme.ini:2:10: entry: SavePath: ${says}`]);
  });

  test.each(["renditions", "renditions/acme/", ""])("%j is a folder, or none.", (path) => {
    expect(inspected(inspectSavePaths, {}, `SavePath=${path}`)).toEqual([]);
  });
});

describe("pictures", () => {
  const tables = { "i.txt": [["shoe", "shoe"]] };

  test.each(["acme/shoe", "acme/shoe.jpg", "acme/shoe.webp"])("%s is that of acme/shoe.", (file) => {
    expect(inspected(picturesAmong(new Set([file])), tables)).toEqual([]);
  });

  test("What is nowhere is said with all places where it was looked for.", () => {
    const [finding, ...more] = inspected(picturesAmong(new Set(["shoe.jpg", "acme/SHOE.jpg"])), tables);
    expect(finding).toBe(
      'i.txt:2:6: entry: Path: there is no such picture: looked for "acme/shoe", "acme/shoe.jpg", "acme/shoe.jpeg", "acme/shoe.png", "acme/shoe.webp"',
    );
    expect(more).toEqual([]);
  });
});

describe("bodies of macros", () => {
  const { macros } = defineMacros([["view", "wid=100"]]);
  const remarks = (body: string) => macroRemarks("acme", withoutCatalogs(macros), body);

  test("A value that cannot be read is a problem at its character.", () => {
    expect(remarks("hei=20&wid=abc")).toEqual([
      { at: 11, weight: "entry", says: 'wid: wants a number of pixels > 0, got "abc"' },
    ]);
  });

  test("A command that does not exist is a note: URLs of clients have them, too.", () => {
    expect(remarks("opsharpen=1")).toEqual([{ at: 10, weight: "note", says: "opsharpen: there is no such command" }]);
  });

  test.each([
    ["$view$&hei=3", "calls one that exists"],
    ["$other$&hei=3", "calls one that does not: reading the file has said so"],
    ["wid=$size$", "takes a variable of the URL"],
    ["fit=crop", "leaves the size to the URL"],
  ])("%s is well: it %s.", (body) => {
    expect(remarks(body)).toEqual([]);
  });
});
