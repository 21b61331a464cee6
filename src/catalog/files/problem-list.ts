import type { FileProblem } from "../file-problem.ts";
import type { BytePlace } from "./tab-scanner.ts";
import { type ToldProblems, toldProblems } from "./told-problems.ts";

/** What is found wrong with a file of bytes, while it is read. */
export interface ProblemList extends Pick<ToldProblems, "count" | "all"> {
  add(weight: FileProblem["weight"], place: BytePlace, about: string, wanted: string, got: string): void;
  /** From 1, in UTF-16 code units. */
  columnOf(place: BytePlace): number;
}

/** @param bytes the file, in which columns are counted */
export function problemList(file: string, bytes: Uint8Array, utf8: boolean, mostTold?: number): ProblemList {
  const { add, count, all } = toldProblems(file, mostTold);
  const columnOf = columns(bytes, utf8);
  return {
    add(weight, place, about, wanted, got) {
      add({ weight, about, wanted, got }, () => ({ line: place.line, column: columnOf(place) }));
    },
    count,
    all,
    columnOf,
  };
}

/**
 * Gives the column of a place, from 1, in UTF-16 code units. It goes on from the place before where that stands on the same line, so that all
 * places of a long line cost as much as its last one.
 */
function columns(bytes: Uint8Array, utf8: boolean): (place: BytePlace) => number {
  let last = { lineStart: -1, at: 0, column: 1 };
  return ({ at, lineStart }) => {
    const from = last.lineStart === lineStart && last.at <= at ? last : { lineStart, at: lineStart, column: 1 };
    let { column } = from;
    for (let byte = from.at; byte < at; byte++) {
      // Bytes 10xxxxxx continue a character; 11110xxx begin one beyond U+FFFF, which strings and editors count as two.
      if (!utf8 || ((bytes[byte] as number) & 0xc0) !== 0x80) column += utf8 && (bytes[byte] as number) >= 0xf0 ? 2 : 1;
    }
    last = { lineStart, at, column };
    return column;
  };
}
