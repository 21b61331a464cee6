import { splitModifiers } from "../../src/protocol/modifiers.ts";
import { readObject } from "../../src/protocol/path.ts";
import { decodeValue, encodeValue } from "../../src/protocol/percent.ts";
import { isWrong } from "../../src/protocol/problem.ts";

/** A picture as some server's URL describes it. */
export interface PictureUrl {
  /** From `/is/image/` on, as it was written. */
  readonly path: string;
  /** The modifiers as they were written; "" where there are none. */
  readonly query: string;
  /** What the path names, decoded. */
  readonly object: string;
  /** The last value of each modifier that is no layer's business, decoded; names in lower case, but for those with a `$`. Presets have no value. */
  readonly modifiers: ReadonlyMap<string, string | undefined>;
}

/** Request types whose answer is the picture, or which save it. */
const PICTURES = ["img", "savetofile"];

/**
 * Reads the URL of a picture, of whatever host, or its path alone. What stands before `/is/image/` was put there by that
 * host's proxies.
 *
 * @returns what is wrong with it, as text, where there is no picture to save
 */
export function readPictureUrl(text: string): PictureUrl | string {
  const [, path, query = "", fragment] =
    /^(?:(?:https?:)?\/\/[^/?#]+)?(\/[^?#]*)(?:\?([^#]*))?(#.*)?$/is.exec(text) ?? [];
  if (path === undefined) return `wants a URL, or a path that begins with /is/image/, got ${JSON.stringify(text)}`;
  const start = path.indexOf("/is/image/");
  const object = start === -1 ? undefined : readObject(path.slice(start));
  if (object === undefined || object === "" || isWrong(object)) {
    return `wants /is/image/<object>, got ${JSON.stringify(path)}`;
  }
  // URL parsers make slashes of backslashes, and leave control characters out: what is read here would not be what is sent.
  if (path.includes("\\") || /\p{Cc}/u.test(text)) {
    return `wants no backslash in the path and no control character, got ${JSON.stringify(text)}`;
  }
  // Browsers keep what is behind a # to themselves, and some people mean it.
  if (fragment !== undefined) return `wants no #, which is written %23, got ${JSON.stringify(fragment)}`;
  const modifiers = lastValues(query);
  const [type = "img"] = modifiers.get("req")?.toLowerCase().split(",") ?? [];
  if (!PICTURES.includes(type)) return `wants a picture: req=${type} answers with something else`;
  return { path: path.slice(start), query, object, modifiers };
}

function lastValues(query: string): ReadonlyMap<string, string | undefined> {
  const pairs = splitModifiers(query).map(
    ({ name, value }) =>
      [name.startsWith("$") ? name : name.toLowerCase(), value === undefined ? undefined : decodeValue(value)] as const,
  );
  return new Map(pairs);
}

/**
 * The path of the save of a picture. All modifiers stay as they are: of two of a kind the last one counts, so that what is added
 * behind them is what is meant.
 *
 * @param timeoutMs for the server, where the picture's own URL or the server is not to decide
 */
export function savePathOf({ path, query }: PictureUrl, name: string, timeoutMs?: number): string {
  const timeout = timeoutMs === undefined ? "" : `&timeout=${timeoutMs}`;
  return `${path}?${query}${query === "" ? "" : "&"}req=saveToFile&name=${encodeValue(name)}${timeout}`;
}
