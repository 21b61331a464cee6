/**
 * The rows of a picture, or of the passes of an interlaced one, as they come out of the file: inflated and unfiltered, not
 * expanded.
 */
export interface Scanlines {
  /** Begins a picture, or its next pass, of so many pixels a row; it ends when all its rows were taken. */
  begin(width: number): void;
  /**
   * The addresses of the next rows, at most `most` (one, or two where that is quicker), valid until the next call;
   * undefined while more bytes are needed first, and where the data has been cut off.
   */
  next(most: number): readonly number[] | undefined;
  /** Whether the data ended before its end: no more rows will come. */
  readonly isCut: boolean;
}
