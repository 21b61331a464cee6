import { type Allowance, MOST_NESTED } from "./allowance.ts";
import { standing } from "./findings.ts";
import { type Modifier, splitModifiers } from "./modifiers.ts";
import { readObjectPath } from "./path.ts";
import type { Problem, Wrong } from "./problem.ts";

/** Requests nested deeper than this are refused; real ones reach three or four. */
const DEEPEST = 16;

/** A nested request as it is written. */
export interface NestedText {
  readonly object: string | Wrong;
  readonly modifiers: readonly Modifier[];
}

/**
 * Splits the request in `src=is{…}` or `mask=is{…}`, whose modifiers stand where they stand in the text around it; a
 * problem where it is one too many.
 *
 * @param said the modifier whose value it is
 * @param depth how many requests it is nested in
 */
export function nestedText(
  command: "src" | "mask",
  text: string,
  said: Modifier,
  depth: number,
  allowance: Allowance,
): NestedText | Problem {
  const { at, derived } = said;
  const tooMany = (wanted: string): Problem => ({ command, wanted, got: "more", ...standing(said) });
  if (depth > DEEPEST) return tooMany(`at most ${DEEPEST} requests inside one another`);
  if (--allowance.nested < 0) return tooMany(`at most ${MOST_NESTED} nested requests in all`);
  // What stands in the client's text itself is no longer than that.
  if (derived !== undefined || said.in !== undefined) allowance.characters -= text.length;
  if (allowance.characters < 0) return tooMany("nested requests that are shorter in all");

  const question = text.indexOf("?");
  const path = question < 0 ? text : text.slice(0, question);
  const modifiers = question < 0 ? "" : text.slice(question + 1);
  const { macro } = said;
  const origin = macro === undefined ? {} : { macro };
  const offset = at + BEFORE_NESTED + question + 1;
  const split = splitModifiers(modifiers, "nested", derived === undefined ? offset : at, said.in);
  const placed = derived === undefined ? split : split.map((inner): Modifier => ({ ...inner, ...origin, at, derived }));
  return { object: readObjectPath(path), modifiers: placed };
}

/** `is{` */
const BEFORE_NESTED = 3;
