import { describe, expect, test } from "vitest";
import { describeFileProblem } from "../../src/catalog/file-problem.ts";
import { readTable } from "../../src/catalog/files/table.ts";
import { catalogFile } from "../support/catalog-file.ts";
import { encoded } from "../support/table-writing.ts";

/** A macro file, read. */
function macros(content: string | Uint8Array) {
  const { rows, problems } = readTable(catalogFile(content, "acme/macros.txt"), "Name", ["Definition"]);
  return {
    rows: [...rows],
    texts: [...rows].map(({ texts }) => [texts.get("name"), texts.get("definition")]),
    problems: problems.map((problem) => `${problem.weight} ${describeFileProblem(problem)}`),
  };
}

const HEADER = "Name\tDefinition";

describe("a table of macros", () => {
  test("the documentation's own row", () => {
    expect(macros(`${HEADER}\nview\twid=240&fmt=jpeg&qlt=85`)).toMatchObject({
      texts: [["view", "wid=240&fmt=jpeg&qlt=85"]],
      problems: [],
    });
  });

  test("records of one key are all there, in their order: what is the same is for the caller to say", () => {
    expect(macros(`${HEADER}\nView\twid=1\nview\twid=2`).texts).toEqual([
      ["View", "wid=1"],
      ["view", "wid=2"],
    ]);
  });

  test("a field that is empty, or that its record does not reach, is absent", () => {
    expect(macros(`${HEADER}\nview\t\nlong`).texts).toEqual([
      ["view", undefined],
      ["long", undefined],
    ]);
  });

  test("places are those of fields, also behind one of several lines, in characters", () => {
    const { rows } = macros(`Definition\tName\n"wid=1\n&é=2"\tview\n\tlong`);
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
    expect(rows.map((row) => row.placeOf("Name"))).toEqual([
      { line: 3, column: 7 },
      { line: 4, column: 2 },
    ]);
    expect(rows.map((row) => row.placeOf("Definition"))).toEqual([
      { line: 2, column: 1 },
      { line: 4, column: 1 },
    ]);
  });

  test("names of the language's own are names like others", () => {
    const { rows, problems } = readTable(catalogFile("__proto__\tconstructor\na\tb"), "constructor", ["__proto__"]);
    expect([...rows].map(({ texts }) => [...texts])).toEqual([
      [
        ["__proto__", "a"],
        ["constructor", "b"],
      ],
    ]);
    expect(problems).toEqual([]);
  });
});

describe("the header: protocol.md 6.4", () => {
  test("names are compared without regard to case, and may be quoted", () => {
    expect(macros('"NAME"\tdefinition\nview\twid=1').texts).toEqual([["view", "wid=1"]]);
  });

  test("a column whose name starts with a dot is ignored, whatever the rest of it is and however often it comes", () => {
    const { texts, problems } = macros(`.who did it\tName\t.\t.\tDefinition\nme\tview\tx\ty\twid=1`);
    expect([texts, problems]).toEqual([[["view", "wid=1"]], []]);
  });

  test("an unknown column is ignored with a note", () => {
    const { texts, problems } = macros(`Name\tOwner\tDefinition\nview\tme\twid=1`);
    expect(texts).toEqual([["view", "wid=1"]]);
    expect(problems).toEqual(['note acme/macros.txt:1:6: header: wants a column that is known, got "Owner"']);
  });

  const NAME = "the name of a column, of letters, digits, - and _";
  test.each([
    ["is missing: an empty file", "", "1:1: header: wants a record with the names of the columns, got nothing"],
    ["is missing: empty lines", "\n\r\n\r", "1:1: header: wants a record with the names of the columns, got nothing"],
    ["has an empty name", "Name\t\tDefinition\n", `1:6: header: wants ${NAME}, got nothing`],
    ["has an empty name at its end", "Name\tDefinition\t\n", `1:17: header: wants ${NAME}, got nothing`],
    ["has a space", "Name\tDefi nition\n", `1:6: header: wants ${NAME}, got "Defi nition"`],
    ["has a letter of another script", "Name\tD\u00e9finition\n", `1:6: header: wants ${NAME}, got "D\u00e9finition"`],
    ["has a sign", "Name\tx.y\n", `1:6: header: wants ${NAME}, got "x.y"`],
    ["has a name twice", "Name\tDefinition\tNAME\n", '1:17: header: wants columns of different names, got "NAME"'],
    [
      "has an unknown name twice",
      "Name\tOwner\towner\n",
      '1:12: header: wants columns of different names, got "owner"',
    ],
    ["has no key", "Definition\nwid=1", "1:1: header: wants a column Name, got nothing"],
    ["stands behind empty lines", "\n\nDefinition\nwid=1", "3:1: header: wants a column Name, got nothing"],
    [
      "is not closed",
      'Name\t"Definition\nview\twid=1',
      '1:6: quotes: wants a field that is closed by another quote, got "the end of the file"',
    ],
  ])("where it %s the file cannot be used", (_, content, problem) => {
    const { texts, problems } = macros(content);
    expect(texts).toEqual([]);
    expect(problems).toContain(`file acme/macros.txt:${problem}`);
  });

  test("a header alone is a table without records", () => {
    expect(macros(HEADER)).toMatchObject({ texts: [], problems: [] });
  });
});

