import { type ByteRange, byteRange } from "./byte-range.ts";
import { httpDate } from "./http-date.ts";

/** By what a client knows which version of a file it has. */
export interface StoredFile {
  /** In its quotation marks; strong. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly written: number;
  /** Bytes. */
  readonly size: number;
}

/** What is answered with of a file that is there. */
export type Decision =
  | { readonly send: "whole" }
  | { readonly send: "part"; readonly range: ByteRange }
  | { readonly send: "nothing"; readonly because: "notModified" | "preconditionFailed" | "rangeUnsatisfiable" };

/** A request that may be answered otherwise than with all of the file has one of these. */
const CONDITIONAL = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "Range"];

export function isConditional(headers: Pick<Headers, "has">): boolean {
  return CONDITIONAL.some((name) => headers.has(name));
}

/**
 * What a GET or a HEAD is answered with. The order is that of the standard: what may not be done, then what need not be, then how
 * much of it; a condition on dates counts only where there is none on tags.
 *
 * Source: RFC 9110, 13.2.2; 13.1.1 to 13.1.5.
 */
export function decide(method: string, headers: Pick<Headers, "get">, file: StoredFile): Decision {
  const ifMatch = headers.get("If-Match");
  const ifNoneMatch = headers.get("If-None-Match");
  const unmodifiedSince = httpDate(headers.get("If-Unmodified-Since"));
  const modifiedSince = httpDate(headers.get("If-Modified-Since"));
  // Dates in headers have whole seconds.
  const written = Math.floor(file.written / 1000) * 1000;

  const mayBe =
    ifMatch === null
      ? unmodifiedSince === undefined || written <= unmodifiedSince
      : names(ifMatch, (tag) => tag === file.etag);
  if (!mayBe) return { send: "nothing", because: "preconditionFailed" };
  const isHad =
    ifNoneMatch === null
      ? modifiedSince !== undefined && written <= modifiedSince
      : names(ifNoneMatch, (tag) => tag.replace(/^W\//, "") === file.etag);
  if (isHad) return { send: "nothing", because: "notModified" };

  const isOfThis = isRangeOf(headers.get("If-Range"), file);
  const range = method === "GET" && isOfThis ? byteRange(headers.get("Range"), file.size) : undefined;
  if (range === undefined) return { send: "whole" };
  return range === "unsatisfiable" ? { send: "nothing", because: "rangeUnsatisfiable" } : { send: "part", range };
}

/** Whether a list of tags has one like this; `*` is whatever there is. What is no tag names nothing. */
function names(list: string, isIt: (tag: string) => boolean): boolean {
  return list.trim() === "*" || (list.match(/(?:W\/)?"[^"]*"/g) ?? []).some(isIt);
}

/**
 * Whether a range is one of this version. A date never says so: two versions may be of one second, and of a strong validator the
 * server has to know that they are not.
 *
 * Source: RFC 9110, 13.1.5, 8.8.2.2.
 */
function isRangeOf(ifRange: string | null, { etag }: StoredFile): boolean {
  return ifRange === null || ifRange.trim() === etag;
}
