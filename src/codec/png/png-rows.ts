import type { Strip, SumStrip } from "../../pixels/strip.ts";

/** The pixels of a picture, strip by strip, as its scanlines come. */
export interface PngRows {
  /**
   * The next strip, perhaps without rows, where work was done of which none came; undefined while bytes are missing, and
   * behind the last one.
   */
  pull(): Strip | SumStrip | undefined;
  /** Whether all scanlines of the picture were taken, or the data ended before. */
  readonly hasAllRows: boolean;
  /** What it has cost so far, beside its scanlines. */
  readonly steps: number;
  /** What was missing. */
  readonly warnings: readonly string[];
  /** Gives back at once what it holds beside the kernels. */
  release?(): void;
}
