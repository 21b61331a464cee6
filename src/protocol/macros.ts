import { type Modifier, splitModifiers } from "./modifiers.ts";
import type { Problem } from "./problem.ts";

/** Macros by their names in lower case, with the calls inside of them already expanded. */
export type Macros = ReadonlyMap<string, readonly Modifier[]>;

/** What to do about a call of a macro that does not exist. */
export type UnknownMacro = "error" | "ignore";

/** No request needs more; macros that call macros could otherwise grow without bound. */
const MOST_MODIFIERS = 10_000;

/** `$name$`, which clients also write `$name$=`. What they put between the signs is not always a legal name. */
const CALL = /^\$([^$]*)\$$/;

/** Those that the default catalog ships. Source: protocol.md 3.9. */
const BUILT_IN: readonly (readonly [string, string])[] = [
  ["shadow", "color=0,0,0,192&op_blur=5&pos=5,5&blendMode=mult"],
  ["glow", "color=255,255,190,192&op_grow=2&op_blur=6&blendMode=screen"],
];

/**
 * Reads macro definitions in their order. A body may call macros that were defined before it, so none calls itself.
 *
 * @returns the macros, and what is wrong with their definitions
 * Source: protocol.md 1.5.
 */
export function defineMacros(definitions: Iterable<readonly [name: string, body: string]>): {
  readonly macros: Macros;
  readonly problems: readonly Problem[];
} {
  const macros = new Map<string, readonly Modifier[]>();
  const problems: Problem[] = [];
  for (const [name, body] of [...BUILT_IN, ...definitions]) {
    const expanded = expandMacros(splitModifiers(body, "macro"), macros, "error");
    for (const problem of expanded.problems) problems.push(problem);
    macros.set(name.toLowerCase(), expanded.modifiers);
  }
  return { macros, problems };
}

export interface Expanded {
  readonly modifiers: readonly Modifier[];
  readonly problems: readonly Problem[];
  /** Names of macros that do not exist and were passed over. */
  readonly unknown: readonly Modifier[];
}

/**
 * Puts the bodies of macros in place of their calls, where their position counts: what comes before is overridden by
 * the macro, what comes behind overrides it.
 */
export function expandMacros(modifiers: readonly Modifier[], macros: Macros, unknown: UnknownMacro): Expanded {
  const expanded: Modifier[] = [];
  const problems: Problem[] = [];
  const passedOver: Modifier[] = [];
  for (const modifier of modifiers) {
    const called = modifier.value === undefined || modifier.value === "" ? CALL.exec(modifier.name)?.[1] : undefined;
    if (called === undefined) {
      expanded.push(modifier);
      continue;
    }
    const body = macros.get(called.toLowerCase());
    if (body === undefined) {
      if (unknown === "ignore") passedOver.push(modifier);
      else problems.push({ command: modifier.name, wanted: "the name of a macro", got: called, at: modifier.at });
    } else if (expanded.length + body.length > MOST_MODIFIERS) {
      const wanted = `at most ${MOST_MODIFIERS} commands in all`;
      problems.push({ command: modifier.name, wanted, got: "more", at: modifier.at });
      break;
    } else {
      for (const command of body) expanded.push({ ...command, at: modifier.at, derived: true });
    }
  }
  return { modifiers: expanded, problems, unknown: passedOver };
}
