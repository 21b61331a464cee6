import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";
import { type Answer, concernsAll } from "./answers.ts";
import { type Doubt, ENDED_MS, settle } from "./doubts.ts";
import type { Entry } from "./entries.ts";
import type { Journal } from "./journal.ts";
import { askedPatiently } from "./patience.ts";
import type { Progress } from "./progress.ts";
import type { Sending } from "./sending.ts";
import { counting, type Tally } from "./tally.ts";

export interface Work {
  readonly entries: readonly Entry[];
  readonly sending: Sending;
  readonly journal: Journal;
  readonly progress: Progress;
  /** How many at a time. */
  readonly jobs: number;
  readonly retries: number;
  readonly firstWaitMs: number;
  /** How long a save without an answer may still be under way (doubts.ts). */
  readonly settlesMs: number;
  /** When it fires nothing is begun any more; what is under way is waited for. */
  readonly interrupted: AbortSignal;
}

export interface Outcome {
  readonly tally: Tally;
  /** Why no more were sent, where nobody asked for that. */
  readonly stoppedBy?: string;
}

/** When so many in a row bring no answer, the server is in trouble, and more of them are not what it needs. */
const MOST_UNANSWERED = 20;

/**
 * Saves what the journal does not know as saved: first all that nobody has doubts about, so many at a time, then those whose answer
 * never came, in this run or an earlier one.
 *
 * @throws what the journal throws, once what was under way has ended: without it nothing is sent
 */
export async function saveAll(work: Work): Promise<Outcome> {
  const { entries, journal, progress, interrupted } = work;
  const states = entries.map(({ index }) => journal.states.get(index));
  const before = states.filter((state) => state?.is === "saved").length;
  const count = counting(entries.length, before);
  const ending = new AbortController();
  const stopping = AbortSignal.any([interrupted, ending.signal]);
  const patience = { retries: work.retries, firstWaitMs: work.firstWaitMs, stopping };
  const opened = Date.now();
  const doubts: Doubt[] = entries.flatMap((entry, at) => {
    const state = states[at];
    if (state?.is !== "doubt") return [];
    return [{ entry, since: state.since, settledAt: Math.min(opened + work.settlesMs, state.last + ENDED_MS) }];
  });
  let stoppedBy: string | undefined;
  let isAbsent = false;
  let unanswered = 0;
  progress.begin(entries.length, before);
  try {
    await eachOf(
      entries.filter((_, at) => states[at] === undefined || states[at]?.is === "failed"),
      (entry) => plainly(entry),
    );
    if (doubts.length > 0 && !stopping.aborted) {
      await settled();
      await eachOf(doubts, (doubt) => again(doubt));
    }
  } finally {
    progress.end();
  }
  return { tally: count.tally(), ...(stoppedBy === undefined ? {} : { stoppedBy }) };

  async function plainly(entry: Entry): Promise<void> {
    let since: number | undefined;
    const answer = await askedPatiently(
      async () => {
        // Before each attempt: how long the last one may still be under way is counted from it.
        const at = await begun(entry);
        since ??= at;
        return noted(await work.sending.save(entry));
      },
      (each) => each.is === "refused" && each.worthAgain,
      patience,
    );
    if (answer === undefined || since === undefined) return;
    if (answer.is === "unclear") {
      doubts.push({ entry, since, settledAt: Date.now() + work.settlesMs });
      progress.note(
        `line ${entry.line}: no answer (${answer.message})${stopping.aborted ? "" : "; asked again at the end"}`,
      );
    } else await ended(entry, answer);
    judge(answer);
  }

  async function again(doubt: Doubt): Promise<void> {
    const { entry, since } = doubt;
    let isFound = false;
    const answer = await askedPatiently(
      async () => {
        await begun(entry);
        const settling = await settle(doubt, work.sending);
        isFound = settling.is === "found";
        return settling.is === "found" ? { is: "saved", name: entry.name, etag: "", size: 0, type: "" } : settling;
      },
      // A conflict with a version that was looked up: another one has come since, perhaps ours.
      (each) => each.is === "unclear" || (each.is === "refused" && (each.worthAgain || each.error === "saveConflict")),
      patience,
    );
    if (answer === undefined) return;
    await ended(entry, answer, { isFound, doubtSince: since });
    judge(answer);
  }

  /** That nobody is there is said once, and at once: until all attempts have failed nothing else would be. */
  function noted(answer: Answer): Answer {
    if (!isAbsent && answer.is === "refused" && answer.error === "unreachable") {
      isAbsent = true;
      progress.note(`the server does not answer (${answer.message})`);
    }
    return answer;
  }

  function stop(why: string): void {
    stoppedBy ??= why;
    ending.abort();
  }

  function judge(answer: Answer): void {
    unanswered = answer.is === "unclear" ? unanswered + 1 : 0;
    if (answer.is === "unclear" && unanswered >= MOST_UNANSWERED) {
      stop(`${unanswered} in a row had no answer: ${answer.message}`);
    }
    if (answer.is === "refused" && concernsAll(answer)) stop(`all others would have met the same: ${answer.message}`);
  }

  async function begun({ index, name }: Entry): Promise<number> {
    const at = Date.now();
    await journal.append({ begun: index, name, at });
    return at;
  }

  async function ended(
    entry: Entry,
    answer: Answer,
    doubt?: { readonly isFound: boolean; readonly doubtSince: number },
  ): Promise<void> {
    const { index, name, url } = entry;
    if (answer.is === "saved") {
      const { etag, size } = answer;
      await journal.append({ saved: index, name, etag, size, url, at: Date.now() });
      if (doubt?.isFound) count.found();
      else count.saved(entry, answer);
      progress.saved(entry);
      return;
    }
    const { error, message } = answer;
    const since = doubt === undefined ? {} : { doubtSince: doubt.doubtSince };
    await journal.append({ failed: index, name, error, message, at: Date.now(), ...since });
    // Stopped between two attempts: it is as open as those that were never begun.
    if (stopping.aborted && (answer.is === "unclear" || answer.worthAgain)) return;
    count.failed(entry, answer);
    progress.failed(entry, error, message);
  }

  /** Waits until nothing is under way at the server that nobody waits for. */
  async function settled(): Promise<void> {
    const until = doubts.reduce((latest, { settledAt }) => Math.max(latest, settledAt), 0);
    const waitMs = until - Date.now();
    if (waitMs <= 0) return;
    progress.note(
      `${doubts.length} had no answer. They are asked again in ${Math.ceil(waitMs / 1000)} s: until then the server may be saving them`,
    );
    await sleep(waitMs, undefined, { signal: stopping }).catch(() => {});
  }

  /** Does the work for each, so many at a time. What one throws ends all, once those under way have ended. */
  async function eachOf<T>(all: readonly T[], does: (each: T) => Promise<void>): Promise<void> {
    const queue = new PQueue({ concurrency: work.jobs });
    const thrown: unknown[] = [];
    for (const each of all) {
      // One waits in the line, and not a million.
      await queue.onSizeLessThan(1);
      if (stopping.aborted) break;
      queue.add(async () => {
        if (stopping.aborted) return;
        try {
          await does(each);
        } catch (error) {
          thrown.push(error);
          ending.abort();
        }
      });
    }
    await queue.onIdle();
    if (thrown.length > 0) throw thrown[0];
  }
}
