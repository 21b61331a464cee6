import { shown } from "../protocol/problem.ts";

/** Something in a catalog file that is not as it should be. */
export interface FileProblem {
  /** Its path below `catalogs/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units of the line. */
  readonly column: number;
  /** What it is about: an attribute, a field, a macro. */
  readonly about: string;
  readonly wanted: string;
  readonly got: string;
  /**
   * `file`: the file cannot be used, and what was there before stays in force. `entry`: an entry of it is left out, or
   * refused when it is used. `note`: nothing is lost.
   */
  readonly weight: "file" | "entry" | "note";
}

/** `acme.txt:12:5: Anchor: wants x,y, got "left"` */
export function describeFileProblem({ file, line, column, about, wanted, got }: FileProblem): string {
  return `${file}:${line}:${column}: ${about}: wants ${wanted}, got ${shown(got)}`;
}
