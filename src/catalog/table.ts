import type { FileProblem } from "./file-problem.ts";
import type { CatalogFile } from "./read-catalogs.ts";

/** A record of a data file: the texts of its fields, unquoted. */
export interface TableRow {
  /** From 1. */
  readonly line: number;
  /** By the names of the header in lower case; empty fields are absent. */
  readonly texts: ReadonlyMap<string, string>;
  /** Column of a field, from 1, and its line: a quoted field before it may have several. */
  placeOf(field: string): { readonly line: number; readonly column: number };
}

export interface Table {
  readonly rows: Iterable<TableRow>;
  readonly problems: readonly FileProblem[];
}

/** A small table, of macros and the like. SEAM: signature only. Source: protocol.md 6.4. */
export function readTable(_file: CatalogFile, _key: string, _fields: readonly string[]): Table {
  throw new Error("SEAM");
}
