import { effect, layer } from "../grammar/layer.ts";
import type { Rows, SegmentRow } from "./row.ts";

/** Commands that open a segment. Source: protocol.md 1.7. */
export const SEGMENT_COMMANDS = {
  layer: {
    scope: "segment",
    grammar: layer,
    state: "partial",
    default: "comp",
    about: "The layer to which the following commands belong, by number or name; `comp` is the composite.",
    example: "layer=1,logo",
    section: "1.7",
  },
  effect: {
    scope: "segment",
    grammar: effect,
    state: "planned",
    default: "none",
    about: "The effect of the current layer to which the following commands belong: behind it or on top of it.",
    example: "effect=-1",
    section: "3.9",
  },
} as const satisfies Rows<SegmentRow>;
