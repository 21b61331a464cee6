import type { FileProblem } from "../file-problem.ts";

/** Problems of one weight that are told of a file in logs: who has a thousand mends the first, and looks again. */
const MOST_TOLD = 100;
/** Longer texts are cut: a problem should not hold the file that it is about. */
const LONGEST_GOT = 100;

type Weight = FileProblem["weight"];
type Place = Pick<FileProblem, "line" | "column">;
export type Told = Omit<FileProblem, "file" | keyof Place>;

/** What is found wrong with a file, while it is read. */
export interface ToldProblems {
  /** `place` is asked for where the problem is told. */
  add(problem: Told, place: () => Place): void;
  /** How many there are of a weight, told or not. */
  count(weight: Weight): number;
  /** In the order in which they were found: of a weight so many at most, and behind them how many more there are. */
  all(): readonly FileProblem[];
}

/** @param most problems of one weight that are told */
export function toldProblems(file: string, most = MOST_TOLD): ToldProblems {
  const told: FileProblem[] = [];
  const counts = { file: 0, entry: 0, note: 0 };
  const unsaid = new Map<Weight, Place>();
  return {
    add(problem, place) {
      const { weight, about, got } = problem;
      if (++counts[weight] <= most) told.push({ file, ...place(), ...problem, about: cut(about), got: cut(got) });
      else if (!unsaid.has(weight)) unsaid.set(weight, { ...place(), column: 1 });
    },
    count: (weight) => counts[weight],
    all() {
      const wanted = `at most ${most} problems of this weight to be told`;
      const more = [...unsaid].map(([weight, place]): FileProblem => {
        const got = `${counts[weight] - most} more from here on`;
        return { file, ...place, about: "the file", wanted, got, weight };
      });
      return [...told, ...more];
    },
  };
}

/** A copy: what `slice` gives keeps the whole text in memory. */
function cut(got: string): string {
  const short = got.length > LONGEST_GOT ? `${got.slice(0, LONGEST_GOT)}…` : got;
  return [...short].join("");
}
