import { type Wrong, wrong } from "../problem.ts";
import type { Grammar } from "./grammar.ts";

interface Range {
  readonly min?: number;
  readonly max?: number;
  /** Greater than this, where `min` itself is not allowed; `below` likewise. */
  readonly above?: number;
  readonly below?: number;
}

const REAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Decimal numbers with optional fraction and exponent; a leading dot is legal. Source: protocol.md 2.1. */
export function real(range: Range = {}): Grammar<number> {
  return number("a number", false, range, (value) => value);
}

/** Whole numbers; `5.0` is one. */
export function int(range: Range = {}): Grammar<number> {
  return number("a whole number", true, range, (value) => (Number.isInteger(value) ? value : undefined));
}

/** `wid` and `hei`: clients divide, so any number is taken and rounded half up. */
export const pixels: Grammar<number> = number(
  "a number of pixels",
  true,
  { above: 0, max: 2 ** 31 },
  (value) => Math.floor(value + 0.5),
  " > 0",
);

function number(
  what: string,
  whole: boolean,
  range: Range,
  use: (value: number) => number | undefined,
  inWords = rangeText(range),
): Grammar<number> {
  const wants = what + inWords;
  return {
    wants,
    shape: { kind: "number", whole, ...range },
    read(text) {
      const value = REAL.test(text) ? use(Number(text)) : undefined;
      // Adding 0 turns −0 into 0, which is written the same.
      return value !== undefined && Number.isFinite(value) && inside(value, range) ? value + 0 : wrong(wants, text);
    },
    write: String,
  };
}

/** One of a list of words, in any case. */
export function keyword<const Word extends string>(...words: readonly Word[]): Grammar<Word> {
  const wants = words.length === 1 ? `${words[0]}` : `one of ${words.join(", ")}`;
  const known: ReadonlyMap<string, Word> = new Map(words.map((word) => [word.toLowerCase(), word]));
  return {
    wants,
    shape: { kind: "keyword", words },
    read: (text) => known.get(text.toLowerCase()) ?? wrong(wants, text),
    write: (word) => word,
  };
}

/** `0`, `1`, `true` or `false`. */
export const flag: Grammar<boolean> = {
  wants: "0 or 1",
  shape: { kind: "flag" },
  read(text): boolean | Wrong {
    const word = text.toLowerCase();
    if (word === "1" || word === "true") return true;
    if (word === "0" || word === "false") return false;
    return wrong(flag.wants, text);
  },
  write: (value) => (value ? "1" : "0"),
};

/** Text of a certain form; the empty one only where the pattern takes it. */
export function text(wants: string, pattern = /./s): Grammar<string> {
  return {
    wants,
    shape: { kind: "text" },
    read: (value) => (pattern.test(value) ? value : wrong(wants, value)),
    write: (value) => value,
  };
}

/** Any text, the empty one included. */
export const anyText: Grammar<string> = text("text", /^/);

function inside(value: number, { min, max, above, below }: Range): boolean {
  return (
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  );
}

function rangeText({ min, max, above, below }: Range): string {
  if (min !== undefined && max !== undefined) return ` ${min}..${max}`;
  const parts = [
    min === undefined ? "" : ` of at least ${min}`,
    above === undefined ? "" : ` > ${above}`,
    max === undefined ? "" : ` of at most ${max}`,
    below === undefined ? "" : ` < ${below}`,
  ];
  return parts.filter((part) => part !== "").join(" and");
}
