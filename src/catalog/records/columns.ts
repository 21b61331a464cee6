import { isWrong } from "../../protocol/problem.ts";
import { LONGEST_PATH } from "../files/path-text.ts";
import { columnName, type OpenTable, textOf } from "../files/tab-table.ts";
import { RECORD_FIELDS, type RecordFieldRow } from "./fields.ts";

/** What a column of image data means: a field, or without a row the id. */
export interface RecordColumn {
  readonly name: string;
  readonly row: RecordFieldRow | undefined;
}

export const ID: RecordColumn = { name: "Id", row: undefined };

const COLUMNS: readonly RecordColumn[] = [
  ID,
  ...Object.entries<RecordFieldRow>(RECORD_FIELDS).map(([name, row]) => ({ name, row })),
];

/** By their names in lower case. */
export const RECORD_COLUMNS: ReadonlyMap<string, RecordColumn> = new Map(
  COLUMNS.map((column) => [columnName(column.name), column]),
);

/**
 * The value of the field that was read last; undefined where it is absent: malformed, or what means the attribute's.
 *
 * A malformed one is a problem of weight `entry`, and its record is not used: nobody gets a picture that is not meant. Where no picture
 * can depend on it, it is a note.
 */
export function readField(table: OpenTable<RecordColumn>, { name, row }: RecordColumn): unknown {
  const text = row === undefined ? undefined : textOf(table, name);
  if (row === undefined || text === undefined) return undefined;
  const value = row.grammar.read(text);
  if (!isWrong(value)) return value === row.asAttribute ? undefined : value;
  const isHarmless = row.state === "kept" || row.malformed === "absent";
  table.problems.add(isHarmless ? "note" : "entry", table.scanner.place, name, value.wanted, value.got);
  return undefined;
}

/** The same where only its problems are asked for: most texts are seen to have none without being made. */
export function checkField(table: OpenTable<RecordColumn>, column: RecordColumn): void {
  const { scanner } = table;
  const isShort = scanner.end - scanner.start <= LONGEST_PATH;
  if (!column.row?.takesPlain || !isShort || !scanner.isPlain()) readField(table, column);
}
