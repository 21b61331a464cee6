import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decoded, isUtf8, MARK_LENGTH } from "../../src/catalog/files/encoding.ts";
import { problemList } from "../../src/catalog/files/problem-list.ts";
import { TabScanner } from "../../src/catalog/files/tab-scanner.ts";
import { fieldText } from "../../src/catalog/files/tab-table.ts";
import { type ReadField, type ReadTable, tabTable } from "../oracle/tab-table.ts";
import { encoded } from "../support/table-writing.ts";

const SEED = Number(process.env.TABLES_SEED ?? 20_261_123);
const RUNS = Number(process.env.TABLES_RUNS ?? 3000);

/** What the scanner makes of the same bytes. */
function scanned(bytes: Uint8Array): ReadTable {
  const utf8 = isUtf8(bytes);
  const scanner = new TabScanner(bytes, utf8 ? MARK_LENGTH : 0);
  const { columnOf } = problemList("", bytes, utf8);
  const records: ReadField[][] = [];
  while (scanner.nextRecord()) {
    const record: ReadField[] = [];
    while (scanner.nextField()) {
      const place = { line: scanner.place.line, column: columnOf(scanner.place) };
      if (scanner.trouble !== undefined) return { records, trouble: { kind: scanner.trouble, ...place } };
      record.push({ text: fieldText(scanner, utf8) ?? "", quoted: scanner.quoted, ...place });
    }
    records.push(record);
  }
  return { records };
}

/** Mostly what means something in a table. */
const units = (others: readonly string[]) =>
  fc.constantFrom(...'\t\t\t\r\n\n"""', "\t", "\r\n", "\n", '"', '""', '\t"', '"\t', ..."abI, ", ...others);
const tables = (others: readonly string[]) => fc.array(units(others), { maxLength: 60 }).map((parts) => parts.join(""));

describe("the scanner reads as its slow twin does", () => {
  test("tables in ISO-8859-1", () => {
    fc.assert(
      fc.property(tables(["\0", "\x80", "\xe9", "\xff"]), (text) => {
        expect(scanned(encoded(text, "iso-8859-1"))).toEqual(tabTable(text));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test("tables in UTF-8, whose columns count UTF-16 code units and not bytes", () => {
    fc.assert(
      fc.property(tables(["\0", "é", "€", "😀", "\ufeff", "\u0301"]), (text) => {
        expect(scanned(encoded(text, "utf-8"))).toEqual(tabTable(text));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test("bytes at random", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        fc.pre(!isUtf8(bytes));
        expect(scanned(bytes)).toEqual(tabTable(decoded(bytes, false)));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

describe("protocol.md 6.4, sentence by sentence", () => {
  const texts = (text: string) =>
    scanned(encoded(text, "utf-8")).records.map((record) => record.map((one) => one.text));

  test.each([
    [
      "one TAB between fields",
      "Id\tPath\nshoe\tshoe.tif",
      [
        ["Id", "Path"],
        ["shoe", "shoe.tif"],
      ],
    ],
    ["records end with CR", "Id\rshoe\rboot", [["Id"], ["shoe"], ["boot"]]],
    ["records end with LF", "Id\nshoe\nboot\n", [["Id"], ["shoe"], ["boot"]]],
    ["records end with CR LF", "Id\r\nshoe\r\nboot\r\n", [["Id"], ["shoe"], ["boot"]]],
    [
      "spaces are data",
      "Id\tPath\n shoe \t a b ",
      [
        ["Id", "Path"],
        [" shoe ", " a b "],
      ],
    ],
    ["two adjacent TABs are an empty field", "a\t\tb", [["a", "", "b"]]],
    ["a TAB at the end is followed by an empty field", "a\t", [["a", ""]]],
    ["fields may be wrapped in quotes", '"a"\t"b c"', [["a", "b c"]]],
    ["only then they hold CR, LF and TAB", '"a\tb"\t"c\r\nd\re\nf"', [["a\tb", "c\r\nd\re\nf"]]],
    ["a quote within them is doubled", '"5"" pipe"\t""""\t""', [['5" pipe', '"', ""]]],
    ["elsewhere a quote is a character", 'a"b\t5" pipe', [['a"b', '5" pipe']]],
    ["empty lines are no records", "\n\r\nId\n\n\n\rshoe\n\n", [["Id"], ["shoe"]]],
    ["lines of nothing but TABs are none either", "\t\r\nId\n\t\t\nshoe\t\n\t", [["Id"], ["shoe", ""]]],
    ["an apostrophe quotes nothing", "'a\tb'", [["'a", "b'"]]],
  ])("%s", (_, text, records) => {
    expect(texts(text)).toEqual(records);
  });
});