describe("TABs too many", () => {
  test.each(["view\twid=1\t", "view\twid=1\t\t\t"])("at the end of a record lose nothing: %j", (record) => {
    expect(macros(`${HEADER}\n${record}`)).toMatchObject({ texts: [["view", "wid=1"]], problems: [] });
  });

  test("are an empty line where there is nothing else in it", () => {
    expect(macros(`\t\n${HEADER}\n\t\nview\twid=1\r\n\t\t\t`)).toMatchObject({
      texts: [["view", "wid=1"]],
      problems: [],
    });
  });
});

describe("records that are not as they should be", () => {
  test.each([
    [
      "more fields than the header",
      "view\twid=1\thei=2",
      '2:12: record: wants a record with at most 2 fields, as the header has, got "hei=2"',
    ],
    ["no key", "\twid=1", "2:1: Name: wants a text, got nothing"],
  ])("%s: it is left out, and the others work", (_, record, problem) => {
    const { texts, problems } = macros(`${HEADER}\n${record}\nlong\twid=9`);
    expect(texts).toEqual([["long", "wid=9"]]);
    expect(problems).toEqual([`entry acme/macros.txt:${problem}`]);
  });

  test("bytes that are not UTF-8 in a file that says it is", () => {
    const bytes = Uint8Array.of(
      ...encoded(`${HEADER}\nview\twid=1&text=`, "utf-8"),
      0xe9,
      0x0a,
      ...new TextEncoder().encode("long\twid=9"),
    );
    const { texts, problems } = macros(bytes);
    expect(texts).toEqual([["long", "wid=9"]]);
    expect(problems).toEqual(['entry acme/macros.txt:2:6: Definition: wants text in UTF-8, got "wid=1&text=\ufffd"']);
  });

  test("a quote that is not closed makes the file unusable: it may have swallowed any number of records", () => {
    const { texts, problems } = macros(`${HEADER}\nview\twid=1\nlong\t"wid=9\nmore\twid=8\n`);
    expect(texts).toEqual([]);
    expect(problems).toEqual([
      'file acme/macros.txt:3:6: quotes: wants a field that is closed by another quote, got "the end of the file"',
    ]);
  });

  test("so does something behind a quote that closes a field", () => {
    const { texts, problems } = macros(`${HEADER}\nview\t"wid=1" &hei=2\nlong\twid=9`);
    expect(texts).toEqual([]);
    expect(problems).toEqual([
      'file acme/macros.txt:2:13: quotes: wants a TAB or the end of the record behind the quote that closes a field; quotes within it doubled, got " "',
    ]);
  });
});

test("of a thousand problems a hundred are told, and how many more there are", () => {
  const { problems } = macros(`${HEADER}\n${"\twid=1\n".repeat(1000)}view\t"wid`);
  expect(problems).toHaveLength(102);
  expect(problems[99]).toBe("entry acme/macros.txt:101:1: Name: wants a text, got nothing");
  expect(problems[100]).toMatch(/^file .*:1002:6: quotes/);
  expect(problems[101]).toBe(
    'entry acme/macros.txt:102:1: the file: wants at most 100 problems of this weight to be told, got "900 more from here on"',
  );
});
