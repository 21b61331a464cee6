import { describe, expect, test } from "vitest";
import { describeFileProblem } from "../../src/catalog/file-problem.ts";
import { readImageData, recordsOf } from "../../src/catalog/records/image-data.ts";
import { catalogFile } from "../support/catalog-file.ts";
import { encoded } from "../support/table-writing.ts";

const told = ({ problems }: ReturnType<typeof readImageData>) =>
  problems.map((problem) => `${problem.weight} ${describeFileProblem(problem)}`);

describe("records of image data", () => {
  test("say where they stand, and what their fields mean, by the names of the documentation in whatever case", () => {
    const data = readImageData(
      catalogFile(
        'path\tID\tANCHOR\tmodifier\n\nshoes/boot.tif\tboot\t-3,4\t"wid=240&\r\nfmt=jpeg"\nshoes/pump.tif\tpump\n',
      ),
    );
    expect(data.problems).toEqual([]);
    expect(data.records.size).toBe(2);
    expect(data.records.find("boot")).toEqual({
      id: "boot",
      fields: { Path: "shoes/boot.tif", Anchor: { x: -3, y: 4 }, Modifier: "wid=240&\r\nfmt=jpeg" },
      problems: [],
      file: "acme/images.txt",
      line: 3,
    });
    expect(data.records.find("pump")).toMatchObject({ fields: { Path: "shoes/pump.tif" }, line: 5 });
    expect([...data.records.all()].map(({ id }) => id)).toEqual(["boot", "pump"]);
  });

  test("have ids that may look like paths, and are case-sensitive: protocol.md 2.5", () => {
    const { records } = readImageData(catalogFile("Id\nshop/Boot.tif\n shoe \n"));
    expect(records.find("shop/Boot.tif")?.id).toBe("shop/Boot.tif");
    expect(records.find("shop/boot.tif")).toBeUndefined();
    expect(records.find(" shoe ")?.id).toBe(" shoe ");
    expect(records.find("shoe")).toBeUndefined();
  });

  test("may be called as the language calls things of its own", () => {
    const { records } = readImageData(catalogFile("Id\tPath\nconstructor\ta\n__proto__\tb\n"));
    expect(records.find("constructor")?.fields).toEqual({ Path: "a" });
    expect(records.find("__proto__")?.fields).toEqual({ Path: "b" });
    expect(records.find("toString")).toBeUndefined();
  });

  test("are found by their id in NFC, however it is written: objects are compared so", () => {
    const { records, problems } = readImageData(catalogFile("Id\tPath\ncafe\u0301\ta\n\u212bngstro\u0308m\tb\n"));
    expect(problems).toEqual([]);
    expect(records.find("caf\u00e9")).toMatchObject({ id: "caf\u00e9", fields: { Path: "a" } });
    expect(records.find("cafe\u0301")?.fields).toEqual({ Path: "a" });
    expect(records.find("\u00c5ngstr\u00f6m")?.fields).toEqual({ Path: "b" });
  });

  test("with two spellings of one id are two of one id", () => {
    const data = readImageData(catalogFile("Id\tPath\ncafe\u0301\ta\ncaf\u00e9\tb\n"));
    expect(data.records.size).toBe(1);
    expect(data.records.find("caf\u00e9")?.fields).toEqual({ Path: "b" });
    expect(told(data)).toEqual([
      'note acme/images.txt:3:1: Id: wants an id that no other record has: the last one counts, got "caf\u00e9"',
    ]);
  });

  test("in ISO-8859-1 are read byte by byte, without a byte order mark", () => {
    const { records } = readImageData(catalogFile(encoded("Id\tModifier\ncaf\xe9\ttext=\x80\xff", "iso-8859-1")));
    expect(records.find("caf\u00e9")?.fields).toEqual({ Modifier: "text=\u0080\u00ff" });
  });
});

