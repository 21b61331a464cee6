/** One `name=value` of the modifiers, still percent-encoded, and where it stands. */
export interface Modifier {
  readonly name: string;
  /** Undefined where there is no `=`. */
  readonly value: string | undefined;
  /** Characters from the start of the modifiers to the value, or to the name where there is no value. */
  readonly at: number;
}

/**
 * Splits modifiers at `&`, leaving out empty ones and comments (`.x`).
 *
 * An `&` inside braces or parentheses belongs to a nested request. What real URLs add without meaning it is
 * taken off the front of a name: a second `?`, and the rest of an `&amp;`.
 * Source: protocol.md 1.3, 1.4, 1.9.
 */
export function splitModifiers(text: string): readonly Modifier[] {
  const modifiers: Modifier[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "(") depth++;
    else if ((character === "}" || character === ")") && depth > 0) depth--;
    else if (character === undefined || (character === "&" && depth === 0)) {
      const modifier = readModifier(text.slice(start, at), start);
      if (modifier !== undefined) modifiers.push(modifier);
      start = at + 1;
    }
  }
  return modifiers;
}

function readModifier(raw: string, start: number): Modifier | undefined {
  const [noise = ""] = /^(?:\?|amp;)*/.exec(raw) ?? [];
  const text = raw.slice(noise.length);
  if (text === "" || text.startsWith(".")) return undefined;
  const from = start + noise.length;
  const equals = text.indexOf("=");
  return equals < 0
    ? { name: text, value: undefined, at: from }
    : { name: text.slice(0, equals), value: text.slice(equals + 1), at: from + equals + 1 };
}
