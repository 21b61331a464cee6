import { EXIT, type ExitCode, listed, UsageError } from "../ending.ts";
import { barProgress } from "../output/bar.ts";
import { coloursFor } from "../output/colours.ts";
import { lineProgress, QUIET } from "../output/lines.ts";
import { summary } from "../output/summary.ts";
import { printable } from "../output/table.ts";
import type { Server } from "../server/managed.ts";
import { SETTLES_MS } from "./doubts.ts";
import { type Entry, entriesOf } from "./entries.ts";
import { interruption } from "./interruption.ts";
import { type Journal, NO_JOURNAL, openJournal } from "./journal.ts";
import { headFor } from "./journal-lines.ts";
import { type ListSource, listSource } from "./list-source.ts";
import { DEFAULT_PATTERN, type NamePattern, readPattern } from "./names.ts";
import { wholeNumber } from "./options.ts";
import type { Progress } from "./progress.ts";
import { sendingTo } from "./sending.ts";
import { type Outcome, saveAll } from "./work.ts";

/** The options as they were written. */
export interface SaveOptions {
  readonly jobs: string;
  readonly retries: string;
  readonly names?: string;
  readonly resume?: boolean;
  readonly journal?: string;
  readonly timeout?: string;
  readonly settle?: string;
  readonly quiet?: boolean;
}

const MOST_JOBS = 64;
const MOST_RETRIES = 20;
/** MaxSaveTimeout is 300 s by default, and so long waits `fetch` for an answer, of which 30 are grace. */
const LONGEST_TIMEOUT_MS = 270_000;
const FIRST_WAIT_MS = 500;

/** `fixative save`: what it is asked to save, saved, with a table at the end. */
export async function save(from: string, options: SaveOptions, server: Server): Promise<ExitCode> {
  const jobs = wholeNumber("--jobs", options.jobs, 1, MOST_JOBS);
  const retries = wholeNumber("--retries", options.retries, 0, MOST_RETRIES);
  const settlesMs =
    options.settle === undefined ? SETTLES_MS : wholeNumber("--settle", options.settle, 0, SETTLES_MS * 10);
  const timeoutMs =
    options.timeout === undefined ? undefined : wholeNumber("--timeout", options.timeout, 1, LONGEST_TIMEOUT_MS);
  const source = await listSource(from, process.stdin);
  const entries = readEntries(source, options.names, timeoutMs);
  const journal = await journalOf(source, entries, options, server);
  const ctrlC = interruption();
  const progress = progressOf(options, source);
  ctrlC.onFirst(() => progress.note("No more are begun; those under way are waited for. Ctrl-C again ends at once."));
  const sending = sendingTo(server, timeoutMs);
  const interrupted = ctrlC.signal;
  try {
    const outcome = await saveAll({
      ...{ entries, sending, journal, progress, jobs, retries, settlesMs, interrupted },
      firstWaitMs: FIRST_WAIT_MS,
    });
    console.log(summary(outcome, coloursFor(process.stdout)));
    return exitCodeOf(outcome, interrupted.aborted);
  } finally {
    ctrlC.end();
    await journal.close();
  }
}

/** Of a list that was interrupted when all was done, all was done. */
function exitCodeOf({ tally }: Outcome, isInterrupted: boolean): ExitCode {
  if (tally.open > 0 && isInterrupted) return EXIT.interrupted;
  return tally.failed + tally.open + tally.found === 0 ? EXIT.done : EXIT.failed;
}

/** @throws UsageError where something in the list cannot be meant: then nothing is sent */
function readEntries(
  { list, isSingle }: ListSource,
  names: string | undefined,
  timeoutMs: number | undefined,
): readonly Entry[] {
  const pattern = names === undefined ? undefined : patternOf(names);
  const { entries, problems } = entriesOf(list, {
    fallback: patternOf(DEFAULT_PATTERN),
    ...(pattern === undefined ? {} : { pattern }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  if (problems.length > 0) {
    const lines = problems.map(({ line, says }) => printable(isSingle ? says : `line ${line}: ${says}`));
    throw new UsageError(`${listed(lines)}\nNothing was sent.`);
  }
  if (entries.length === 0) throw new UsageError("the list is empty");
  return entries;
}

function patternOf(text: string): NamePattern {
  const pattern = readPattern(text);
  if (typeof pattern === "string") throw new UsageError(`--names: ${pattern}`);
  return pattern;
}

async function journalOf(
  { file, isSingle }: ListSource,
  entries: readonly Entry[],
  options: SaveOptions,
  server: Server,
): Promise<Journal> {
  const path = options.journal ?? (file === undefined ? undefined : `${file}.fixative.jsonl`);
  if (path !== undefined) return openJournal(path, headFor(server.url, entries, Date.now()), options.resume === true);
  if (isSingle && options.resume !== true) return NO_JOURNAL;
  if (options.resume === true)
    throw new UsageError("--resume wants --journal <file> where there is no list of that name");
  return NO_JOURNAL;
}

function progressOf({ quiet }: SaveOptions, { isSingle }: ListSource): Progress {
  if (quiet === true) return QUIET;
  const { stderr } = process;
  // A bar of one step tells nobody anything.
  if (stderr.isTTY && !isSingle) return barProgress(stderr, coloursFor(stderr));
  return lineProgress((line) => stderr.write(`${printable(line)}\n`));
}