describe("of one id the later record wins: protocol.md 6.4, 6.1", () => {
  test("in one file, with a note where the later one stands", () => {
    const data = readImageData(catalogFile("Path\tId\na\tboot\nb\tpump\nc\tboot\n"));
    expect(data.records.size).toBe(2);
    expect(data.records.find("boot")).toMatchObject({ fields: { Path: "c" }, line: 4 });
    expect(told(data)).toEqual([
      'note acme/images.txt:4:3: Id: wants an id that no other record has: the last one counts, got "boot"',
    ]);
  });

  test("also where the later one is refused: the one before is not what is meant any more", () => {
    const { records } = readImageData(catalogFile("Id\tAnchor\nboot\t1,2\nboot\tleft\n"));
    expect(records.find("boot")).toMatchObject({ fields: {}, problems: [{ about: "Anchor" }] });
  });

  test("over several files in their order", () => {
    const first = readImageData(catalogFile("Id\tPath\na\t1\nb\t1\nc\t1", "1.txt"));
    const second = readImageData(catalogFile("Id\tPath\nb\t2\nd\t2", "2.txt"));
    const third = readImageData(catalogFile("Path\tId\n3\tc\n3\td", "3.txt"));
    const records = recordsOf([first, second, third]);
    expect(records.size).toBe(4);
    const paths = ["a", "b", "c", "d", "e"].map((id) => records.find(id)?.fields.Path);
    expect(paths).toEqual(["1", "2", "3", "3", undefined]);
    expect([...records.all()].map(({ id, file }) => [id, file])).toEqual([
      ["a", "1.txt"],
      ["b", "2.txt"],
      ["c", "3.txt"],
      ["d", "3.txt"],
    ]);
  });

  test("of one file they are those of the file, and of none there are none", () => {
    const only = readImageData(catalogFile("Id\na"));
    expect(recordsOf([only])).toBe(only.records);
    const none = recordsOf([]);
    expect([none.size, none.find("a"), [...none.all()]]).toEqual([0, undefined, []]);
  });
});

describe("what is wrong is told with file, line and column", () => {
  test("a field that cannot be read refuses its record, and is told at loading", () => {
    const data = readImageData(catalogFile("Id\tPath\tAnchor\tExpiration\nboot\ta\tleft\tsoon\npump\tb\t1,2\t3\n"));
    expect(told(data)).toEqual([
      'entry acme/images.txt:2:8: Anchor: wants x (a whole number -2147483648..2147483648), got "left"',
      'entry acme/images.txt:2:13: Expiration: wants hours of at least 0, -1 or -2, got "soon"',
    ]);
    expect(data.records.find("boot")).toMatchObject({ fields: { Path: "a" }, problems: data.problems });
    expect(data.records.find("pump")?.problems).toEqual([]);
  });

  test("a record with more fields than the header is refused when it is used: they may all have moved", () => {
    const data = readImageData(catalogFile("Id\tPath\nboot\ta\tb\npump\tb\n"));
    expect(told(data)).toEqual([
      'entry acme/images.txt:2:8: record: wants a record with at most 2 fields, as the header has, got "b"',
    ]);
    expect(data.records.find("boot")?.problems).toEqual(data.problems);
    expect(data.records.find("pump")?.problems).toEqual([]);
  });

  test.each([
    ["no id", "\ta", "an id", ""],
    ["a comma", "a,b\ta", "an object without a comma, encoded or not", "a,b"],
    ["a climb", "a/../b\ta", "an object without .. elements", "a/../b"],
    ["a control character", "a\0b\ta", "an object without control characters", "a\0b"],
    ["too many characters", `${"a".repeat(2049)}\ta`, "an object of at most 2048 characters", `${"a".repeat(100)}…`],
    ["a question mark", "a?b\ta", "an object without a question mark, encoded or not", "a?b"],
  ])("an id with %s cannot be asked for: there is no such record", (_, record, wanted, got) => {
    const data = readImageData(catalogFile(`Id\tPath\n${record}\nboot\tb\n`));
    expect(data.problems).toMatchObject([{ line: 2, column: 1, about: "Id", wanted, got, weight: "entry" }]);
    expect(data.records.size).toBe(1);
    expect(data.records.find(got)).toBeUndefined();
  });

  test("a file that cannot be used has no records, and says why at the place", () => {
    const data = readImageData(catalogFile('Id\tPath\nboot\ta\npump\t"b\n'));
    expect(data).toMatchObject({ bytes: 0, records: { size: 0 } });
    expect(data.records.find("boot")).toBeUndefined();
    expect(told(data)).toEqual([
      'file acme/images.txt:3:6: quotes: wants a field that is closed by another quote, got "the end of the file"',
    ]);
  });

  test("bytes that are not UTF-8 in a file that says it is", () => {
    const bytes = Uint8Array.of(...encoded("Id\tModifier\nboot\ttext=", "utf-8"), 0xe9, 0x0a, 0x70);
    const data = readImageData(catalogFile(bytes));
    expect(told(data)).toEqual(['entry acme/images.txt:2:6: Modifier: wants text in UTF-8, got "text=\ufffd"']);
    expect(data.records.find("boot")?.problems).toEqual(data.problems);
    expect(data.records.find("p")?.problems).toEqual([]);
  });
});

test("it holds the file's bytes, and an index of less than 40 bytes a record", () => {
  const bytes = encoded(`Id\n${Array.from({ length: 10_000 }, (_, at) => `shoe-${at}`).join("\n")}`, "utf-8");
  const data = readImageData(catalogFile(bytes));
  expect(data.bytes).toBeGreaterThan(bytes.length);
  expect(data.bytes - bytes.length).toBeLessThan(40 * 10_000);
});
