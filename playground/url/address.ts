/** What a URL of a picture says. */
export interface Address {
  /** The path behind `/is/image/`, as it is written. */
  readonly object: string;
  /** Without its `?`, as it is written. */
  readonly query: string;
}

const CONTEXT = "/is/image/";

/** Reads what somebody has typed or pasted: a whole URL, a path, or no more than an object with its query. */
export function readAddress(text: string): Address {
  const line = text.replace(/[\r\n\t]+/g, "").trim();
  const [path = "", ...queries] = line.split("?");
  const at = path.indexOf(CONTEXT);
  const object = at < 0 ? path.replace(/^\/+/, "") : path.slice(at + CONTEXT.length);
  return { object, query: queries.join("?") };
}

export function writeAddress({ object, query }: Address): string {
  return `${CONTEXT}${object}${query === "" ? "" : `?${query}`}`;
}

/** The path and query that are sent, all of it escaped that a browser would escape or cut off. */
export function sentAddress({ object, query }: Address, more = ""): string {
  const all = [query, more].filter((text) => text !== "").join("&");
  return `${CONTEXT}${escaped(object)}${all === "" ? "" : `?${escaped(all)}`}`;
}

/** Where in a query the character stands that a position in its sent form means; its end for one behind it. */
export function placeOf(query: string, sentAt: number): number {
  let sent = 0;
  let at = 0;
  for (const character of query) {
    sent += escaped(character).length;
    if (sent > sentAt) return at;
    at += character.length;
  }
  return query.length;
}

/** What a browser leaves as it is in a query, but for `#`, which would end it. */
const SENT_AS_IT_IS = /[!$%&()*+,\-./0-9:;=?@A-Z[\\\]^_`a-z{|}~]/;

function escaped(text: string): string {
  return Array.from(text.toWellFormed(), (character) =>
    SENT_AS_IT_IS.test(character) ? character : encodeURIComponent(character).replace("'", "%27"),
  ).join("");
}

/** Where an object, or a file that was saved, is found: its path with every element escaped. */
export function escapedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
