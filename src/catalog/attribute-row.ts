import type { Reader } from "../protocol/grammar/grammar.ts";

/** An attribute of a catalog. Source: protocol.md 6.2. */
export interface AttributeRow {
  readonly grammar: Reader<unknown>;
  /**
   * What an attribute without a value means: that the default catalog's counts, as if it were not there, or that what it
   * stands for is switched off; then its grammar reads "".
   */
  readonly empty: "inherited" | "off";
  /** False where it belongs to its own catalog and is never inherited. */
  readonly inherited?: false;
  /** `kept` is read and checked, and nothing asks for it yet. */
  readonly state: "done" | "kept";
  /** One sentence. */
  readonly about: string;
}

export type AttributeRows = Readonly<Record<string, AttributeRow>>;
