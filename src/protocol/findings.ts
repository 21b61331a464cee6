import type { Modifier } from "./modifiers.ts";
import type { Problem } from "./problem.ts";
import type { Note } from "./request.ts";

/** What is found while a request is read. */
export interface Findings {
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Not `push(...items)`: a hundred thousand arguments are too many for a call. */
export function addTo<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

/** Where a modifier stands, as problems and notes say it. */
export function standing({ at, in: text }: Modifier): Pick<Problem, "at" | "in"> {
  return text === undefined ? { at } : { at, in: text.says };
}
