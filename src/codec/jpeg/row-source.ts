/** Where the samples of a picture come from, row of MCUs by row of MCUs, from the top. */
export interface RowSource {
  /** @param seen whether its samples are wanted; the row must be gone through either way */
  begin(unit: number, seen: boolean): void;
  /** Goes on with the row that was begun; false while bytes are missing. */
  decode(): boolean;
  /** Whether data was missing or damaged so far. */
  readonly incomplete: boolean;
  /** Units, and runs of them, that its scans have gone through. */
  readonly steps: number;
}
