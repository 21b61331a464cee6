import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import type { Running, Tool } from "./cli.ts";
import { type Bucket, SAVE_PATH } from "./local.ts";

/** A run of the tool is ended by a signal as soon as this share of the list is saved. */
export interface Interruption {
  readonly signal: "SIGINT" | "SIGKILL";
  readonly share: number;
}

export interface InterruptedSaves {
  /** The exit codes of the runs; null of one that was killed. */
  readonly codes: readonly (number | null)[];
  /** What the last run has told. */
  readonly table: string;
  /** Keys that were written again by a later run. */
  readonly rewritten: readonly string[];
  readonly missing: readonly string[];
  /** Objects that nobody asked for. */
  readonly others: readonly string[];
  /** How often a save was sent: the journal has a line before each. */
  readonly sent: number;
}

/**
 * Saves so many pictures by the tool, which is interrupted again and again and then let to its end.
 *
 * @param source a picture that lies in SOURCES
 */
export async function interruptedSaves(
  worker: LocalWorker,
  tool: Tool,
  source: string,
  count: number,
  interruptions: readonly Interruption[],
): Promise<InterruptedSaves> {
  const urls = Array.from(
    { length: count },
    (_, at) => `https://s7d1.scene7.com/is/image/${source}?wid=${10 + (at % 40)}&fmt=png`,
  );
  const list = join(tool.folder, `${count}.txt`);
  writeFileSync(list, urls.join("\n"));
  const journal = `${list}.fixative.jsonl`;
  // What is under way takes some milliseconds here.
  const args = ["save", list, "--server", worker.url.origin, "--names", "bulk-{n}", "--resume", "--settle", "2000"];
  const codes: (number | null)[] = [];
  const seen = new Map<string, string>();
  const rewritten = new Set<string>();
  const look = async () => {
    const versions = await versionsOf(worker.saves);
    for (const [key, version] of versions) {
      if (seen.has(key) && seen.get(key) !== version) rewritten.add(key);
      seen.set(key, version);
    }
    return versions;
  };
  for (const { signal, share } of interruptions) {
    const run = tool.start(args);
    await reached(journal, count * share, run);
    run.child.kill(signal);
    codes.push((await run.ended).code);
    await look();
  }
  const { code, stdout } = await tool.run(args);
  codes.push(code);
  const there = await look();
  const wanted = Array.from({ length: count }, (_, at) => keyOf(at, count));
  return {
    ...{ codes, table: stdout, rewritten: [...rewritten], missing: wanted.filter((key) => !there.has(key)) },
    others: [...there.keys()].filter((key) => !wanted.includes(key)),
    sent: linesIn(journal, "begun"),
  };
}

/** Resolves when so many are saved, or the run has ended before that. */
async function reached(journal: string, saves: number, run: Running): Promise<void> {
  let isEnded = false;
  run.ended.then(() => {
    isEnded = true;
  });
  while (!isEnded && linesIn(journal, "saved") < saves) await sleep(5);
}

function linesIn(journal: string, kind: "begun" | "saved"): number {
  try {
    return readFileSync(journal, "utf8").split(`{"${kind}"`).length - 1;
  } catch {
    return 0;
  }
}

/** All objects of a bucket: key → version, which R2 makes anew at each write. */
async function versionsOf(bucket: Bucket): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await bucket.list(cursor === undefined ? {} : { cursor });
    for (const { key, version } of page.objects) if (!key.endsWith("/")) versions.set(key, version);
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return versions;
}

/** The key of a save of such a list, from 0. */
function keyOf(at: number, count: number): string {
  return `${SAVE_PATH}/bulk-${`${at + 1}`.padStart(`${count}`.length, "0")}.png`;
}
