import fc from "fast-check";
import { expect, test } from "vitest";
import { readTable } from "../../src/catalog/files/table.ts";
import { catalogFile } from "../support/catalog-file.ts";
import { writtenTable } from "../support/table-writing.ts";

const SEED = Number(process.env.TABLES_SEED ?? 20_261_123);
const TABLES = Number(process.env.TABLES ?? 10_000);

/** What means something to the reader, and what takes several bytes, beside what does not. */
const LATIN = [
  ...'\t\t\r\n"""\', .=&%$',
  "\r\n",
  "a",
  "Z",
  "0",
  "\0",
  "\x7f",
  "\x80",
  "\x9f",
  "\u00a0",
  "\u00e9",
  "\u00ff",
];
const BEYOND = ["\u20ac", "\u4e2d", "\u{1f600}", "\u0301", "\ufeff", "\u2028"];

const NAMES = ["Id", "Path", "Modifier", "constructor", "__proto__", "x-1", "Y_2"];

const tables = fc
  .record({
    encoding: fc.constantFrom("utf-8" as const, "iso-8859-1" as const),
    lineEnd: fc.constantFrom("\r" as const, "\n" as const, "\r\n" as const),
    endsLine: fc.boolean(),
    quoting: fc.nat(2),
    columns: fc.shuffledSubarray(NAMES.slice(1)),
    keyAt: fc.nat(NAMES.length),
    ignored: fc.boolean(),
  })
  .chain((style) => {
    const unit = fc.constantFrom(...LATIN, ...(style.encoding === "utf-8" ? BEYOND : []));
    const text = fc.array(unit, { maxLength: 8 }).map((units) => units.join(""));
    const record = fc.record({
      key: text.map((rest) => `k${rest}`),
      others: fc.array(text, { maxLength: style.columns.length }),
    });
    return fc.record({ style: fc.constant(style), records: fc.array(record, { maxLength: 6 }) });
  });

test(`${TABLES} generated tables come back as they were written`, () => {
  fc.assert(
    fc.property(tables, ({ style, records }) => {
      const names = style.columns.toSpliced(style.keyAt, 0, "Id");
      const header = style.ignored ? [".ignored one", ...names] : names;
      const rows = records.map(({ key, others }) => {
        const fields = [...others, ...names.slice(others.length + 1).map(() => "")].toSpliced(style.keyAt, 0, key);
        return style.ignored ? ['\u00e9\t"', ...fields] : fields;
      });
      const quotes = (value: string) => value.length % 3 === style.quoting;
      const bytes = writtenTable([header, ...rows], { ...style, quotes });
      const table = readTable(catalogFile(bytes), "Id", NAMES.slice(1));
      expect(table.problems).toEqual([]);
      const expected = rows.map((row) =>
        header.flatMap((name, at) => (name.startsWith(".") || row[at] === "" ? [] : [[name.toLowerCase(), row[at]]])),
      );
      expect([...table.rows].map(({ texts }) => [...texts])).toEqual(expected);
    }),
    { seed: SEED, numRuns: TABLES },
  );
});
