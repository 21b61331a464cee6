import type { Place } from "../../../src/catalog/files/attribute-lines.ts";
import { textOf } from "../../../src/catalog/files/text.ts";
import type { CatalogFile } from "../../../src/catalog/read-catalogs.ts";

/** A catalog file as its text, for saying where in it something stands. */
export class FileText {
  readonly text: string;
  /** Where each line begins, in characters of the text. */
  readonly #lines: readonly number[];

  constructor({ bytes }: Pick<CatalogFile, "bytes">) {
    this.text = textOf(bytes);
    this.#lines = [0, ...Array.from(this.text.matchAll(/\r\n|\r|\n/g), (end) => end.index + end[0].length)];
  }

  /** Characters before a place; undefined where there is no such line. */
  offsetOf({ line, column }: Place): number | undefined {
    const start = this.#lines[line - 1];
    return start === undefined ? undefined : start + column - 1;
  }

  /** The line and column of a character. */
  placeOf(offset: number): Place {
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lines[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lines[low] ?? 0) + 1 };
  }

  /**
   * The place of a character of a field, which begins here: with its quote where it has one. A quote that is doubled inside
   * counts once in the field and twice in the file.
   *
   * @param at characters into the field, unquoted
   */
  inField(field: Place, at: number): Place {
    const start = this.offsetOf(field);
    if (start === undefined) return field;
    if (this.text[start] !== '"') return { line: field.line, column: field.column + at };
    let offset = start + 1;
    for (let passed = 0; passed < at && offset < this.text.length; passed++) {
      offset += this.text.startsWith('""', offset) ? 2 : 1;
    }
    return this.placeOf(offset);
  }
}
