/** How far a row is: there, waiting for bytes, or in the middle of more work than is done at a time. */
export type Progress = "done" | "waiting" | "working";

/** Where the samples of a picture come from, row of MCUs by row of MCUs, from the top. */
export interface RowSource {
  /** @param seen whether its samples are wanted; the row must be gone through either way */
  begin(unit: number, seen: boolean): void;
  /** Goes on with the row that was begun. */
  decode(): Progress;
  /** Whether data was missing or damaged so far. */
  readonly incomplete: boolean;
  /** Units, and runs of them, that its scans have gone through. */
  readonly steps: number;
}
