import { splitModifiers } from "../../src/protocol/modifiers.ts";

/** One `name=value` of a query, and where it stands there. */
export interface Part {
  /** Decoded. */
  readonly name: string;
  /** As it stands in the query; undefined where there is no `=`. */
  readonly value: string | undefined;
  /** Half-open range of characters, without what separates it from others. */
  readonly start: number;
  readonly end: number;
  /** Where its value begins; where there is none, its end. */
  readonly valueAt: number;
}

/** The parts of a query, split as the server splits it: brackets and all. What means nothing, as comments do, is no part. */
export function partsOf(query: string): readonly Part[] {
  return splitModifiers(query).map(({ name, value, at }) => {
    if (value === undefined) {
      const end = query.indexOf("&", at) < 0 ? query.length : query.indexOf("&", at);
      return { name, value, start: at, end, valueAt: end };
    }
    // A name holds neither of these; `at - 1` is its `=`.
    const before = query.slice(0, at - 1);
    const start = Math.max(before.lastIndexOf("&"), before.lastIndexOf("?")) + 1;
    return { name, value, start, end: at + value.length, valueAt: at };
  });
}

/** The query without a part, and without one of the separators beside it. */
export function without(query: string, { start, end }: Part): string {
  if (start > 0) return query.slice(0, start - 1) + query.slice(end);
  return query.slice(query[end] === "&" ? end + 1 : end);
}

/** The query with something more at a place between two parts, or at its beginning or end. */
export function withInserted(query: string, at: number, text: string): string {
  const [before, after] = [query.slice(0, at), query.slice(at)];
  const joint = before === "" || before.endsWith("&") ? "" : "&";
  const next = after === "" || after.startsWith("&") ? "" : "&";
  return before + joint + text + next + after;
}
