import { opaqueRgb, type Rgb } from "./plan/colour.ts";
import type { Filter } from "./plan/drawing.ts";
import type { Size } from "./plan/size.ts";
import { colour } from "./protocol/grammar/colour.ts";
import { fields } from "./protocol/grammar/compound.ts";
import type { Grammar, Reader } from "./protocol/grammar/grammar.ts";
import { anyText, int, keyword } from "./protocol/grammar/scalar.ts";
import { defineMacros, type Macros } from "./protocol/macros.ts";
import { describe, isWrong, wrong } from "./protocol/problem.ts";
import { folderPath } from "./store/folder-path.ts";

/** How a setting is read and written back: `read(write(value))` is `value`. */
export type Written<T> = Pick<Grammar<T>, "wants" | "read" | "write">;

/** Reads with one grammar and keeps what `use` makes of it. */
function mapped<T, U>(grammar: Reader<T>, use: (value: T) => U): Reader<U> {
  return {
    wants: grammar.wants,
    read(text) {
      const value = grammar.read(text);
      return isWrong(value) ? value : use(value);
    },
  };
}

export const folder: Written<string> = {
  ...mapped(anyText, folderPath),
  write: (path) => path,
};
export const extension: Written<string> = {
  ...mapped(anyText, (text) => text.replace(/^\./, "")),
  write: (text) => text,
};
export const size: Written<Size> = fields({ width: int({ min: 0 }), height: int({ min: 0 }) });
export const rgb: Written<Rgb> = { ...mapped(colour, opaqueRgb), write: (levels) => levels.join(",") };
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

/** The numbers that catalogs write for a filter, and the words of `resMode=`. */
const FILTER_WORDS: Readonly<Record<string, Filter>> = {
  ...{ bilin: "bilin", bicub: "bicub", sharp2: "sharp2", bisharp: "bisharp", sharp: "sharp2" },
  ...{ 1: "sharp2", 2: "bilin", 3: "bicub", 4: "sharp2", 5: "bisharp" },
};
export const filter: Written<Filter> = {
  ...mapped(
    keyword("bilin", "bicub", "sharp2", "bisharp", "sharp", "1", "2", "3", "4", "5"),
    (word) => FILTER_WORDS[word] ?? "sharp2",
  ),
  write: (name) => name,
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
