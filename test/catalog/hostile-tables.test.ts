import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/catalog/files/table.ts";
import { RECORD_FIELDS } from "../../src/catalog/records/fields.ts";
import { readImageData } from "../../src/catalog/records/image-data.ts";
import { catalogFile } from "../support/catalog-file.ts";
import { encoded } from "../support/table-writing.ts";

const SEED = Number(process.env.TABLES_SEED ?? 20_261_123);
const LONG = 10_000_000;

/** The weights of what is wrong, each once; and that problems hold nothing of the size of the file. */
function weightsOf(content: string | Uint8Array): readonly string[] {
  const { problems } = readImageData(catalogFile(content));
  for (const { got } of problems) expect(got.length).toBeLessThan(200);
  expect(problems.length).toBeLessThanOrEqual(303);
  return [...new Set(problems.map(({ weight }) => weight))];
}

const bytesOf = (...numbers: number[]) => Uint8Array.from(numbers);
const utf16 = (text: string) => new Uint8Array(Uint16Array.from(text, (one) => one.charCodeAt(0)).buffer);

describe("files that nobody wrote in good faith are problems", () => {
  test.each([
    ["nothing", bytesOf()],
    ["a byte order mark alone", bytesOf(0xef, 0xbb, 0xbf)],
    ["nothing but line ends", "\n".repeat(1000)],
    ["nothing but TABs", "\t".repeat(1_000_000)],
    ["nothing but NULs", new Uint8Array(1000)],
    ["a lone quote", '"'],
    ["quotes alone", '"'.repeat(1_000_001)],
    ["a header of a million names that are all the same", `Id${"\tId".repeat(1_000_000)}`],
    ["a header of 10 MB", "a".repeat(LONG)],
    ["a quote that is closed nowhere in 10 MB", `Id\tPath\nboot\t"${"a\n".repeat(LONG / 2)}`],
    ["UTF-16 with a mark", utf16("\ufeffId\tPath\nboot\ta")],
    ["UTF-16 without one", utf16("Id\tPath\nboot\ta")],
  ])("%s", (_, content) => {
    expect(weightsOf(content)).toContain("file");
  });

  test("UTF-16 is called by its name", () => {
    expect(readImageData(catalogFile(utf16("\ufeffId\tPath"))).problems).toEqual([
      {
        ...{ file: "acme/images.txt", line: 1, column: 1, about: "encoding", weight: "file" },
        ...{ wanted: "UTF-8 with a byte order mark, or ISO-8859-1", got: "UTF-16, little endian" },
      },
    ]);
  });

  test.each([
    ["a record of a million fields", `Id\tPath\nboot${"\ta".repeat(1_000_000)}`],
    ["an id of 10 MB", `Id\tPath\n${"a".repeat(LONG)}\tb\n`],
    ["a path of 10 MB", `Id\tPath\nboot\t${"a".repeat(LONG)}\n`],
    ["a path of 4 MB of accents", `Id\tMaskPath\nboot\ta${"\u0316\u0301".repeat(1_000_000)}\n`],
    ["a million records without an id", `Id\tPath\n${"\ta\n".repeat(1_000_000)}`],
    ["NULs in a path and in an id", "Id\tPath\nboot\ta\0b\npu\0mp\tb\n"],
    ["10 MB of digits for an anchor", `Id\tAnchor\nboot\t${"1".repeat(LONG)}`],
    ["10 MB of commas for an anchor", `Id\tAnchor\nboot\t${",".repeat(LONG)}`],
    ["10 MB of dots for a path", `Id\tPath\nboot\t${"../".repeat(LONG / 3)}`],
  ])("%s: entries", (_, content) => {
    expect(weightsOf(content)).toEqual(["entry"]);
  });

  test("a million records of one id are one, and a note", () => {
    const content = `Id\n${"boot\n".repeat(1_000_000)}`;
    expect(weightsOf(content)).toEqual(["note"]);
    expect(readImageData(catalogFile(content)).records).toMatchObject({ size: 1 });
  });

  test("a value of 10 MB is a value, but no Id", () => {
    const long = "a".repeat(LONG);
    const { records, problems } = readImageData(catalogFile(`Id\tModifier\nboot\t${long}\n${long}\tb\n`));
    expect(problems).toMatchObject([{ about: "Id", line: 3, weight: "entry" }]);
    expect(records.find("boot")?.fields.Modifier).toHaveLength(LONG);
    expect(records.find(long)).toBeUndefined();
  });
});

describe("every field takes or refuses 10 MB of whatever it is", () => {
  const UNITS = [
    "1",
    ",",
    "(",
    "{",
    "<area ",
    "<area>",
    '"',
    "??",
    "Target.1.rect=",
    "\r\n",
    " ",
    "-",
    "../",
    "0.",
    "e",
    "\0",
  ];
  test.each(Object.entries(RECORD_FIELDS))("%s", (_, { grammar }) => {
    for (const unit of UNITS) {
      const text = unit.repeat(LONG / 10 / unit.length);
      expect(() => grammar.read(text)).not.toThrow();
    }
    expect(() => grammar.read("1".repeat(LONG))).not.toThrow();
  });
});

describe("whatever the bytes are, reading them ends in records and problems", () => {
  const HEADER = "Id\tPath\tAnchor\tModifier\tTimeStamp\tMap\tTargets\tImageSet\n";
  const unit = fc.constantFrom(
    ...'\t\t\t\t\n\n""',
    "\r\n",
    "a",
    "1",
    "1,2",
    "{",
    "é",
    "\0",
    "\ufeff",
    "../",
    "<area>",
    "??",
  );

  test.each([
    ["in UTF-8", "utf-8" as const],
    ["in ISO-8859-1", "iso-8859-1" as const],
  ])("tables %s", (_, encoding) => {
    const texts = fc.array(encoding === "utf-8" ? unit : unit.filter((one) => one < "\u0100"), { maxLength: 80 });
    fc.assert(
      fc.property(texts, (units) => {
        const file = catalogFile(encoded(HEADER + units.join(""), encoding));
        const { records, problems } = readImageData(file);
        const all = [...records.all()];
        expect(all).toHaveLength(records.size);
        for (const record of all) {
          expect(records.find(record.id)).toEqual(record);
          // What refuses a record was told when the file was read.
          for (const problem of record.problems) expect(problems).toContainEqual(problem);
        }
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  test("bytes at random, with a mark and without", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, marked) => {
        const file = catalogFile(marked ? Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes) : bytes);
        const { records, problems } = readImageData(file);
        if (records.size === 0) expect(problems).not.toEqual([]);
        expect(() => readTable(file, "Name", ["Definition"])).not.toThrow();
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
