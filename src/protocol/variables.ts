import { inOnePiece } from "./brackets.ts";
import type { Modifier } from "./modifiers.ts";
import { decodeValue } from "./percent.ts";

/** Variables by their names in lower case; the values are percent-encoded. */
export type Variables = ReadonlyMap<string, string>;

/** Variables as a text sees them: of the maps that have a name the first one counts. */
export type Scope = readonly Variables[];

const NAME = "[\\w.-]{1,100}";
const DEFINITION = new RegExp(`^\\$(${NAME})$`);
const REFERENCE = new RegExp(`\\$(${NAME})\\$`, "y");
/** References may overlap: in `$a$b$` the second one counts where the first is not defined. */
const OPENING_SIGN = new RegExp(`\\$(?=(${NAME})\\$)`, "g");

/** Substitution may not blow a request up: a long value, often referred to, would. */
export const LONGEST_SUBSTITUTION = 262_144;

/** The name that a modifier defines, in lower case, or undefined where it defines none. */
export function definedName({ name, value }: Modifier): string | undefined {
  return value === undefined || !name.startsWith("$") ? undefined : DEFINITION.exec(name)?.[1]?.toLowerCase();
}

/**
 * The definitions of a text: of several the last one counts, wherever references stand. Whatever text a value is put
 * into, its brackets reach for nothing there.
 */
export function definitionsIn(modifiers: readonly Modifier[]): Variables {
  const variables = new Map<string, string>();
  for (const modifier of modifiers) {
    const name = definedName(modifier);
    if (name !== undefined) variables.set(name, inOnePiece(modifier.value ?? ""));
  }
  return variables;
}

/**
 * Replaces every `$name$` that is defined, once: what a value brings in is not looked at again. Undefined references
 * stay as they are. Undefined where the request would become too long.
 *
 * @param decoded puts values in decoded, as foreign URLs want them
 * @param allowance how many characters values may bring, of which these are taken off
 * Source: protocol.md 1.6.
 */
export function substituted(
  text: string,
  scope: Scope,
  decoded: boolean,
  allowance: { characters: number },
): string | undefined {
  let from = text.indexOf("$");
  if (from < 0) return text;
  const parts: string[] = [];
  let copied = 0;
  while (from >= 0) {
    REFERENCE.lastIndex = from;
    const name = REFERENCE.exec(text)?.[1];
    const value = name === undefined ? undefined : valueIn(name.toLowerCase(), scope);
    if (name === undefined || value === undefined) {
      // The sign that ends what is no reference may begin the next one.
      from = text.indexOf("$", from + 1);
      continue;
    }
    allowance.characters -= value.length;
    if (allowance.characters < 0) return undefined;
    // In a nested request the same text is read again: what looks like a reference must not be one there.
    parts.push(text.slice(copied, from), decoded ? decodeValue(value) : value.replaceAll("$", "%24"));
    copied = from + name.length + 2;
    from = text.indexOf("$", copied);
  }
  return parts.join("") + text.slice(copied);
}

export function valueIn(name: string, scope: Scope): string | undefined {
  for (const variables of scope) {
    const value = variables.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The names to which a text may refer, in lower case. */
export function referencesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(OPENING_SIGN), ([, name = ""]) => name.toLowerCase());
}

/** The same text, in which nothing is a reference any more. */
export function withoutReferences(text: string): string {
  return text.replace(OPENING_SIGN, "%24");
}
