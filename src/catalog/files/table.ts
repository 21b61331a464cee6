import type { FileProblem } from "../file-problem.ts";
import type { CatalogFile } from "../read-catalogs.ts";
import type { BytePlace } from "./tab-scanner.ts";
import { columnName, openTable, readRow, textOf } from "./tab-table.ts";

/** A record of a data file: the texts of its fields, unquoted. */
export interface TableRow {
  /** From 1. */
  readonly line: number;
  /** By the names of the header in lower case; empty fields are absent. */
  readonly texts: ReadonlyMap<string, string>;
  /** Column of a field, from 1, and its line: a quoted field before it may have several. That of the record where it is absent. */
  placeOf(field: string): { readonly line: number; readonly column: number };
}

export interface Table {
  readonly rows: Iterable<TableRow>;
  readonly problems: readonly FileProblem[];
}

/**
 * A small table, of macros and the like, held as its texts.
 *
 * Records that something of weight `entry` is wrong with, or that have no key, are left out; where a problem is of weight `file` there are
 * no rows. Records with the same key are all there: what is the same is for the caller to say. Source: protocol.md 6.4.
 *
 * @param key the name of the column that the header must have, and each record a value of
 * @param fields names of columns that are known besides; others are ignored, with a note
 */
export function readTable(file: CatalogFile, key: string, fields: readonly string[], mostTold?: number): Table {
  const known = new Map([key, ...fields].map((name) => [columnName(name), { name }]));
  const table = openTable(file, known, key, mostTold);
  if (table.columns === undefined) return { rows: [], problems: table.problems.all() };
  const { scanner, problems } = table;
  const rows: TableRow[] = [];
  while (scanner.nextRecord()) {
    const begin = scanner.here;
    const texts = new Map<string, string>();
    const places = new Map<string, BytePlace>();
    const before = problems.count("entry");
    const goesOn = readRow(table, ({ name }) => {
      const text = textOf(table, name);
      if (text === undefined) return;
      texts.set(columnName(name), text);
      places.set(columnName(name), scanner.place);
    });
    if (!goesOn) return { rows: [], problems: problems.all() };
    if (problems.count("entry") > before) continue;
    if (!texts.has(columnName(key))) {
      problems.add("entry", begin, key, "a text", "");
      continue;
    }
    const placeOf = (field: string) => {
      const place = places.get(columnName(field)) ?? begin;
      return { line: place.line, column: problems.columnOf(place) };
    };
    rows.push({ line: begin.line, texts, placeOf });
  }
  return { rows, problems: problems.all() };
}
