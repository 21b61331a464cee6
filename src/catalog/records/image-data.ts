import type { FileProblem } from "../file-problem.ts";
import { LONGEST_PATH } from "../files/path-text.ts";
import type { ProblemList } from "../files/problem-list.ts";
import type { BytePlace } from "../files/tab-scanner.ts";
import { type OpenTable, openTable, readRow, textOf } from "../files/tab-table.ts";
import type { CatalogFile } from "../read-catalogs.ts";
import type { CatalogRecord, CatalogRecords } from "../record.ts";
import { checkField, ID, RECORD_COLUMNS, type RecordColumn } from "./columns.ts";
import { IdIndex } from "./id-index.ts";
import { comparedId, idAt, idWanted, readRecord } from "./image-record.ts";
import { RowPlaces } from "./row-places.ts";

/** A file of image data, held as its bytes and an index of its ids: a record is read when it is asked for. */
export interface ImageData {
  readonly records: CatalogRecords;
  /** Bytes that it holds. */
  readonly bytes: number;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads a file of image data. Every field is looked at, so that `problems` has what is wrong with it; where one of them is of weight
 * `file` there are no records. The bytes of the file must not change from here on.
 *
 * Ids are compared in NFC. One that no request can ask for has no record. Source: protocol.md 6.4.
 */
export function readImageData(file: CatalogFile, mostTold?: number): ImageData {
  const table = openTable(file, RECORD_COLUMNS, ID.name, mostTold);
  if (table.columns === undefined) return withoutRecords(table.problems);
  const places = new RowPlaces();
  const index = new IdIndex((row) => idAt(file.bytes, places.idStart(row), table.utf8));
  indexRecords(table, index, places);
  if (table.problems.count("file") > 0) return withoutRecords(table.problems);

  const { utf8, columns } = table;
  const read = (row: number) => readRecord(file, { utf8, columns }, places.start(row), places.line(row));
  return {
    records: {
      size: index.size,
      find(id) {
        // Before it is normalised: no longer one has a record.
        const row = id.length > LONGEST_PATH ? undefined : index.find(comparedId(id));
        return row === undefined ? undefined : read(row);
      },
      *all() {
        for (let row = 0; row < index.size; row++) yield read(row);
      },
    },
    bytes: file.bytes.byteLength + index.bytes + places.bytes,
    problems: table.problems.all(),
  };
}

function withoutRecords(problems: ProblemList): ImageData {
  return { records: { size: 0, find: () => undefined, all: () => [] }, bytes: 0, problems: problems.all() };
}

function indexRecords(table: OpenTable<RecordColumn>, index: IdIndex, places: RowPlaces): void {
  const { scanner, problems } = table;
  let id: string | undefined;
  let place: BytePlace | undefined;
  const take = (column: RecordColumn) => {
    if (column !== ID) return checkField(table, column);
    place = scanner.place;
    id = textOf(table, ID.name);
  };
  while (scanner.nextRecord()) {
    const { at: start, line } = scanner;
    [id, place] = [undefined, undefined];
    if (!readRow(table, take)) return;
    if (place === undefined) problems.add("entry", { at: start, line, lineStart: start }, ID.name, "an id", "");
    else if (id !== undefined) indexRecord(table, index, places, { id, place, start, line });
  }
}

function indexRecord(
  { problems }: OpenTable<RecordColumn>,
  index: IdIndex,
  places: RowPlaces,
  { id, place, start, line }: { id: string; place: BytePlace; start: number; line: number },
): void {
  const wanted = idWanted(id);
  if (wanted !== undefined) {
    problems.add("entry", place, ID.name, wanted, id);
    return;
  }
  const before = index.add(comparedId(id));
  places.set(before ?? index.size - 1, { start, idStart: place.at, line });
  if (before !== undefined)
    problems.add("note", place, ID.name, "an id that no other record has: the last one counts", id);
}

/** The records of several files in their order: of one id the last. Source: protocol.md 6.1. */
export function recordsOf(data: readonly ImageData[]): CatalogRecords {
  const files = data.map(({ records }) => records);
  const [only] = files;
  if (only !== undefined && files.length === 1) return only;
  const lastFirst = files.toReversed();
  let size: number | undefined;
  return {
    // Counted when somebody asks for it: no request does, and most catalogs have one file.
    get size() {
      size ??= countOf(lastOfEach(files));
      return size;
    },
    find(id) {
      for (const file of lastFirst) {
        const record = file.find(id);
        if (record !== undefined) return record;
      }
      return undefined;
    },
    all: () => lastOfEach(files),
  };
}

function countOf(records: Iterable<CatalogRecord>): number {
  const iterator = records[Symbol.iterator]();
  let count = 0;
  while (iterator.next().done !== true) count++;
  return count;
}

function* lastOfEach(files: readonly CatalogRecords[]): Iterable<CatalogRecord> {
  for (const [at, file] of files.entries()) {
    const later = files.slice(at + 1);
    for (const record of file.all()) if (!later.some((one) => one.find(record.id) !== undefined)) yield record;
  }
}
