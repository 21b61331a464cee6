import { standing } from "./findings.ts";
import { type Modifier, splitModifiers } from "./modifiers.ts";
import type { Problem } from "./problem.ts";

/** Macros by their names in lower case, with the calls inside of them already expanded. */
export type Macros = ReadonlyMap<string, readonly Modifier[]>;

/** What to do about a call of a macro that does not exist. */
export type UnknownMacro = "error" | "ignore";

/** No request needs more out of macros; those that call macros could otherwise grow without bound. */
export const MOST_COMMANDS = 10_000;
/** Commands of all macros that are defined together: a hundred presets have some thousand. */
const MOST_DEFINED = 200_000;

/** `$name$`, which clients also write `$name$=`. What they put between the signs is not always a legal name. */
const CALL = /^\$([^$]*)\$$/;

/** Something wrong with the definition of a macro. */
export interface DefinitionProblem extends Problem {
  /** Which of the definitions, from 0. */
  readonly definition: number;
}

export interface DefinedMacros {
  readonly macros: Macros;
  readonly problems: readonly DefinitionProblem[];
  /** Commands in the bodies of the definitions, with those of the macros that they call: what they take to be held. */
  readonly commands: number;
}

/**
 * Reads macro definitions in their order, on top of those of `base`. A body may call macros that were defined before it, or that
 * `base` has, so none calls itself. One with a problem is left out, and so is everything behind the first that has no room:
 * macros that call macros grow faster than their text.
 *
 * @param most commands that the definitions may have in all
 * Source: protocol.md 1.5.
 */
export function defineMacros(
  definitions: Iterable<readonly [name: string, body: string]>,
  base: Macros = BUILT_IN,
  most = MOST_DEFINED,
): DefinedMacros {
  const macros = new Map(base);
  const problems: DefinitionProblem[] = [];
  let commands = 0;
  let definition = -1;
  for (const [name, body] of definitions) {
    definition++;
    const expanded = expandMacros(splitModifiers(body, "macro"), macros, "error");
    for (const problem of expanded.problems) problems.push({ ...problem, definition });
    if (expanded.problems.length > 0) continue;
    commands += expanded.modifiers.length;
    if (commands > most) {
      problems.push({
        command: name,
        wanted: `at most ${most} commands in all macros`,
        got: "more",
        at: 0,
        definition,
      });
      break;
    }
    macros.set(name.toLowerCase(), expanded.modifiers);
  }
  return { macros, problems, commands };
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
 *
 * @param allowance how many commands macros may bring, of which these are taken off
 */
export function expandMacros(
  modifiers: readonly Modifier[],
  macros: Macros,
  unknown: UnknownMacro,
  allowance: { commands: number } = { commands: MOST_COMMANDS },
): Expanded {
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
      else problems.push({ command: modifier.name, wanted: "the name of a macro", got: called, ...standing(modifier) });
      continue;
    }
    allowance.commands -= body.length;
    if (allowance.commands < 0) {
      const wanted = `at most ${MOST_COMMANDS} commands in all`;
      problems.push({ command: modifier.name, wanted, got: "more", ...standing(modifier) });
      break;
    }
    const { at, in: text } = modifier;
    const origin = text === undefined ? { at, macro: called } : { at, macro: called, in: text };
    for (const command of body) expanded.push({ ...command, ...origin, derived: true });
  }
  return { modifiers: expanded, problems, unknown: passedOver };
}

/** Those that the default catalog ships. Source: protocol.md 3.9. */
const BUILT_IN: Macros = defineMacros(
  [
    ["shadow", "color=0,0,0,192&op_blur=5&pos=5,5&blendMode=mult"],
    ["glow", "color=255,255,190,192&op_grow=2&op_blur=6&blendMode=screen"],
  ],
  new Map(),
).macros;
