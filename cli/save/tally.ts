import { extensionOf, formatByExtension, formatOf } from "../../src/protocol/formats.ts";
import type { Refused, Saved } from "./answers.ts";
import type { Entry } from "./entries.ts";

/** Failures of one kind: so many, and the first of them. */
export interface FailureRow {
  readonly error: string;
  readonly count: number;
  readonly entry: Entry;
  readonly message: string;
}

/** What became of a list. */
export interface Tally {
  readonly total: number;
  /** Saved by earlier runs. */
  readonly before: number;
  readonly saved: number;
  /** Of those saved: answers that never came, where something was found when it was asked again, and nobody says what. */
  readonly found: number;
  readonly failed: number;
  /** Neither saved nor failed, since the run ended. */
  readonly open: number;
  readonly failures: readonly FailureRow[];
  /** How many files are of another type than their names say, and the first of them. */
  readonly misnamed: { readonly count: number; readonly example: string };
}

/** Counts as it goes. */
export interface Counting {
  saved(entry: Entry, saved: Saved): void;
  found(): void;
  failed(entry: Entry, refused: Pick<Refused, "error" | "message">): void;
  tally(): Tally;
}

export function counting(total: number, before: number): Counting {
  const failures = new Map<string, FailureRow>();
  let [saved, found, failed, misnamed] = [0, 0, 0, 0];
  let example = "";
  return {
    saved(_, answer) {
      saved++;
      if (!isMisnamed(answer)) return;
      if (misnamed++ === 0) example = `${answer.name} is ${answer.type}`;
    },
    found() {
      saved++;
      found++;
    },
    failed(entry, { error, message }) {
      failed++;
      const row = failures.get(error) ?? { error, count: 0, entry, message };
      failures.set(error, { ...row, count: row.count + 1 });
    },
    tally: () => ({
      ...{ total, before, saved, found, failed, open: total - before - saved - failed },
      failures: [...failures.values()].sort((a, b) => b.count - a.count),
      misnamed: { count: misnamed, example },
    }),
  };
}

/** Whether the type of a file is not that of its extension: a preset may say another format than the URL does. */
function isMisnamed({ name, type }: Saved): boolean {
  const keyword = formatByExtension(extensionOf(name));
  return keyword !== undefined && type !== "" && formatOf(keyword).mime !== type;
}
