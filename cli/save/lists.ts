import { parse } from "csv-parse/sync";

/** A line of a list: a URL, and the name it is to be saved by, where the list has names. */
export interface ListRow {
  /** From 1. */
  readonly line: number;
  readonly url: string;
  readonly name?: string;
}

/** What is wrong with a line. */
export interface LineProblem {
  readonly line: number;
  readonly says: string;
}

export interface List {
  readonly rows: readonly ListRow[];
  readonly problems: readonly LineProblem[];
}

const DELIMITERS = [",", ";", "\t"] as const;

/**
 * Reads a list: one URL a line, where blank lines and those that begin with `#` are passed over; or CSV, known by a first line
 * that names a column `url`, beside which `name` may stand. Other columns are left alone.
 *
 * @param isCsv whether it is called one: then the first line must name its columns. URLs are full of commas, and a line of two
 * fields is a line of one URL just as well
 */
export function readList(text: string, isCsv = false): List {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => !isPassedOver(line));
  const header = lines[first] ?? "";
  if (unquoted(header).toLowerCase() === "url") return { rows: rowsOf(lines, first + 1), problems: [] };
  const delimiter = DELIMITERS.find((each) => columnsOf(header.split(each)).includes("url"));
  if (delimiter !== undefined) return readCsv(lines, first, delimiter);
  if (!isCsv || first === -1) return { rows: rowsOf(lines, 0), problems: [] };
  const says = "the first line of a CSV names its columns: url, and name where there are names";
  return { rows: [], problems: [{ line: first + 1, says }] };
}

function isPassedOver(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}

function rowsOf(lines: readonly string[], from: number): readonly ListRow[] {
  return lines.flatMap((line, at) => (at < from || isPassedOver(line) ? [] : [{ line: at + 1, url: unquoted(line) }]));
}

/** A field that stands alone on its line, out of its quotes. */
function unquoted(line: string): string {
  const text = line.trim();
  return /^".*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text;
}

function columnsOf(fields: readonly string[]): readonly string[] {
  return fields.map((field) => unquoted(field).toLowerCase());
}

interface ParsedRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function readCsv(lines: readonly string[], first: number, delimiter: string): List {
  let parsed: readonly ParsedRow[];
  try {
    parsed = parse(lines.join("\n"), {
      columns: (fields: readonly string[]) => [...columnsOf(fields)],
      ...{ delimiter, comment: "#", comment_no_infix: true, trim: true, info: true },
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as readonly ParsedRow[];
  } catch (thrown) {
    const { lines: line = first + 1, message } = thrown as Error & { readonly lines?: number };
    // Most often it is a comma in a URL that stands in no quotes.
    return {
      rows: [],
      problems: [{ line, says: `${message} (a URL with ${JSON.stringify(delimiter)} in it wants quotes)` }],
    };
  }
  const rows: ListRow[] = [];
  const problems: LineProblem[] = [];
  for (const { record, info } of parsed) {
    const { url = "", name = "" } = record;
    if (url === "") problems.push({ line: info.lines, says: "there is no url" });
    else rows.push({ line: info.lines, url, ...(name === "" ? {} : { name }) });
  }
  return { rows, problems };
}
