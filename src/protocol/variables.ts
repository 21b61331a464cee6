import type { Modifier } from "./modifiers.ts";
import { decodeValue } from "./percent.ts";

/** Variables by their names in lower case; the values are percent-encoded. */
export type Variables = ReadonlyMap<string, string>;

const DEFINITION = /^\$([\w.-]{1,100})$/;
const REFERENCE = /\$([\w.-]{1,100})\$/y;

/** Substitution may not blow a request up: a long value, often referred to, would. */
const LONGEST = 262_144;

/** The name that a modifier defines, in lower case, or undefined where it defines none. */
export function definedName({ name, value }: Modifier): string | undefined {
  return value === undefined ? undefined : DEFINITION.exec(name)?.[1]?.toLowerCase();
}

/**
 * Collects the definitions of merged modifiers: of several the last one counts, wherever references stand.
 *
 * @param given those that are there without a definition, such as `$object$`; any definition replaces them
 */
export function collectVariables(modifiers: readonly Modifier[], given: Variables): Variables {
  const variables = new Map(given);
  for (const modifier of modifiers) {
    const name = definedName(modifier);
    if (name !== undefined) variables.set(name, modifier.value ?? "");
  }
  return variables;
}

/** Substitutes variables in the values of one request, up to a total length. */
export class Substitution {
  readonly #variables: Variables;
  #left = LONGEST;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  /**
   * Replaces every `$name$` that is defined, once: what a value brings in is not looked at again. Undefined references
   * stay as they are. Undefined where the request would become too long.
   *
   * @param decoded puts values in decoded, as foreign URLs want them
   * Source: protocol.md 1.6.
   */
  apply(text: string, decoded: boolean): string | undefined {
    let from = text.indexOf("$");
    if (from < 0) return text;
    const parts: string[] = [];
    let copied = 0;
    while (from >= 0) {
      REFERENCE.lastIndex = from;
      const name = REFERENCE.exec(text)?.[1];
      const value = name === undefined ? undefined : this.#variables.get(name.toLowerCase());
      if (name === undefined || value === undefined) {
        // The sign that ends what is no reference may begin the next one.
        from = text.indexOf("$", from + 1);
        continue;
      }
      this.#left -= value.length;
      if (this.#left < 0) return undefined;
      parts.push(text.slice(copied, from), decoded ? decodeValue(value) : value);
      copied = from + name.length + 2;
      from = text.indexOf("$", copied);
    }
    return parts.join("") + text.slice(copied);
  }
}
