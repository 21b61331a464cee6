/** Makes scans of rows of MCUs whose samples are there. Pieces of the file are the caller's own. */
export interface Coding {
  /** What stands between the header of the frame and the first row. */
  readonly head: readonly number[];
  /** Whether nothing of the file may be given before all rows have come: `row` may throw OutOfRoom, `end` never does. */
  readonly isHeld: boolean;
  /** Codes the row of MCUs that is next. */
  row(): Iterable<Uint8Array<ArrayBuffer>>;
  /** All rows are there: what is left, up to the end of the last scan. */
  end(): Iterable<Uint8Array<ArrayBuffer>>;
}
