import type { CatalogFile } from "../read-catalogs.ts";
import { decoded, decodedStrictly, isUtf8, latin1, MARK_LENGTH, wideEncoding } from "./encoding.ts";
import { type ProblemList, problemList } from "./problem-list.ts";
import { BYTE_KIND, type BytePlace, TabScanner } from "./tab-scanner.ts";

/** Bytes of a name or value that are looked at for a message. */
const SHOWN_BYTES = 400;
const NAME = /^[A-Za-z0-9_-]+$/;
/** What stands for a file as a whole. */
const BEGIN: BytePlace = { at: 0, line: 1, lineStart: 0 };

/** A tab table whose header has been read: the scanner stands at its first record. */
export interface OpenTable<Field> {
  readonly scanner: TabScanner;
  readonly utf8: boolean;
  /** What the columns mean, in their order; undefined where one is ignored. */
  readonly columns: readonly (Field | undefined)[];
  readonly problems: ProblemList;
}

/** A name as headers are compared: ASCII letters in lower case. */
export function columnName(name: string): string {
  return name.toLowerCase();
}

/**
 * Begins to read a tab table: looks at its encoding and its header.
 *
 * @param known what columns mean by their names in lower case; others are ignored, with a note
 * @param key the name of the column that must be there
 * @returns the table, and undefined as its `columns` where nothing of it can be read: then `problems` has one of weight `file`
 * Source: protocol.md 6.4.
 */
export function openTable<Field>(
  { path, bytes }: CatalogFile,
  known: ReadonlyMap<string, Field>,
  key: string,
  mostTold?: number,
): OpenTable<Field> | { readonly columns: undefined; readonly problems: ProblemList } {
  const utf8 = isUtf8(bytes);
  const problems = problemList(path, bytes, utf8, mostTold);
  const scanner = new TabScanner(bytes, utf8 ? MARK_LENGTH : 0);
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    problems.add("file", BEGIN, "encoding", "UTF-8 with a byte order mark, or ISO-8859-1", wide);
  } else if (!scanner.nextRecord()) {
    problems.add("file", BEGIN, "header", "a record with the names of the columns", "");
  } else {
    const columns = readHeader(scanner, utf8, known, key, problems);
    if (columns !== undefined) return { scanner, utf8, columns, problems };
  }
  return { columns: undefined, problems };
}

function readHeader<Field>(
  scanner: TabScanner,
  utf8: boolean,
  known: ReadonlyMap<string, Field>,
  key: string,
  problems: ProblemList,
): readonly (Field | undefined)[] | undefined {
  const begin = scanner.here;
  const columns: (Field | undefined)[] = [];
  const names = new Set<string>();
  while (scanner.nextField()) {
    if (reportsTrouble(scanner, problems)) return undefined;
    const name = fieldText(scanner, utf8) ?? beginOf(scanner, utf8);
    // Even where two are called the same: who cannot be meant cannot be mistaken.
    if (name.startsWith(".")) {
      columns.push(undefined);
      continue;
    }
    const compared = columnName(name);
    const field = known.get(compared);
    const wanted = nameWanted(name, names.has(compared));
    if (wanted !== undefined) problems.add("file", scanner.place, "header", wanted, name);
    else if (field === undefined) problems.add("note", scanner.place, "header", "a column that is known", name);
    names.add(compared);
    columns.push(field);
  }
  if (!names.has(columnName(key))) problems.add("file", begin, "header", `a column ${key}`, "");
  return problems.count("file") > 0 ? undefined : columns;
}

function nameWanted(name: string, isRepeated: boolean): string | undefined {
  if (!NAME.test(name)) return "the name of a column, of letters, digits, - and _";
  return isRepeated ? "columns of different names" : undefined;
}

/**
 * Reads the record at which the scanner stands, to its end, and calls `take` for each of its fields that is known and not empty: the scanner
 * stands behind it then, so that `textOf` gives its text, and `scanner.place` is where it begins.
 *
 * @returns false where nothing behind it can be read either: a quote is not closed as it should be. A record with something behind the
 * last column of the header is a problem of weight `entry`; empty fields there, of a TAB too many, are none.
 */
export function readRow<Field>(
  { scanner, utf8, columns, problems }: OpenTable<Field>,
  take: (field: Field) => void,
): boolean {
  let column = 0;
  let isTooLong = false;
  while (scanner.nextField()) {
    if (reportsTrouble(scanner, problems)) return false;
    const field = columns[column];
    const isBehind = column >= columns.length;
    column++;
    if (scanner.start === scanner.end) continue;
    if (field !== undefined) take(field);
    if (!isBehind || isTooLong) continue;
    isTooLong = true;
    const wanted = `a record with at most ${columns.length} fields, as the header has`;
    problems.add("entry", scanner.place, "record", wanted, beginOf(scanner, utf8));
  }
  return true;
}

/** The text of the field that was read last; undefined where its bytes are none, which is a problem of weight `entry`. */
export function textOf({ scanner, utf8, problems }: OpenTable<unknown>, name: string): string | undefined {
  const text = fieldText(scanner, utf8);
  if (text === undefined) problems.add("entry", scanner.place, name, "text in UTF-8", beginOf(scanner, utf8));
  return text;
}

/**
 * A quote that is not closed as it should be may have swallowed any number of records, or lost what they say: the rest of the file
 * cannot be trusted.
 */
function reportsTrouble(scanner: TabScanner, problems: ProblemList): boolean {
  if (scanner.trouble === undefined) return false;
  const { place, bytes } = scanner;
  if (scanner.trouble === "unclosed") {
    problems.add("file", place, "quotes", "a field that is closed by another quote", "the end of the file");
  } else {
    const wanted = "a TAB or the end of the record behind the quote that closes a field; quotes within it doubled";
    problems.add("file", place, "quotes", wanted, latin1(bytes.subarray(place.at, place.at + 1)));
  }
  return true;
}

/** The text of the field that was read last, unquoted; undefined where it should be UTF-8 and is not. */
export function fieldText({ bytes, start, end, kinds, quoted }: TabScanner, utf8: boolean): string | undefined {
  const part = bytes.subarray(start, end);
  const text = utf8 && kinds & BYTE_KIND.high ? decodedStrictly(part) : latin1(part);
  return quoted && kinds & BYTE_KIND.quote ? text?.replaceAll('""', '"') : text;
}

function beginOf({ bytes, start, end }: TabScanner, utf8: boolean): string {
  return decoded(bytes.subarray(start, Math.min(end, start + SHOWN_BYTES)), utf8);
}
