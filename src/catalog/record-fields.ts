import { coord } from "../protocol/grammar/geometry.ts";
import type { GrammarValue, Reader } from "../protocol/grammar/grammar.ts";
import { anyText, int, real } from "../protocol/grammar/scalar.ts";

/** A field of image data. An empty one is absent. */
interface RecordFieldRow {
  readonly grammar: Reader<unknown>;
  /** `kept` is read and checked, and nothing asks for it yet. */
  readonly state: "done" | "kept";
  /** One sentence. */
  readonly about: string;
}

/**
 * Every field of a record of image data but its `Id`, by its name in the header. Source: protocol.md 6.4.
 */
export const RECORD_FIELDS = {
  Path: { grammar: anyText, state: "done", about: "Picture, below RootPath of the catalog; empty for templates." },
  MaskPath: { grammar: anyText, state: "done", about: "Mask of the picture, of its size, found like it." },
  Anchor: { grammar: coord, state: "done", about: "Default of anchor=." },
  Modifier: { grammar: anyText, state: "done", about: "Commands that a request begins with; the body of a template." },
  PostModifier: { grammar: anyText, state: "done", about: "Commands that a request ends with, whatever it says." },
  Expiration: {
    grammar: real({ min: -2, max: 100_000 }),
    state: "done",
    about: "Hours for which a picture may be cached: 0 is not at all, -1 for ever, -2 what the attribute says.",
  },
  // SEAM: TimeStamp is read by a grammar of its own: milliseconds since 1970; malformed ones are absent.
  TimeStamp: { grammar: real(), state: "done", about: "When the record was last changed." },
  Resolution: { grammar: real({ min: 0 }), state: "done", about: "Resolution of the picture, to which res= relates." },
  PrintResolution: { grammar: int({ min: 0 }), state: "done", about: "Default of printRes=, in dots per inch." },
  // SEAM: those that are kept follow.
} as const satisfies Readonly<Record<string, RecordFieldRow>>;

export type RecordFieldName = keyof typeof RECORD_FIELDS;
export type RecordFields = { readonly [N in RecordFieldName]?: GrammarValue<(typeof RECORD_FIELDS)[N]["grammar"]> };
