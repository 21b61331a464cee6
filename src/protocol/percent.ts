const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Decodes `%xx` and leaves everything else, `+` included, as it is. A `%` without two hex digits stands for itself.
 *
 * The bytes are UTF-8; text that is not UTF-8 is read as ISO-8859-1, as the protocol's older clients write it,
 * unless `strict`: then the answer is undefined.
 * Source: protocol.md 1.3.
 */
export function decodePercent(text: string, strict?: false): string;
export function decodePercent(text: string, strict: boolean): string | undefined;
export function decodePercent(text: string, strict = false): string | undefined {
  if (!text.includes("%")) return text;
  const bytes = escapedBytes(text);
  try {
    return UTF8.decode(bytes);
  } catch {
    // Not the platform's "latin1", which is windows-1252: 0x80–0x9F must stay control characters.
    return strict ? undefined : Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  }
}

/** As `decodePercent`, with `+` for a space: values of the query and of forms. Source: protocol.md 1.3. */
export function decodeValue(text: string): string {
  return decodePercent(text.replaceAll("+", " "));
}

/** What stands in a value as it is; everything else is escaped when it is written. */
const PLAIN = /[A-Za-z0-9\-._~/:,;@!*'|^]/;

/** A value as it is written into a query: `decodeValue` gives it back. */
export function encodeValue(text: string): string {
  let written = "";
  for (const character of text.toWellFormed()) {
    written += PLAIN.test(character) ? character : encodeURIComponent(character).replace(/[()]/g, escapedByte);
  }
  return written;
}

/** Brackets, which `encodeURIComponent` leaves alone, would open a nested request. */
function escapedByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function escapedBytes(text: string): Uint8Array {
  const raw = new TextEncoder().encode(text);
  const bytes = new Uint8Array(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at++) {
    const pair = raw[at] === PERCENT ? hexPair(raw[at + 1], raw[at + 2]) : undefined;
    bytes[length++] = pair ?? raw[at] ?? 0;
    if (pair !== undefined) at += 2;
  }
  return bytes.subarray(0, length);
}

const PERCENT = 0x25;

function hexPair(high: number | undefined, low: number | undefined): number | undefined {
  const pair = String.fromCharCode(high ?? 0, low ?? 0);
  return /^[0-9a-f]{2}$/i.test(pair) ? Number.parseInt(pair, 16) : undefined;
}
