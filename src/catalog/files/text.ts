import { decoded, decodedStrictly, isUtf8, MARK_LENGTH, wideEncoding } from "./encoding.ts";

/** A whole file as text, without its byte order mark: UTF-8 where it has one, else ISO-8859-1. Source: protocol.md 6.1. */
export function textOf(bytes: Uint8Array): string {
  return isUtf8(bytes) ? decoded(bytes.subarray(MARK_LENGTH), true) : decoded(bytes, false);
}

/**
 * What a file is written in that is neither of the two encodings, as far as its bytes say so; undefined where nothing speaks against
 * them. Read all the same, it would be names and values that nobody wrote.
 */
export function foreignEncoding(bytes: Uint8Array): string | undefined {
  const isBroken = isUtf8(bytes) && decodedStrictly(bytes) === undefined;
  return isBroken ? "bytes that are not UTF-8, behind its byte order mark" : wideEncoding(bytes);
}
