import { decodeValue } from "./percent.ts";

/** Where a modifier comes from. Only what the client wrote itself may ask for a save. */
export type Origin = "client" | "record" | "postModifier" | "template" | "macro" | "nested";

/** One `name=value` of the modifiers. */
export interface Modifier {
  /** Decoded, as it was spelled. */
  readonly name: string;
  /** Still percent-encoded; undefined where there is no `=`. */
  readonly value: string | undefined;
  /** Characters into the client's text: to the value, to the name where there is none, or to what stands for it there. */
  readonly at: number;
  readonly from: Origin;
  /** The value is not what stands there: it came by a macro, or variables were filled in. Offsets into it mean nothing. */
  readonly derived?: true;
}

/**
 * Splits modifiers at `&`, leaving out empty ones and comments (`.x`). Linear, whatever the text.
 *
 * A value that is a bracket, `is{…}`, `is(…)` and the like is a nested request and reaches to the partner of its bracket;
 * without a partner it is text. What real URLs add without meaning it is taken as it was meant: a second `?` before a
 * name separates like `&`, and the rest of an `&amp;` is taken off.
 * Source: protocol.md 1.3, 1.4, 1.9.
 *
 * @param offset where the text stands in the client's
 */
export function splitModifiers(text: string, from: Origin = "client", offset = 0): readonly Modifier[] {
  const partners = matchingBrackets(text);
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
              from,
            }
          : { name: decodeValue(text.slice(start, end)), value: undefined, at: offset + start, from },
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

const OPENING: Readonly<Record<string, "{" | "(">> = { "}": "{", ")": "(" };

/** Opening bracket → its closing one, for brackets that have a partner of their own kind. */
function matchingBrackets(text: string): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const open: { readonly at: number; readonly bracket: "{" | "(" }[] = [];
  const count = { "{": 0, "(": 0 };
  for (let at = 0; at < text.length; at++) {
    const bracket = text[at] ?? "";
    if (bracket === "{" || bracket === "(") {
      open.push({ at, bracket });
      count[bracket]++;
      continue;
    }
    const wanted = OPENING[bracket];
    // Without an open one of its kind a closing bracket is text; with one, whatever is open inside of that is text.
    if (wanted === undefined || count[wanted] === 0) continue;
    for (let top = open.pop(); top !== undefined; top = open.pop()) {
      count[top.bracket]--;
      if (top.bracket === wanted) {
        partners.set(top.at, at);
        break;
      }
    }
  }
  return partners;
}
