import { int, real } from "../../protocol/grammar/scalar.ts";
import { opaqueColour, size } from "./grammars.ts";
import type { AttributeRows } from "./row.ts";

/** How thumbnails are made. Source: protocol.md 6.2. */
export const THUMBNAIL_ATTRIBUTES = {
  DefaultThumbPix: {
    grammar: size,
    empty: "inherited",
    state: "kept",
    about: "Largest thumbnail where a request gives no wid, hei or scl; 0 is unconstrained.",
  },
  ThumbType: {
    grammar: int({ min: 1, max: 3 }),
    empty: "inherited",
    state: "kept",
    about: "How thumbnails are made of records that do not say it: 1 crops, 2 fits, 3 is texture.",
  },
  ThumbRes: {
    grammar: real({ above: 0 }),
    empty: "inherited",
    state: "kept",
    about: "Resolution of thumbnails of texture whose records give none.",
  },
  ThumbHorizAlign: {
    grammar: int({ min: 1, max: 3 }),
    empty: "inherited",
    state: "kept",
    about: "Where thumbnails stand in their width: 1 left, 2 in the middle, 3 right.",
  },
  ThumbVertAlign: {
    grammar: int({ min: 1, max: 3 }),
    empty: "inherited",
    state: "kept",
    about: "Where thumbnails stand in their height: 1 at the top, 2 in the middle, 3 at the bottom.",
  },
  ThumbBkgColor: {
    grammar: opaqueColour,
    empty: "inherited",
    state: "kept",
    about: "Background of thumbnails that are fitted or of texture.",
  },
} as const satisfies AttributeRows;
