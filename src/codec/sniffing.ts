import type { SourceFacts } from "../plan/facts.ts";

/** A stretch of a file, in bytes. */
export interface Wanted {
  readonly at: number;
  readonly length: number;
  /** Fewer bytes will do, where the file ends before. */
  readonly orLess?: boolean;
}

/**
 * Reads facts out of a header: yields the stretches it wants to see, is given exactly those, returns the facts.
 *
 * Knows nothing of where the bytes come from, and skips what it does not need. Throws `Fault` where the header is
 * damaged or speaks of a kind of picture that is not supported.
 */
export type Sniffing = Generator<Wanted, SourceFacts, DataView>;
