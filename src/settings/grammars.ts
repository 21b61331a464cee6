import type { Reader } from "../protocol/grammar/grammar.ts";
import { int } from "../protocol/grammar/scalar.ts";
import { defineMacros, type Macros } from "../protocol/macros.ts";
import { describe, wrong } from "../protocol/problem.ts";

export const positive = int({ min: 1 });

/** As browsers write them, so that they can be compared: `https://shop.example`, without a slash behind. */
export const origins: Reader<readonly string[]> = {
  wants: "origins, scheme://host[:port], separated by commas",
  read(text) {
    const list = text.split(/[\s,]+/).filter((origin) => origin !== "");
    const other = list.find((origin) => URL.parse(origin)?.origin !== origin);
    return other === undefined ? list : wrong(origins.wants, other);
  },
};

/** A table of names and modifiers, in the order in which one may call another. */
export const macros: Reader<Macros> = {
  wants: "a table of macro names and their modifiers",
  read(text) {
    try {
      const table: unknown = JSON.parse(text);
      if (typeof table !== "object" || table === null) return wrong(macros.wants, text);
      const { macros: defined, problems } = defineMacros(
        Object.entries(table).map(([name, body]) => [name, String(body)]),
      );
      const [problem] = problems;
      return problem === undefined ? defined : wrong(`macros that exist (${describe(problem)})`, text);
    } catch {
      return wrong(macros.wants, text);
    }
  },
};
