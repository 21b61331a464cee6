const TAB = 9;
const LF = 10;
const CR = 13;
const QUOTE = 34;
const DOT = 46;

/** What is among the bytes of a field. */
export const BYTE_KIND = { control: 1, quote: 2, high: 4 } as const;
/** Beside these a TAB, CR or LF: an unquoted field ends there. */
const ENDS = 8;

const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === TAB || byte === LF || byte === CR) return BYTE_KIND.control | ENDS;
  if (byte < 32 || byte === 127) return BYTE_KIND.control;
  if (byte === QUOTE) return BYTE_KIND.quote;
  return byte > 127 ? BYTE_KIND.high : 0;
});

/** Where something stands in a file. */
export interface BytePlace {
  /** In bytes from the begin of the file. */
  readonly at: number;
  /** From 1. */
  readonly line: number;
  /** Where this line begins. */
  readonly lineStart: number;
}

/**
 * Walks over the bytes of a tab table: record by record (`nextRecord`), and in each field by field (`nextField`). After the latter `start`,
 * `end`, `kinds` and the others are those of that field. Each byte is looked at once, and nothing is copied.
 *
 * A field is quoted where its first byte is `"`; elsewhere a quote is a character. CR, LF and CR LF end lines, within quotes too.
 * Source: protocol.md 6.4.
 */
export class TabScanner {
  readonly bytes: Uint8Array;
  at: number;
  line: number;
  lineStart: number;

  /** The bytes of the field, without the quotes around it. */
  start = 0;
  end = 0;
  /** Which BYTE_KINDs there are among them. */
  kinds = 0;
  quoted = false;
  /** A quote that is never closed, or something behind one that is. */
  trouble: "unclosed" | "behind" | undefined;

  #more = false;
  // Numbers rather than a BytePlace: a large file has a million fields, and few of them are ever pointed at.
  #placeAt: number;
  #placeLine: number;
  #placeLineStart: number;

  constructor(bytes: Uint8Array, at: number, line = 1) {
    this.bytes = bytes;
    this.at = at;
    this.line = line;
    this.lineStart = at;
    this.#placeAt = at;
    this.#placeLine = line;
    this.#placeLineStart = at;
  }

  /** Where the field begins, with its quote; where there is `trouble` behind it, where that is. */
  get place(): BytePlace {
    return { at: this.#placeAt, line: this.#placeLine, lineStart: this.#placeLineStart };
  }

  /** Where it stands. */
  get here(): BytePlace {
    return { at: this.at, line: this.line, lineStart: this.lineStart };
  }

  /** Goes to the next record, over empty lines and those of nothing but TABs; false where there is none. The one before has been read to its end. */
  nextRecord(): boolean {
    let end = this.#behindTabs();
    while (end < this.bytes.length && this.#isLineEnd(end)) {
      this.at = end;
      this.#endLine();
      end = this.#behindTabs();
    }
    if (end === this.bytes.length) this.at = end;
    this.#more = this.at < this.bytes.length;
    return this.#more;
  }

  /** Reads the next field of this record; false behind its last one. */
  nextField(): boolean {
    if (!this.#more) return false;
    this.#pointHere();
    this.kinds = 0;
    this.trouble = undefined;
    this.quoted = this.bytes[this.at] === QUOTE;
    if (this.quoted) this.#readQuoted();
    else this.#readPlain();
    this.#more = this.bytes[this.at] === TAB;
    if (this.#more) this.at++;
    return true;
  }

  /** Whether the field is printable ASCII, without two dots in a row. */
  isPlain(): boolean {
    if (this.kinds & (BYTE_KIND.control | BYTE_KIND.high)) return false;
    for (let at = this.start + 1; at < this.end; at++) {
      if (this.bytes[at] === DOT && this.bytes[at - 1] === DOT) return false;
    }
    return true;
  }

  #readPlain(): void {
    const { bytes } = this;
    const { length } = bytes;
    let at = this.at;
    let kinds = 0;
    for (; at < length; at++) {
      const kind = KINDS[bytes[at] as number] as number;
      if (kind & ENDS) break;
      kinds |= kind;
    }
    this.start = this.at;
    this.end = at;
    this.kinds = kinds;
    this.at = at;
  }

  #readQuoted(): void {
    const { bytes } = this;
    this.at++;
    this.start = this.at;
    for (;;) {
      const byte = bytes[this.at];
      if (byte === undefined) {
        this.trouble = "unclosed";
        this.end = this.at;
        return;
      }
      if (byte === QUOTE && bytes[this.at + 1] !== QUOTE) break;
      this.kinds |= KINDS[byte] as number;
      if (byte === QUOTE) this.at += 2;
      else if (byte === LF || byte === CR) this.#endLine();
      else this.at++;
    }
    this.end = this.at;
    this.at++;
    if (this.at < bytes.length && !((KINDS[bytes[this.at] as number] as number) & ENDS)) {
      this.trouble = "behind";
      this.#pointHere();
    }
  }

  #pointHere(): void {
    this.#placeAt = this.at;
    this.#placeLine = this.line;
    this.#placeLineStart = this.lineStart;
  }

  #behindTabs(): number {
    let { at } = this;
    while (this.bytes[at] === TAB) at++;
    return at;
  }

  #isLineEnd(at: number): boolean {
    return this.bytes[at] === LF || this.bytes[at] === CR;
  }

  #endLine(): void {
    this.at += this.bytes[this.at] === CR && this.bytes[this.at + 1] === LF ? 2 : 1;
    this.line++;
    this.lineStart = this.at;
  }
}
