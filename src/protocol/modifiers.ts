import { bracketsIn } from "./brackets.ts";
import { decodeValue } from "./percent.ts";

/** Where a modifier comes from. Only what the client wrote itself may ask for a save. */
export type Origin = "client" | "record" | "macro" | "nested";

/** A text that is not the client's. */
export interface RecordText {
  /** What it is called in messages: `the Modifier of acme/shoe`. */
  readonly says: string;
  /** File and line of its record. */
  readonly place: string;
}

/** One `name=value` of the modifiers. */
export interface Modifier {
  /** Decoded, as it was spelled. */
  readonly name: string;
  /** Still percent-encoded; undefined where there is no `=`. */
  readonly value: string | undefined;
  /** Characters into its text: to the value, to the name where there is none, or to what stands for it there. */
  readonly at: number;
  readonly from: Origin;
  /** The text in which it stands, or out of which it came, where that is not the client's. */
  readonly in?: RecordText;
  /** The macro that was called there and brought it. */
  readonly macro?: string;
  /** The value is not what stands there: it came by a macro, or variables were filled in. Offsets into it mean nothing. */
  readonly derived?: true;
}

/** Who says a modifier: `macro view`, `the Modifier of acme/shoe`, or both; undefined for what the client wrote itself. */
export function sayerOf({ macro, in: text }: Modifier): string | undefined {
  if (macro === undefined) return text?.says;
  return text === undefined ? `macro ${macro}` : `macro ${macro} in ${text.says}`;
}

/**
 * Splits modifiers at `&`, leaving out empty ones and comments (`.x`). Linear, whatever the text.
 *
 * A value that is a bracket, `is{…}`, `is(…)` and the like is a nested request and reaches to the partner of its bracket;
 * without a partner it is text. What real URLs add without meaning it is taken as it was meant: a second `?` before a
 * name separates like `&`, and the rest of an `&amp;` is taken off.
 * Source: protocol.md 1.3, 1.4, 1.9.
 *
 * @param offset where the text stands in the one that its positions count in
 * @param record that one, where it is not the client's
 */
export function splitModifiers(
  text: string,
  from: Origin = "client",
  offset = 0,
  record?: RecordText,
): readonly Modifier[] {
  const origin = record === undefined ? { from } : { from, in: record };
  const { partners } = bracketsIn(text);
  const modifiers: Modifier[] = [];
  let at = 0;
  while (at <= text.length) {
    const start = skip(NOISE, text, at);
    const named = start + indexOfAny(text, start, "=&?");
    // A comment has neither name nor value: what brackets it has are text.
    const isValue = text[named] === "=" && text[start] !== ".";
    const end = endOf(text, isValue ? named + 1 : start, isValue ? partners : undefined);
    if (end > start && text[start] !== ".") {
      modifiers.push(
        isValue
          ? {
              name: decodeValue(text.slice(start, named)),
              value: text.slice(named + 1, end),
              at: offset + named + 1,
              ...origin,
            }
          : { name: decodeValue(text.slice(start, end)), value: undefined, at: offset + start, ...origin },
      );
    }
    at = end + 1;
  }
  return modifiers;
}

/** What clients put before a name: a second question mark, the rest of an HTML entity. */
const NOISE = /(?:\?|amp;)*/y;
const NESTED = /(?:is|ir|fxg)?(?=[({])/iy;
/** A name and `=` behind a `?`; longer names than there are need not be looked for. */
const NAME_FOLLOWS = /[A-Za-z_$.][\w$.-]{0,40}=/y;

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function indexOfAny(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && !characters.includes(text[at] ?? "")) at++;
  return at - from;
}

/** Where a modifier ends whose value, or whose name without one, begins here. */
function endOf(text: string, from: number, partners: ReadonlyMap<number, number> | undefined): number {
  NESTED.lastIndex = from;
  const nested = NESTED.test(text) ? partners?.get(NESTED.lastIndex) : undefined;
  for (let at = nested ?? from; at < text.length; at++) {
    if (text[at] === "&") return at;
    if (text[at] === "?" && skip(NAME_FOLLOWS, text, at + 1) > at + 1) return at;
  }
  return text.length;
}
