import { codesOf, type HuffmanTable } from "./jpeg-annex-k.ts";

const FF = 0xff;
const EOI = 0xd9;
const RST0 = 0xd0;

/** A warning: libjpeg takes 17 bits, more than any code has, and goes on. */
export const UNKNOWN_CODE = "a code that is not in the table";

/**
 * The bits of a scan, one at a time.
 *
 * What is missing is read as libjpeg reads it: behind a marker, and behind the end of the file, which counts as EOI, come
 * zeros, and `ranOut` says so until the next restart. Source: ITU-T T.81, B.1.1.5 and F.2.2.5; libjpeg's jdhuff.c.
 */
export class ScanBits {
  readonly #file: Uint8Array;
  /** The next byte of the file. */
  at: number;
  /** The marker that was met, which `at` is behind; 0 while there is none. */
  marker = 0;
  ranOut = false;
  readonly warnings: string[] = [];
  #byte = 0;
  #left = 0;

  constructor(file: Uint8Array, at: number) {
    this.#file = file;
    this.at = at;
  }

  bit(): number {
    if (this.#left === 0 && !this.#nextByte()) {
      if (!this.ranOut) this.warnings.push(`the data ends too early, at byte ${this.at}`);
      this.ranOut = true;
      return 0;
    }
    this.#left--;
    return (this.#byte >> this.#left) & 1;
  }

  bits(count: number): number {
    let value = 0;
    for (let times = 0; times < count; times++) value = value * 2 + this.bit();
    return value;
  }

  /** A number of `count` bits whose first bit says its sign. Source: ITU-T T.81, F.2.2.1, EXTEND. */
  signed(count: number): number {
    const value = this.bits(count);
    return count > 0 && value < 2 ** (count - 1) ? value - 2 ** count + 1 : value;
  }

  symbol(table: SymbolTable): number {
    let code = "";
    while (code.length <= 16) {
      code += this.bit();
      const symbol = table.get(code);
      if (symbol !== undefined) return symbol;
    }
    this.warnings.push(UNKNOWN_CODE);
    return 0;
  }

  /** Skips to the next marker. */
  nextMarker(): void {
    this.#left = 0;
    for (;;) {
      while (this.at < this.#file.length && this.#file[this.at] !== FF) this.at++;
      while (this.#file[this.at] === FF) this.at++;
      this.marker = this.#file[this.at++] ?? EOI;
      if (this.marker !== 0) return;
    }
  }

  /**
   * Takes the restart marker that is due, or makes the best of another one: one of the last two is skipped, one of the
   * next two and any other marker means that all up to there is lost, and what is farther away counts as the one due.
   * Source: libjpeg's jdmarker.c, read_restart_marker and jpeg_resync_to_restart.
   */
  restart(due: number): void {
    this.#left = 0;
    if (this.marker === 0) this.nextMarker();
    if (this.marker !== RST0 + due) {
      this.warnings.push(`marker ${this.marker.toString(16)} where restart ${due} was due`);
      while (this.marker < 0xc0 || [6, 7].includes(this.#ahead(due))) this.nextMarker();
      if (![0, 3, 4, 5].includes(this.#ahead(due))) return;
    }
    this.marker = 0;
    this.ranOut = false;
  }

  /** How many restarts the marker is ahead of the one due, 0 to 7; not-a-number for any other marker. */
  #ahead(due: number): number {
    const number = this.marker - RST0;
    return number >= 0 && number < 8 ? (number - due + 8) % 8 : Number.NaN;
  }

  #nextByte(): boolean {
    if (this.marker !== 0) return false;
    const byte = this.#file[this.at++];
    if (byte === undefined || byte === FF) {
      while (this.#file[this.at] === FF) this.at++;
      const behind = this.#file[this.at++] ?? EOI;
      if (behind !== 0) {
        this.marker = behind;
        return false;
      }
    }
    this.#byte = byte ?? 0;
    this.#left = 8;
    return true;
  }
}

/** Symbols by their codes, which are texts of zeros and ones. */
export type SymbolTable = ReadonlyMap<string, number>;

export function symbolTable(table: HuffmanTable): SymbolTable {
  return new Map(codesOf(table));
}
