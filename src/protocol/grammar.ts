import { isWrong, type Wrong, wrong } from "./problem.ts";

/** How the value of a command is read. Values arrive percent-decoded. */
export interface Grammar<T> {
  /** What a value should be, as it stands in messages and in the documentation. */
  readonly wants: string;
  read(text: string): T | Wrong;
}

export type GrammarValue<G> = G extends Grammar<infer T> ? T : never;

interface Range {
  readonly min?: number;
  readonly max?: number;
  /** Greater than this, where `min` itself is not allowed. */
  readonly above?: number;
}

const REAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Decimal numbers with optional fraction and exponent; a leading dot is legal. Source: protocol.md 2.1. */
export function real(range: Range = {}): Grammar<number> {
  const wants = `a number${rangeText(range)}`;
  return { wants, read: (text) => numberIn(text, range) ?? wrong(wants, text) };
}

/** Whole numbers; `5.0` is one (A-39). */
export function int(range: Range = {}): Grammar<number> {
  const wants = `a whole number${rangeText(range)}`;
  return {
    wants,
    read(text) {
      const value = numberIn(text, range);
      return value !== undefined && Number.isInteger(value) ? value : wrong(wants, text);
    },
  };
}

/** `wid` and `hei`: clients divide, so any number is taken and rounded half up (A-39). */
export const pixels: Grammar<number> = {
  wants: "a number of pixels > 0",
  read(text) {
    const value = numberIn(text, { max: 2 ** 31 });
    const whole = value === undefined ? 0 : Math.floor(value + 0.5);
    return whole > 0 ? whole : wrong(pixels.wants, text);
  },
};

/** One of a list of words, in any case (A-17). */
export function keyword<const Word extends string>(...words: readonly Word[]): Grammar<Word> {
  const wants = words.length === 1 ? `${words[0]}` : `one of ${words.join(", ")}`;
  return {
    wants,
    read(text) {
      const lower = text.toLowerCase();
      return words.find((word) => word === lower) ?? wrong(wants, text);
    },
  };
}

/** `0`, `1`, `true` or `false` (A-40). */
export const flag: Grammar<boolean> = {
  wants: "0 or 1",
  read(text) {
    const word = text.toLowerCase();
    if (word === "1" || word === "true") return true;
    if (word === "0" || word === "false") return false;
    return wrong(flag.wants, text);
  },
};

/** Any text but the empty one. */
export function text(wants: string): Grammar<string> {
  return { wants, read: (value) => (value === "" ? wrong(wants, value) : value) };
}

type Grammars = Readonly<Record<string, Grammar<unknown>>>;
type Fields<R extends Grammars, O extends Grammars> = { readonly [K in keyof R]: GrammarValue<R[K]> } & {
  readonly [K in keyof O]?: GrammarValue<O[K]>;
};

/**
 * Comma-separated values, one grammar a place, by name. Those of `optional` may be absent or empty.
 * A problem says which place it means: `upscale (0 or 1)`.
 */
export function fields<R extends Grammars, O extends Grammars = Record<never, never>>(
  required: R,
  optional = {} as O,
): Grammar<Fields<R, O>> {
  const places = Object.entries({ ...required, ...optional });
  const syntax = places.map(([name]) => (Object.hasOwn(required, name) ? name : `[${name}]`)).join(",");
  return {
    wants: syntax,
    read(value) {
      const given = value.split(",");
      if (given.length > places.length) return wrong(`at most ${places.length} values: ${syntax}`, value);
      const values: [string, unknown][] = [];
      let at = 0;
      for (const [place, [name, grammar]] of places.entries()) {
        const item = given[place] ?? "";
        if (item !== "" || Object.hasOwn(required, name)) {
          const result = grammar.read(item);
          if (isWrong(result)) return wrong(`${name} (${result.wanted})`, result.got, at + result.at);
          values.push([name, result]);
        }
        at += item.length + 1;
      }
      return Object.fromEntries(values) as Fields<R, O>;
    },
  };
}

function numberIn(
  value: string,
  { min = -Number.MAX_VALUE, max = Number.MAX_VALUE, above }: Range,
): number | undefined {
  if (!REAL.test(value)) return undefined;
  const number = Number(value);
  const inside = number >= min && number <= max && (above === undefined || number > above);
  return inside ? number : undefined;
}

function rangeText({ min, max, above }: Range): string {
  if (above !== undefined) return ` > ${above}${max === undefined ? "" : ` and at most ${max}`}`;
  if (min !== undefined && max !== undefined) return ` ${min}..${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? "" : ` of at most ${max}`;
}
