import type { FileProblem } from "../catalog/file-problem.ts";
import { shown } from "../protocol/problem.ts";
import { logLine } from "./log-line.ts";

/** By which lines of catalogs are found in the log. */
const EVENT = "catalogs";
/** Of one reading. A folder of other files has any number; `npm run catalog -- check` tells all. */
const MOST_LINES = 100;
const WEIGHTS = ["file", "entry", "note"] as const satisfies readonly FileProblem["weight"][];

/** A line for each problem that was not there before, the heavier ones first; of many, the last line says how many more. */
export function problemLines(problems: readonly FileProblem[], before: readonly FileProblem[]): readonly string[] {
  const known = new Set(before.map(problemLine));
  const lines = [
    ...new Set(WEIGHTS.flatMap((weight) => problems.filter((problem) => problem.weight === weight).map(problemLine))),
  ];
  const fresh = lines.filter((line) => !known.has(line));
  if (fresh.length <= MOST_LINES) return fresh;
  return [...fresh.slice(0, MOST_LINES), logLine({ event: EVENT, more: fresh.length - MOST_LINES })];
}

function problemLine({ file, line, column, about, wanted, got, weight }: FileProblem): string {
  const says = `${about}: wants ${wanted}, got ${shown(got)}`;
  return logLine({ event: EVENT, weight, file: `catalogs/${file}`, line, column, says });
}

/** That it could not be found out what has changed. */
export function failureLine(code: string, message: string): string {
  return logLine({ event: EVENT, error: code, says: message });
}
