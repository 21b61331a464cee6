import { flag, int } from "../../protocol/grammar/scalar.ts";
import { line } from "./grammars.ts";
import type { AttributeRows } from "./row.ts";

/** Colour management. Source: protocol.md 6.2. */
export const COLOUR_ATTRIBUTES = {
  IccProfileRgb: {
    grammar: line,
    empty: "inherited",
    state: "kept",
    about: "Profile of RGB pictures that are answered, and of RGB colours in requests.",
  },
  IccProfileGray: {
    grammar: line,
    empty: "inherited",
    state: "kept",
    about: "Profile of gray pictures that are answered, and of gray colours in requests.",
  },
  IccProfileCmyk: {
    grammar: line,
    empty: "inherited",
    state: "kept",
    about: "Profile of CMYK pictures that are answered, and of CMYK colours in requests.",
  },
  IccProfileSrcRgb: {
    grammar: line,
    empty: "inherited",
    state: "kept",
    about: "Profile of RGB sources that embed none; without it, that of answers.",
  },
  IccProfileSrcGray: {
    grammar: line,
    empty: "inherited",
    state: "kept",
    about: "Profile of gray sources that embed none; without it, that of answers.",
  },
  IccProfileSrcCmyk: {
    grammar: line,
    empty: "inherited",
    state: "kept",
    about: "Profile of CMYK sources that embed none; without it, that of answers.",
  },
  IccRenderIntent: {
    grammar: int({ min: 0, max: 3 }),
    empty: "inherited",
    state: "kept",
    about: "Default intent of colour conversion: 0 perceptual, 1 relative, 2 saturation, 3 absolute.",
  },
  IccBlackPointCompensation: {
    grammar: flag,
    empty: "inherited",
    malformed: "ignored",
    state: "kept",
    about: "Whether colour conversion compensates black points where icc= does not say it.",
  },
  IccDither: {
    grammar: flag,
    empty: "inherited",
    malformed: "ignored",
    state: "kept",
    about: "Whether colour conversion dithers where icc= does not say it.",
  },
} as const satisfies AttributeRows;
