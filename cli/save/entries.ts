import type { LineProblem, List } from "./lists.ts";
import { type NamePattern, nameBy, nameProblem } from "./names.ts";
import { readPictureUrl, savePathOf } from "./picture-url.ts";

/** One save of a list. */
export interface Entry {
  /** From 0, among the entries. */
  readonly index: number;
  /** Of the list, from 1. */
  readonly line: number;
  /** As the list has it. */
  readonly url: string;
  readonly name: string;
  /** What is asked of the server: path and query. */
  readonly path: string;
}

export interface Entries {
  readonly entries: readonly Entry[];
  readonly problems: readonly LineProblem[];
}

/**
 * What a list asks for. Two saves by one name are a problem of both their lines: one of the pictures would be lost. A name that
 * is given goes before that which the picture's own URL has, and that before the pattern.
 *
 * @param pattern undefined where none was asked for: `fallback` is for pictures whose URL has no name
 */
export function entriesOf(
  { rows, problems }: List,
  {
    pattern,
    fallback,
    timeoutMs,
  }: { readonly pattern?: NamePattern; readonly fallback: NamePattern; readonly timeoutMs?: number },
): Entries {
  const entries: Entry[] = [];
  const wrong = [...problems];
  const lineOf = new Map<string, number>();
  for (const [at, { line, url, name: given }] of rows.entries()) {
    const picture = readPictureUrl(url);
    if (typeof picture === "string") {
      wrong.push({ line, says: picture });
      continue;
    }
    const own = pattern === undefined ? picture.modifiers.get("name") : undefined;
    const name = (
      given ??
      (own || nameBy(pattern ?? fallback, { picture, number: at + 1, total: rows.length }))
    ).normalize("NFC");
    const problem = nameProblem(name);
    const before = lineOf.get(name);
    if (problem !== undefined) wrong.push({ line, says: problem });
    else if (before !== undefined)
      wrong.push({ line, says: `the name ${JSON.stringify(name)} is that of line ${before} as well` });
    lineOf.set(name, before ?? line);
    entries.push({ index: entries.length, line, url, name, path: savePathOf(picture, name, timeoutMs) });
  }
  return { entries, problems: wrong };
}
