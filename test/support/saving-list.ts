import type { Answer } from "../../cli/save/answers.ts";
import type { Entry } from "../../cli/save/entries.ts";
import type { Journal } from "../../cli/save/journal.ts";
import type { EntryState, JournalLine } from "../../cli/save/journal-lines.ts";
import type { Progress } from "../../cli/save/progress.ts";
import type { Condition, Sending, There } from "../../cli/save/sending.ts";
import { type Outcome, saveAll, type Work } from "../../cli/save/work.ts";

export const entryOf = (index: number): Entry => ({
  ...{ index, line: index + 1, url: `/is/image/${index}`, name: `${index}.jpg` },
  path: `/is/image/${index}?req=saveToFile&name=${index}.jpg`,
});

export const SAVED: Answer = { is: "saved", name: "0.jpg", etag: "e", size: 5, type: "image/jpeg" };
export const UNCLEAR: Answer = { is: "unclear", error: "noAnswer", message: "hung up" };
export const refused = (error: string, worthAgain = false, waitMs?: number): Answer => ({
  ...{ is: "refused", error, message: `why ${error}`, worthAgain },
  ...(waitMs === undefined ? {} : { waitMs }),
});
export const CONFLICT = refused("saveConflict");

/** What happened, in order: lines of the journal and what was sent. */
export type Event = JournalLine | { readonly sent: number; readonly condition?: Condition };

export interface Listed {
  readonly outcome: Outcome;
  readonly events: readonly Event[];
  readonly notes: readonly string[];
  /** The most that were under way at a time. */
  readonly most: number;
}

export interface Listing {
  readonly count?: number;
  readonly states?: ReadonlyMap<number, EntryState>;
  /** @param attempt from 1, of this entry */
  readonly answer: (entry: Entry, attempt: number, condition: Condition | undefined) => Answer | Promise<Answer>;
  readonly there?: There;
  readonly append?: (line: JournalLine) => Promise<void>;
  readonly work?: Partial<Work>;
}

/** Saves a list by a server, a journal and a clock that the test has in its hands. */
export async function savedList({
  count = 1,
  states = new Map(),
  answer,
  there,
  append,
  work,
}: Listing): Promise<Listed> {
  const events: Event[] = [];
  const notes: string[] = [];
  const attempts = new Map<number, number>();
  let [under, most] = [0, 0];
  const sending: Sending = {
    async save(entry, condition) {
      events.push({ sent: entry.index, ...(condition === undefined ? {} : { condition }) });
      const attempt = (attempts.get(entry.index) ?? 0) + 1;
      attempts.set(entry.index, attempt);
      most = Math.max(most, ++under);
      const answered = await answer(entry, attempt, condition);
      under--;
      return answered;
    },
    lookUp: async () => there ?? { is: "untold" },
  };
  const journal: Journal = {
    states,
    async append(line) {
      await append?.(line);
      events.push(line);
    },
    close: async () => {},
  };
  const progress: Progress = { begin() {}, saved() {}, failed() {}, note: (text) => notes.push(text), end() {} };
  const outcome = await saveAll({
    ...{ entries: Array.from({ length: count }, (_, at) => entryOf(at)), sending, journal, progress },
    ...{ jobs: 4, retries: 3, firstWaitMs: 0, settlesMs: 0, interrupted: new AbortController().signal },
    ...work,
  });
  return { outcome, events, notes, most };
}
