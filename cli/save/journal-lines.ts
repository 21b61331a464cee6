import { createHash } from "node:crypto";
import type { Entry } from "./entries.ts";

/**
 * The journal of a list: a line of JSON for each thing that happened, in the order in which it did.
 *
 * That a save is begun is written before it is sent, how it ended after its answer. So whatever ends the tool, and whenever: of a
 * save without an end nobody knows whether it was done, and of all others everybody does.
 */
export interface JournalHead {
  /** The version of the format. */
  readonly fixative: 1;
  readonly server: string;
  /** SHA-256 of what the list asks for, in hex. */
  readonly list: string;
  readonly entries: number;
  /** Milliseconds since 1970, as all times here. */
  readonly at: number;
}

export type JournalLine =
  | { readonly begun: number; readonly name: string; readonly at: number }
  | {
      readonly saved: number;
      readonly name: string;
      readonly etag: string;
      readonly size: number;
      readonly url: string;
      readonly at: number;
    }
  | {
      readonly failed: number;
      readonly name: string;
      readonly error: string;
      readonly message: string;
      readonly at: number;
      /** There was a save before this one whose answer never came: when that was begun. */
      readonly doubtSince?: number;
    };

/** What is known of an entry that was begun. */
export type EntryState =
  | { readonly is: "saved"; readonly etag: string }
  | { readonly is: "failed" }
  /** It may have been saved by what was begun at `since`, or be under way yet; the last attempt was begun at `last`. */
  | { readonly is: "doubt"; readonly since: number; readonly last: number };

export function headFor(server: URL, entries: readonly Entry[], at: number): JournalHead {
  const hash = createHash("sha256");
  for (const { name, path } of entries) hash.update(`${name}\n${path}\n`);
  return { fixative: 1, server: server.href, list: hash.digest("hex"), entries: entries.length, at };
}

/** A journal, read back. */
export interface JournalRead {
  readonly head: JournalHead;
  /** By the index of the entry; those that were never begun have none. */
  readonly states: ReadonlyMap<number, EntryState>;
  /** Bytes up to the end of the last whole line: what follows was cut off while it was written. */
  readonly wholeBytes: number;
}

/**
 * Reads a journal back. A last line that does not end is as if it had not been written.
 *
 * @returns undefined where not even the first line is whole; what is wrong with it, as text, where it is no journal
 */
export function readJournal(bytes: Uint8Array): JournalRead | string | undefined {
  const wholeBytes = bytes.lastIndexOf(NEWLINE) + 1;
  if (wholeBytes === 0) {
    // A first line that was cut off; anything else is somebody's file.
    const cut = new TextDecoder().decode(bytes.subarray(0, HEAD_BEGINS.length));
    return HEAD_BEGINS.startsWith(cut) ? undefined : "line 1 is not that of a journal";
  }
  const [first = "", ...lines] = new TextDecoder().decode(bytes.subarray(0, wholeBytes - 1)).split("\n");
  const head = parsed(first);
  if (!isHead(head)) return "line 1 is not that of a journal";
  const states = new Map<number, EntryState>();
  for (const [at, text] of lines.entries()) {
    const line = parsed(text);
    if (!isLine(line)) return `line ${at + 2} is not that of a journal`;
    const index = "begun" in line ? line.begun : "saved" in line ? line.saved : line.failed;
    states.set(index, stateAfter(line, states.get(index)));
  }
  return { head, states, wholeBytes };
}

const NEWLINE = 0x0a;
const HEAD_BEGINS = '{"fixative":1,';

function stateAfter(line: JournalLine, before: EntryState | undefined): EntryState {
  if ("saved" in line) return { is: "saved", etag: line.etag };
  if ("failed" in line) {
    return line.doubtSince === undefined ? { is: "failed" } : { is: "doubt", since: line.doubtSince, last: line.at };
  }
  return { is: "doubt", since: before?.is === "doubt" ? before.since : line.at, last: line.at };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isHead(value: unknown): value is JournalHead {
  return isRecord(value) && value.fixative === 1 && typeof value.server === "string" && typeof value.list === "string";
}

function isLine(value: unknown): value is JournalLine {
  if (!isRecord(value) || typeof value.at !== "number") return false;
  return [value.begun, value.saved, value.failed].filter((index) => Number.isSafeInteger(index)).length === 1;
}
