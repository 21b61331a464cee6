import type { Effort } from "../../plan/output.ts";

/** How matches are looked for. */
interface Search {
  /** Earlier positions that are looked at for a match, at most. */
  readonly mostSteps: number;
  /** From this length on a match is taken as it is. */
  readonly niceLength: number;
  /** From this length on less is done for one that begins a byte later; 0 takes every match where it is found. */
  readonly goodLength: number;
}

/**
 * Measured on filtered rows of seven photographs of 800 × 600: `fast` makes up to 2.2 % more than `small`, in a fifth to
 * two thirds of its time. Four times the steps of `small` gained 0.2 % at most.
 */
export const SEARCHES: Readonly<Record<Effort, Search>> = {
  fast: { mostSteps: 4, niceLength: 16, goodLength: 0 },
  small: { mostSteps: 128, niceLength: 128, goodLength: 32 },
};
