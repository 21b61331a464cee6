import { object } from "../../protocol/grammar/source.ts";
import { isWrong } from "../../protocol/problem.ts";
import { problemList } from "../files/problem-list.ts";
import { TabScanner } from "../files/tab-scanner.ts";
import { fieldText, type OpenTable, readRow, textOf } from "../files/tab-table.ts";
import type { CatalogFile } from "../read-catalogs.ts";
import type { CatalogRecord } from "../record.ts";
import { ID, type RecordColumn, readField } from "./columns.ts";
import type { RecordFields } from "./fields.ts";

/** An id as they are compared: objects are in NFC as well (grammar/source.ts). */
export function comparedId(id: string): string {
  return id.normalize("NFC");
}

/** What an id should be that no request can ask for; undefined of one that can be asked for. */
export function idWanted(id: string): string | undefined {
  const result = object.read(id);
  return isWrong(result) ? result.wanted : undefined;
}

/** The id whose field begins here. */
export function idAt(bytes: Uint8Array, start: number, utf8: boolean): string {
  const scanner = new TabScanner(bytes, start);
  scanner.nextRecord();
  scanner.nextField();
  return comparedId(fieldText(scanner, utf8) ?? "");
}

/** The record that begins here, of a table whose structure has been looked at. */
export function readRecord(
  { path, bytes }: CatalogFile,
  { utf8, columns }: Pick<OpenTable<RecordColumn>, "utf8" | "columns">,
  start: number,
  line: number,
): CatalogRecord {
  const problems = problemList(path, bytes, utf8);
  const scanner = new TabScanner(bytes, start, line);
  const fields: Record<string, unknown> = {};
  let id = "";
  scanner.nextRecord();
  const table = { scanner, utf8, columns, problems };
  readRow(table, (column) => {
    if (column === ID) {
      id = comparedId(textOf(table, ID.name) ?? "");
      return;
    }
    const value = readField(table, column);
    if (value !== undefined) fields[column.name] = value;
  });
  const refusing = problems.all().filter(({ weight }) => weight === "entry");
  return { id, fields: fields as RecordFields, problems: refusing, file: path, line };
}
