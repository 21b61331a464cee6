import type { Reader } from "../../protocol/grammar/grammar.ts";

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
  /** What its grammar refuses counts as not being there. Of others, a file with such a value cannot be used. */
  readonly malformed?: "ignored";
  /** A list, each item of which may be quoted: its grammar reads the text with its quotation marks. */
  readonly quotes?: "items";
  /** `kept` is read and checked, and nothing asks for it yet. */
  readonly state: "done" | "kept";
  /** One sentence. */
  readonly about: string;
}

export type AttributeRows = Readonly<Record<string, AttributeRow>>;
