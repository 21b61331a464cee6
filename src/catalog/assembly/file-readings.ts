import { MOST_BYTES, MOST_FILES } from "../bounds.ts";
import type { FileProblem } from "../file-problem.ts";
import type { CatalogFile } from "../read-catalogs.ts";

interface Readable {
  readonly problems: readonly FileProblem[];
}

/** What was read of a file. */
export interface FileReading<T> {
  /** Undefined where there is no such file, or it was not read. */
  readonly etag: string | undefined;
  /** What the file says now, usable or not. */
  readonly now: T | undefined;
  /** What it says, or said when it could last be used. */
  readonly good: T | undefined;
  /** Milliseconds since 1970: when what is good was written; 0 where nothing is. */
  readonly written: number;
  readonly problems: readonly FileProblem[];
}

export type FileReadings<T> = ReadonlyMap<string, FileReading<T>>;

/** Files of one kind, each of which is read when it is asked for. */
export interface FileReader<T> {
  of(path: string): FileReading<T>;
  /** Those that were asked for. */
  readonly readings: FileReadings<T>;
}

/** Whether nothing of it can be used. */
export function isUnusable({ problems }: Readable): boolean {
  return problems.some(({ weight }) => weight === "file");
}

/**
 * @param refuse says why a file is not even looked at
 * @param before what was read of the same files before: of the same etag it is not read again
 */
export function fileReader<T extends Readable>(
  files: ReadonlyMap<string, CatalogFile>,
  read: (file: CatalogFile) => T,
  refuse: (file: CatalogFile) => FileProblem | undefined,
  before: FileReadings<T>,
): FileReader<T> {
  const readings = new Map<string, FileReading<T>>();
  const readingOf = (path: string): FileReading<T> => {
    const file = files.get(path);
    const was = before.get(path);
    const last = { good: was?.good, written: was?.written ?? 0 };
    if (file === undefined) return { etag: undefined, now: undefined, ...last, problems: [] };
    const refused = refuse(file);
    if (refused !== undefined) return { etag: undefined, now: undefined, ...last, problems: [refused] };
    const { etag, written } = file;
    if (was?.etag === etag) return was.good === was.now && was.written !== written ? { ...was, written } : was;
    const now = read(file);
    const good = isUnusable(now) ? last : { good: now, written };
    return { etag, now, ...good, problems: now.problems };
  };
  return {
    readings,
    of(path) {
      const reading = readings.get(path) ?? readingOf(path);
      readings.set(path, reading);
      return reading;
    },
  };
}

/** Refuses files, in the order in which they are asked for, from the first that is too much. */
export function withinBounds(): (file: CatalogFile) => FileProblem | undefined {
  let count = 0;
  let bytes = 0;
  return (file) => {
    const got = { count: count + 1, bytes: bytes + file.bytes.length };
    const isTooMuch = got.count > MOST_FILES || got.bytes > MOST_BYTES;
    if (!isTooMuch) ({ count, bytes } = got);
    const wanted = `at most ${MOST_FILES} files of ${MOST_BYTES} bytes in all`;
    const place = { file: file.path, line: 1, column: 1 };
    const shown = `${got.count} of ${got.bytes} bytes`;
    return isTooMuch ? { ...place, about: "the catalogs", wanted, got: shown, weight: "file" } : undefined;
  };
}
