import { flag, int, real } from "../../protocol/grammar/scalar.ts";
import { digimarcId, digimarcInfo, filter, line, opaqueColour, picture, quality, size } from "./grammars.ts";
import type { AttributeRows } from "./row.ts";

/** How pictures are made where neither a request nor a record says it. Source: protocol.md 6.2. */
export const PICTURE_ATTRIBUTES = {
  DefaultPix: {
    grammar: size,
    empty: "inherited",
    state: "done",
    about: "Largest picture where a request gives no wid, hei or scl; 0 is unconstrained.",
  },
  MaxPix: {
    grammar: size,
    empty: "inherited",
    state: "done",
    about: "Largest picture that is made; a larger one is refused. 0,0 is unlimited.",
  },
  BkgColor: { grammar: opaqueColour, empty: "inherited", state: "done", about: "Default of bgc=." },
  JpegQuality: {
    grammar: quality,
    empty: "inherited",
    state: "done",
    about: "Default of qlt=.",
  },
  ResMode: {
    grammar: filter,
    empty: "inherited",
    state: "done",
    about: "Default of resMode=; the numbers of catalogs are understood.",
  },
  Resolution: {
    grammar: real({ above: 0 }),
    empty: "inherited",
    state: "done",
    about: "Resolution of sources whose records give none, to which `res=` relates, in the same unit.",
  },
  PrintResolution: {
    grammar: int({ min: 0 }),
    empty: "inherited",
    state: "done",
    about: "Default of printRes= for records that give none, in dots per inch; 0 is none.",
  },
  Watermark: {
    grammar: picture,
    empty: "off",
    state: "kept",
    about: "Record that is laid over every picture.",
  },
  ApplyEffectMask: {
    grammar: flag,
    empty: "inherited",
    malformed: "ignored",
    state: "kept",
    about: "Whether effects are masked where they overlap their layer.",
  },
  Bfc: {
    grammar: flag,
    empty: "inherited",
    malformed: "ignored",
    state: "kept",
    about: "Whether browsers get formats that are smaller for them.",
  },
  DefaultFont: {
    grammar: line,
    empty: "inherited",
    state: "kept",
    about: "Font of text that names none.",
  },
  SynthesizeFontStyles: {
    grammar: flag,
    empty: "inherited",
    malformed: "ignored",
    state: "kept",
    about: "Whether bold and italic are made where a font has none, instead of an error.",
  },
  DigimarcId: {
    grammar: digimarcId,
    empty: "inherited",
    state: "kept",
    about: "Account of Digimarc watermarks: creator, PIN, two that are no longer used, durability, chroma.",
  },
  DigimarcInfo: {
    grammar: digimarcInfo,
    empty: "inherited",
    state: "kept",
    about: "Default of the field of records: type, flags, two values.",
  },
} as const satisfies AttributeRows;
