import { describe, expect, test } from "vitest";
import { describeFileProblem } from "../../src/catalog/file-problem.ts";
import { readAttributeFile } from "../../src/catalog/files/attribute-file.ts";
import { decoded } from "../../src/catalog/files/encoding.ts";
import { textOf } from "../../src/catalog/files/text.ts";
import { fileOf } from "../support/catalog-writing.ts";
import { encoded } from "../support/table-writing.ts";

const read = (content: string | Uint8Array) => readAttributeFile(fileOf("default.ini", content));
const told = (content: string | Uint8Array) =>
  read(content).problems.map((problem) => `${problem.weight} ${describeFileProblem(problem)}`);

describe("the syntax of attribute files (protocol.md 6.3)", () => {
  test.each(["\n", "\r", "\r\n"])("lines end with %j", (end) => {
    const text = `SavePath=a${end}${end}# a comment${end}  # another${end}RootPath=b${end}`;
    expect(read(text)).toMatchObject({ values: { SavePath: "a", RootPath: "b" }, problems: [] });
  });

  test.each(["SavePath=a", " SavePath = a ", "\tsavepath\t=\ta\t", "SAVEPATH=a", "sAvEpAtH='a'", 'SavePath = "a"'])(
    "white space between tokens is optional, and names are in any case: %j",
    (text) => {
      expect(read(text)).toMatchObject({ values: { SavePath: "a" }, problems: [] });
    },
  );

  test("white space around commas is no part of values", () => {
    expect(read("DefaultPix = 10 , 20\nBkgColor= 1, 2 ,3").values).toMatchObject({
      DefaultPix: { width: 10, height: 20 },
      BkgColor: [1, 2, 3],
    });
  });

  test.each(["\n", "\r", "\r\n"])("a backslash directly before %j continues a value, with a line feed in it", (end) => {
    const text = `PublishInfo=one\\${end}two\\${end}three${end}SavePath=a`;
    expect(read(text)).toMatchObject({ values: { PublishInfo: "one\ntwo\nthree", SavePath: "a" }, problems: [] });
  });

  test("a folder of Windows with a backslash at its end is no folder: it would have switched saving on", () => {
    const text = "RootPath=acme\\\r\nSavePath=\r\n";
    expect(read(text).values).toEqual({});
    expect(told(text)).toEqual([
      'note default.ini:2:1: RootPath: wants no backslash at the end of the line before: with it this one is a part of the value, got "SavePath="',
      'file default.ini:1:10: RootPath: wants a folder without .. elements, in one line, got "acme\\nSavePath="',
    ]);
  });

  test("a note says where a continued line looks like another attribute, and only there", () => {
    expect(told("PublishInfo=a=b\\\n  savepath = c\\\nd=e")).toEqual([
      expect.stringMatching(/^note default.ini:2:1: PublishInfo: wants no backslash .*, got "savepath="$/),
    ]);
  });

  test("items are placed behind eight megabytes of continued lines", () => {
    const text = `CatalogFile=${" \\\n".repeat(3_000_000)}${"a,".repeat(900)}..`;
    expect(read(text).problems).toMatchObject([{ line: 3_000_001, column: 1801, about: "CatalogFile" }]);
    expect(read(text.replace("..", "b")).named.at(-1)?.place).toEqual({ line: 3_000_001, column: 1801 });
  });

  test("another backslash is itself, also at the end of the file", () => {
    expect(read("PublishInfo=a\\b\\ \nSavePath=a\\").values).toMatchObject({ PublishInfo: "a\\b\\", SavePath: "a\\" });
  });

  test("a comment ends with its line, whatever it ends in", () => {
    expect(read("#RootPath=C:\\images\\\nSavePath=a").values).toEqual({ SavePath: "a" });
  });

  test("an equals sign in a value is its own", () => {
    expect(read("PublishInfo=a=b").values.PublishInfo).toBe("a=b");
  });

  test("of an attribute that is there twice the last one counts, and only that one is read", () => {
    expect(read("MaxPix=x\nMaxPix=1,2").values.MaxPix).toEqual({ width: 1, height: 2 });
    expect(told("MaxPix=x\nmaxpix = 1,2")).toEqual([
      'note default.ini:2:10: MaxPix: wants each attribute once: the last one counts, got "1,2"',
    ]);
    expect(read("SavePath=a\nSavePath=").values.SavePath).toBe("");
  });

  test("unknown names are ignored, with a note", () => {
    expect(told("Sparkle=1\nDefault Pix=1")).toEqual([
      'note default.ini:1:9: Sparkle: wants the name of an attribute, got "Sparkle"',
      'note default.ini:2:13: Default Pix: wants the name of an attribute, got "Default Pix"',
    ]);
  });

  test.each([
    ["[catalog]", "1:1"],
    ["SavePath=a\n\n  nonsense", "3:3"],
    ["SavePath=a\\\nb\nnonsense", "3:1"],
  ])("a line without an equals sign is malformed: %j", (text, place) => {
    expect(told(text)[0]).toMatch(new RegExp(`^file default.ini:${place}: line: wants name=value`));
  });
});

