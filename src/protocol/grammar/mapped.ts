import { isWrong } from "../problem.ts";
import type { Reader } from "./grammar.ts";

/** Reads with one grammar and keeps what `use` makes of it. */
export function mapped<T, U>(grammar: Reader<T>, use: (value: T) => U): Reader<U> {
  return {
    wants: grammar.wants,
    read(text) {
      const value = grammar.read(text);
      return isWrong(value) ? value : use(value);
    },
  };
}
