/** Where something stands in a file: line and column, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A record of an attribute file, up to the end of its line or lines. */
export interface AttributeLine {
  /** As it is spelled; undefined where there is no `=`. */
  readonly name: string | undefined;
  /** Without white space around it, with its quotation marks; the whole text of a record without `=`. */
  readonly value: string;
  /** Where a character of the value stands. */
  placeOf(at: number): Place;
}

const LF = 0x0a;
const CR = 0x0d;
const BACKSLASH = 0x5c;

/**
 * Splits the text of an attribute file into its records, without comments and empty lines. Linear, whatever the text.
 *
 * A record ends with its line: at a CR, LF or CRLF. A backslash directly before that continues the value, with a line feed in it, however
 * the file is written. A comment has `#` as its first character that is no white space, and ends with its line in any case: commented
 * out, `#RootPath=C:\images\` should not take the next attribute with it.
 * Source: protocol.md 6.3.
 */
export function* attributeLines(text: string): Generator<AttributeLine> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const first = line;
    let record = "";
    for (;;) {
      const end = endOfLine(text, at);
      const isComment = record === "" && text.slice(at, end).trimStart().startsWith("#");
      const continues = !isComment && text.charCodeAt(end - 1) === BACKSLASH && end > at && end < text.length;
      if (!isComment) record += continues ? `${text.slice(at, end - 1)}\n` : text.slice(at, end);
      at = end + (text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? 2 : 1);
      line++;
      if (!continues) break;
    }
    if (record.trim() !== "") yield attributeLine(record, first);
  }
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return at;
  }
  return text.length;
}

function attributeLine(record: string, line: number): AttributeLine {
  const equals = record.indexOf("=");
  const behind = record.slice(equals + 1);
  const value = behind.trim();
  // Where nothing follows, the value stands directly behind the sign.
  const begin = equals + 1 + (value === "" ? 0 : behind.length - behind.trimStart().length);
  let start: Place | undefined;
  return {
    name: equals < 0 ? undefined : record.slice(0, equals).trim(),
    value,
    placeOf(at) {
      // Of the items of a list many are placed: what stands before them, which may be megabytes of white space, is gone through once.
      start ??= placeBehind({ line, column: 1 }, record.slice(0, begin));
      return placeBehind(start, value.slice(0, at));
    },
  };
}

function placeBehind({ line, column }: Place, text: string): Place {
  const lines = text.split("\n");
  const length = lines.at(-1)?.length ?? 0;
  return { line: line + lines.length - 1, column: lines.length > 1 ? length + 1 : column + length };
}