describe("text strings (protocol.md 2.4)", () => {
  test.each([
    ["This month's Special", "This month's Special"],
    ["'This month''s Special'", "This month's Special"],
    ['"This month\'s Special"', "This month's Special"],
    ['"a ""b"" c"', 'a "b" c'],
    ["'a \"b\" c'", 'a "b" c'],
    ["' with spaces '", " with spaces "],
    ["''''", "'"],
    ["'a'''", "a'"],
    ["'a\\\nb'", "a\nb"],
    ["''", undefined],
    ['""', undefined],
  ])("%s", (written, text) => {
    expect(read(`PublishInfo = ${written}`).values.PublishInfo).toBe(text);
    expect(told(`PublishInfo = ${written}`)).toEqual([]);
  });

  test.each(["'", '"open', "'a'b", "'a' b'", "'it's'"])("%s is not closed as it should be", (written) => {
    expect(told(`PublishInfo = ${written}`)[0]).toMatch(/^file default\.ini:1:15: PublishInfo: wants text without quo/);
  });

  test("an empty one in quotation marks is as empty as one without", () => {
    expect(read("SavePath=''\nPublishInfo=''").values).toEqual({ SavePath: "" });
  });

  test("lists have quotation marks around their items", () => {
    const { values } = read('CatalogFile=\'a, b.txt\' , c.txt,"d""e.txt",\\\n f.txt');
    expect(values.CatalogFile).toEqual(["a, b.txt", "c.txt", 'd"e.txt', "f.txt"]);
    expect(told("CatalogFile=a.txt,'b.txt")[0]).toContain(
      "default.ini:1:13: CatalogFile: wants text without quotation",
    );
  });
});

describe("places", () => {
  test("are those of values, lines and columns from 1", () => {
    expect(told("# one\r\n\r\n\tMaxPix\t=  x")[0]).toContain("default.ini:3:12: MaxPix");
    expect(told("MaxPix=\nMaxPix=x")[0]).toContain("default.ini:2:8");
  });

  test("or of the item that is wrong, also behind a continued line", () => {
    expect(told("CatalogFile=a.txt,\\\n  b.txt, ../c.txt")).toEqual([
      'file default.ini:2:10: CatalogFile: wants the path of a file below catalogs/, without .. elements, that does not end in .ini, got "../c.txt"',
    ]);
    expect(told("MaxPix=10,y")[0]).toContain("default.ini:1:11: MaxPix");
  });
});

describe("encodings (protocol.md 6.1)", () => {
  test("a byte order mark is UTF-8, and no part of the first name", () => {
    expect(read(encoded("PublishInfo=é€😀", "utf-8"))).toMatchObject({ values: { PublishInfo: "é€😀" }, problems: [] });
  });

  test("of which only the first mark is none of the text", () => {
    expect(textOf(encoded("\ufeffa", "utf-8"))).toBe("\ufeffa");
    expect(textOf(encoded("", "utf-8"))).toBe("");
  });

  test("without one it is ISO-8859-1, also where it would be UTF-8", () => {
    expect(read(encoded("PublishInfo=é", "iso-8859-1")).values.PublishInfo).toBe("é");
    expect(read("PublishInfo=é").values.PublishInfo).toBe("Ã©");
  });

  test("that is the real one: 0x80 to 0x9f are control characters, as nowhere in windows-1252", () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect([...textOf(all)].map((character) => character.charCodeAt(0))).toEqual([...all]);
    expect(decoded(Uint8Array.of(0x80), false)).toBe("\u0080");
  });

  test.each([
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x52, 0), "UTF-16, little endian"],
    [
      "broken UTF-8",
      Uint8Array.of(0xef, 0xbb, 0xbf, 0x52, 0xe9),
      "bytes that are not UTF-8, behind its byte order mark",
    ],
    [
      "half a surrogate pair",
      Uint8Array.of(0xef, 0xbb, 0xbf, 0xed, 0xa0, 0x80),
      "bytes that are not UTF-8, behind its byte order mark",
    ],
  ])("%s is malformed, and named", (_, bytes, got) => {
    expect(told(bytes)).toEqual([
      `file default.ini:1:1: encoding: wants ISO-8859-1, or UTF-8 with a byte order mark, got "${got}"`,
    ]);
  });
});
