/** The byte order mark by which alone a file is UTF-8. */
const MARK = [0xef, 0xbb, 0xbf] as const;
export const MARK_LENGTH = MARK.length;

/** Characters made of bytes at once: they become arguments of one call. */
const PIECE = 4096;

// A mark in the middle of a file is a character like any other, so none is taken off here.
const lenient = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Whether a file is UTF-8: where it begins with a byte order mark. Else it is ISO-8859-1. Source: protocol.md 6.1. */
export function isUtf8(bytes: Uint8Array): boolean {
  return MARK.every((byte, at) => bytes[at] === byte);
}

/**
 * The text of some bytes of a file, of which `isUtf8` says what it is written in. Total: what is not UTF-8 becomes U+FFFD. A byte
 * order mark is not taken off.
 */
export function decoded(bytes: Uint8Array, utf8: boolean): string {
  return utf8 ? lenient.decode(bytes) : latin1(bytes);
}

/** The text of UTF-8; undefined where it is none. */
export function decodedStrictly(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Every byte is the character of its number. `TextDecoder` knows no such encoding: what it calls ISO-8859-1 is windows-1252, whose
 * 80 to 9f are others (WHATWG Encoding, 4.2).
 */
export function latin1(bytes: Uint8Array): string {
  if (bytes.length <= PIECE) return characters(bytes);
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += characters(bytes.subarray(at, at + PIECE));
  return text;
}

function characters(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}

/** What a file is written in that takes two or four bytes a character; undefined for others. No catalog file may. */
export function wideEncoding([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return "UTF-32, big endian";
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "UTF-32, little endian" : "UTF-16, little endian";
  if (a === 0xfe && b === 0xff) return "UTF-16, big endian";
  // Without a mark: a letter beside a zero.
  if (a === 0 && b !== undefined && b > 0) return "UTF-16, big endian";
  if (b === 0 && a !== undefined && a > 0) return "UTF-16, little endian";
  return undefined;
}
