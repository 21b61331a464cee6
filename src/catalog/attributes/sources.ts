import { flag, int } from "../../protocol/grammar/scalar.ts";
import { directAccess, extension, folder, picture, rootUrl } from "./grammars.ts";
import type { AttributeRows } from "./row.ts";

/** Where sources are looked up, and what stands in for one that does not exist. Source: protocol.md 6.2. */
export const SOURCE_ATTRIBUTES = {
  RootPath: {
    grammar: folder,
    empty: "off",
    state: "done",
    about: "Folder of SOURCES in which objects are looked up.",
  },
  DefaultExt: {
    grammar: extension,
    empty: "off",
    state: "done",
    about: "Extension that is tried first for an object without one.",
  },
  FullMatch: {
    grammar: flag,
    empty: "inherited",
    malformed: "ignored",
    state: "done",
    about: "Whether an object that no record has is looked up as if its catalog were not there.",
  },
  AllowDirectAccess: {
    grammar: directAccess,
    empty: "off",
    state: "done",
    about: "Kinds of content that may be asked for by their paths, without a record; empty is none.",
  },
  DefaultImage: {
    grammar: picture,
    empty: "off",
    state: "done",
    about: "What stands in for a picture that does not exist.",
  },
  DefaultImageMode: {
    grammar: int({ min: 0, max: 1 }),
    empty: "inherited",
    state: "done",
    about: "0 replaces the whole reply by DefaultImage, 1 only the picture that does not exist.",
  },
  RootUrl: {
    grammar: rootUrl,
    empty: "off",
    state: "kept",
    about: "Root of relative URLs in src=(…) and mask=(…).",
  },
  AllowDirectUrls: {
    grammar: flag,
    empty: "inherited",
    malformed: "ignored",
    state: "kept",
    about: "Whether src= and mask= may name absolute URLs.",
  },
  StaticContentRootPath: {
    grammar: folder,
    empty: "off",
    state: "kept",
    about: "Folder in which static content is looked up.",
  },
} as const satisfies AttributeRows;
