import type { Reader } from "../protocol/grammar/grammar.ts";
import { isWrong, wrong } from "../protocol/problem.ts";

/** A reader that refuses texts of more characters before it looks into them. */
export function short<T>({ wants, read }: Reader<T>, most: number): Reader<T> {
  return { wants, read: (text) => (text.length > most ? wrong(`at most ${most} characters`, text) : read(text)) };
}

/** A reader that refuses, with what it wants, what does not fit. */
export function such<T>(wants: string, { read }: Reader<T>, isFit: (value: T) => boolean): Reader<T> {
  return {
    wants,
    read(text) {
      const value = read(text);
      return isWrong(value) || !isFit(value) ? wrong(wants, text) : value;
    },
  };
}
