import { anyText } from "../../protocol/grammar/scalar.ts";
import { timeStamp } from "../time/time-stamp.ts";
import { dataFile, line, quotedItems, rootId } from "./grammars.ts";
import type { AttributeRows } from "./row.ts";

/** Catalogs of real shops have a few; each is looked for. */
const MOST_FILES = 1000;

/** What a catalog is and of which files it is made. Source: protocol.md 6.2. */
export const FILE_ATTRIBUTES = {
  RootId: {
    grammar: rootId,
    empty: "inherited",
    inherited: false,
    state: "done",
    about: "First elements of the paths that mean this catalog; the default catalog has none.",
  },
  CatalogFile: {
    grammar: quotedItems(dataFile, MOST_FILES),
    empty: "inherited",
    inherited: false,
    quotes: "items",
    state: "done",
    about: "Files of image data, in the order in which they are read.",
  },
  MacroFile: {
    grammar: dataFile,
    empty: "inherited",
    inherited: false,
    state: "done",
    about: "File of macro definitions.",
  },
  TimeStamp: {
    grammar: timeStamp,
    empty: "inherited",
    inherited: false,
    malformed: "ignored",
    state: "done",
    about: "When the catalog was last changed; without it, when this file was written.",
  },
  SvgCatalogFile: {
    grammar: quotedItems(line, MOST_FILES),
    empty: "inherited",
    inherited: false,
    quotes: "items",
    state: "kept",
    about: "Files of SVG data.",
  },
  StaticContentCatalogFile: {
    grammar: quotedItems(line, MOST_FILES),
    empty: "inherited",
    inherited: false,
    quotes: "items",
    state: "kept",
    about: "Files of static content data.",
  },
  FontMapFile: {
    grammar: line,
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "File of fonts.",
  },
  IccProfileMapFile: {
    grammar: line,
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "File of ICC profiles.",
  },
  RuleSetFile: {
    grammar: line,
    empty: "inherited",
    inherited: false,
    state: "kept",
    about: "File of rules that requests are rewritten by.",
  },
  PublishInfo: {
    grammar: anyText,
    empty: "inherited",
    state: "kept",
    about: "What req=catalogprops says of the catalog's version.",
  },
} as const satisfies AttributeRows;
