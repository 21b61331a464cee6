import type { Strip, SumStrip } from "../../pixels/strip.ts";
import type { Rect } from "../../plan/size.ts";
import type { Cut } from "./adam7-cut.ts";
import type { Pass, PassColumns } from "./adam7-passes.ts";

/** Brings the pixels of all passes together, as a picture or as sums, and gives them away from the top. */
export interface Assembly {
  /** The part of the picture of which it takes pixels. */
  readonly held: Rect;
  /** Rows of the picture that a strip stands for. */
  readonly rowsAtOnce: number;
  /** Where these are put before they are taken: room for a row of `held`, and for what is written behind it. */
  readonly pixels: number;
  /** Takes pixels of a row of a pass. @param y row of the picture */
  take(pass: Pass, y: number, columns: PassColumns): void;
  /**
   * The next strip, or undefined while rows of it are missing, and behind the last one. Rows of the last pass have to be
   * given away before the next is taken.
   *
   * @param ready rows of the picture, from the top, of which every pixel has been taken
   * @param cut   what has come instead, where the rest will not
   */
  leave(ready: number, cut?: Cut): Strip | SumStrip | undefined;
  release(): void;
}

/** What an `Assembly` takes. */
export interface AssemblyNeeds {
  /** Bytes of the arena, and beside the kernels. */
  readonly kernels: number;
  readonly beside: number;
  /** Pixels of a row that are put there at a time, at most. */
  readonly columns: number;
}
