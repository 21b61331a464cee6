import { isWrong, wrong } from "../problem.ts";
import type { Grammar, GrammarValue } from "./grammar.ts";

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
  const places = Object.entries({ ...required, ...optional }) as unknown as [string, Grammar<unknown>][];
  const isRequired = (name: string) => Object.hasOwn(required, name);
  const syntax = places.map(([name]) => (isRequired(name) ? name : `[${name}]`)).join(",");
  return {
    wants: syntax,
    shape: {
      kind: "fields",
      fields: places.map(([name, { shape }]) => ({ name, required: isRequired(name), shape })),
    },
    read(value) {
      const given = value.split(",");
      if (given.length > places.length) return wrong(`at most ${places.length} values: ${syntax}`, value);
      const values: [string, unknown][] = [];
      let at = 0;
      for (const [place, [name, grammar]] of places.entries()) {
        const item = given[place] ?? "";
        if (item !== "" || isRequired(name)) {
          const result = grammar.read(item);
          // A place that is missing altogether is missing at the end.
          if (isWrong(result))
            return wrong(`${name} (${result.wanted})`, result.got, Math.min(at + result.at, value.length));
          values.push([name, result]);
        }
        at += item.length + 1;
      }
      return Object.fromEntries(values) as Fields<R, O>;
    },
    write(value) {
      const given = value as Readonly<Record<string, unknown>>;
      const items = places.map(([name, grammar]) => (given[name] === undefined ? "" : grammar.write(given[name])));
      return items.join(",").replace(/,+$/, "");
    },
  };
}

/** Comma-separated values of one grammar, `min` to `max` of them. */
export function list<T>(of: Grammar<T>, what: string, min = 1, max?: number): Grammar<readonly T[]> {
  const wants = `${min}${max === undefined ? " or more" : max === min ? "" : `..${max}`} ${what}, separated by commas`;
  return {
    wants,
    shape: { kind: "list", of: of.shape, min, ...(max === undefined ? {} : { max }) },
    read(value) {
      const items = value.split(",");
      if (items.length < min || (max !== undefined && items.length > max)) return wrong(wants, value);
      const values: T[] = [];
      let at = 0;
      for (const item of items) {
        const result = of.read(item);
        if (isWrong(result)) return wrong(result.wanted, result.got, at + result.at);
        values.push(result);
        at += item.length + 1;
      }
      return values;
    },
    write: (values) => values.map((value) => of.write(value)).join(","),
  };
}

/** The first of several grammars that takes the text; values are told apart by `is`. */
export function either<A, B>(one: Grammar<A>, other: Grammar<B>, isOne: (value: A | B) => value is A): Grammar<A | B> {
  return {
    wants: `${one.wants}, or ${other.wants}`,
    shape: { kind: "either", of: [one.shape, other.shape] },
    read(value) {
      const first = one.read(value);
      if (!isWrong(first)) return first;
      const second = other.read(value);
      return isWrong(second) ? wrong(`${one.wants}, or ${other.wants}`, value) : second;
    },
    write: (value) => (isOne(value) ? one.write(value) : other.write(value)),
  };
}

/** Reads with one grammar and turns what it gives into something else and back. */
export function mapped<T, U>(grammar: Grammar<T>, into: (value: T) => U, back: (value: U) => T): Grammar<U> {
  return {
    wants: grammar.wants,
    shape: grammar.shape,
    read(value) {
      const result = grammar.read(value);
      return isWrong(result) ? result : into(result);
    },
    write: (value) => grammar.write(back(value)),
  };
}
