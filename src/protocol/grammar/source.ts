import { inOnePiece } from "../brackets.ts";
import { decodeValue, encodeValue } from "../percent.ts";
import { isWrong, type Wrong, wrong } from "../problem.ts";
import type { Grammar } from "./grammar.ts";

/** What cannot stand in an object, encoded or not. Source: protocol.md 1.1, 2.5. */
const FORBIDDEN = [
  { pattern: /\?/, wanted: "an object without a question mark, encoded or not" },
  { pattern: /^\/+$/, wanted: "an object behind the slash" },
  { pattern: /,/, wanted: "an object without a comma, encoded or not" },
  { pattern: /(?:^|\/)\.\.(?:\/|$)/, wanted: "an object without .. elements" },
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant
  { pattern: /[\u0000-\u001f\u007f-\u009f]/, wanted: "an object without control characters" },
] as const;

/** Longer ones are not normalised: no key of the bucket is made of them, and that takes long for piles of accents. */
const LONGEST_OBJECT = 2048;

/** The name of a record or file. A leading slash names another catalog's. */
export const object: Grammar<string> = {
  wants: "an object",
  shape: { kind: "object" },
  read(value) {
    if (value === "") return wrong(object.wants, value);
    if (value.length > LONGEST_OBJECT) return wrong(`an object of at most ${LONGEST_OBJECT} characters`, value);
    const refused = FORBIDDEN.find(({ pattern }) => pattern.test(value));
    return refused === undefined ? value.normalize("NFC") : wrong(refused.wanted, value);
  },
  write: (value) => value,
};

/** An object, or nothing at all where that switches something off. */
export const objectOrNone: Grammar<string> = {
  ...object,
  wants: "an object, or nothing",
  read: (value) => (value === "" ? value : object.read(value)),
};

/** Where a layer's picture or mask comes from. */
export type Source =
  | { readonly kind: "object"; readonly object: string }
  /** A nested request, or one to another engine: what stands between the brackets. */
  | { readonly kind: "is" | "ir" | "fxg"; readonly request: string }
  | { readonly kind: "foreign"; readonly url: string };

const NESTED = /^(is|ir|fxg)?([({])(.*)([)}])$/is;

/**
 * `cat/id`, `is{…}`, `ir(…)`, `fxg{…}` or a foreign `{url}`; braces and parentheses are alike.
 *
 * The prefixes of `src` are lower case, those of `mask` in any. Source: protocol.md 1.9.
 */
export function source(anyCase: boolean): Grammar<Source> {
  const wants = "an object, is{request}, ir{request}, fxg{request} or {url}";
  return {
    wants,
    shape: { kind: "source" },
    raw: true,
    read(value): Source | Wrong {
      const match = NESTED.exec(value);
      if (match === null) {
        const name = object.read(decodeValue(value));
        return isWrong(name) ? wrong(name.wanted, name.got) : { kind: "object", object: name };
      }
      const [, prefix, open, content = "", close] = match;
      if ((open === "{") !== (close === "}")) return wrong(wants, value);
      if (prefix === undefined)
        return content === "" ? wrong(wants, value) : { kind: "foreign", url: inOnePiece(content) };
      const kind = anyCase ? prefix.toLowerCase() : prefix;
      // Left as it is where it is read itself: problems say where in it they are.
      if (kind === "is") return { kind, request: content };
      return kind === "ir" || kind === "fxg" ? { kind, request: inOnePiece(content) } : wrong(wants, value);
    },
    write(value) {
      if (value.kind === "object") return encodeValue(value.object);
      const [prefix, content] = value.kind === "foreign" ? ["", value.url] : [value.kind, value.request];
      return `${prefix}{${inOnePiece(content)}}`;
    },
  };
}
