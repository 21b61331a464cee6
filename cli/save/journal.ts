import { type FileHandle, open, readFile } from "node:fs/promises";
import { UsageError } from "../ending.ts";
import { type EntryState, type JournalHead, type JournalLine, readJournal } from "./journal-lines.ts";
import { locked } from "./journal-lock.ts";

/** Where is kept what became of each save. */
export interface Journal {
  /** What it said when it was opened. */
  readonly states: ReadonlyMap<number, EntryState>;
  /** Resolves when the line is on the disk; rejects, as all later ones do, when it cannot be written. */
  append(line: JournalLine): Promise<void>;
  close(): Promise<void>;
}

/** Of a single save nothing is kept. */
export const NO_JOURNAL: Journal = { states: new Map(), append: async () => {}, close: async () => {} };

/**
 * Opens a journal to go on with, or begins one.
 *
 * @throws UsageError where there is one that is not to be resumed, one of another list or server, or none can be written
 */
export async function openJournal(path: string, head: JournalHead, resume: boolean): Promise<Journal> {
  const unlock = await locked(path);
  try {
    return await openLocked(path, head, resume, unlock);
  } catch (thrown) {
    await unlock();
    throw thrown;
  }
}

async function openLocked(
  path: string,
  head: JournalHead,
  resume: boolean,
  unlock: () => Promise<void>,
): Promise<Journal> {
  const before = await readBefore(path);
  if (before !== undefined && !resume) {
    throw new UsageError(`${path} is the journal of an earlier run: --resume goes on with it, or take it away`);
  }
  const read = before === undefined ? undefined : readJournal(before);
  if (typeof read === "string") throw new UsageError(`${path}: ${read}`);
  if (read !== undefined) refuseOther(path, read.head, head);
  const file = await opened(path);
  // A line that was cut off would make one with the next.
  await file.truncate(read?.wholeBytes ?? 0);
  const append = appending(file);
  if (read === undefined) await append(head);
  const close = async () => {
    await file.close();
    await unlock();
  };
  return { states: read?.states ?? new Map(), append, close };
}

async function readBefore(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (thrown) {
    if ((thrown as { readonly code?: string }).code === "ENOENT") return undefined;
    throw new UsageError(`the journal cannot be read: ${(thrown as Error).message}`);
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, "a");
  } catch (thrown) {
    throw new UsageError(`the journal cannot be written: ${(thrown as Error).message}`);
  }
}

function refuseOther(path: string, there: JournalHead, wanted: JournalHead): void {
  if (there.server !== wanted.server) {
    throw new UsageError(`${path} is the journal of another server: ${there.server}, and this is ${wanted.server}`);
  }
  if (there.list === wanted.list) return;
  const count = `it had ${there.entries} saves, and this one has ${wanted.entries}`;
  throw new UsageError(`${path} is the journal of another list, or of other names or another timeout: ${count}`);
}

/**
 * Appends lines, each of them on the disk when its promise resolves. What is to be written while the disk is busy is written
 * together after that: so many saves at a time wait for one flush.
 */
function appending(file: FileHandle): (line: JournalLine | JournalHead) => Promise<void> {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;
  let writing: Promise<void> = Promise.resolve();
  return (line) => {
    waiting.push(`${JSON.stringify(line)}\n`);
    next ??= writing.then(async () => {
      const text = waiting.join("");
      waiting = [];
      writing = next ?? writing;
      next = undefined;
      await file.appendFile(text);
      await file.datasync();
    });
    return next;
  };
}
