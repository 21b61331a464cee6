import { addressRanges } from "../protocol/grammar/addresses.ts";
import { fields } from "../protocol/grammar/compound.ts";
import type { GrammarValue } from "../protocol/grammar/grammar.ts";
import { anyText, flag, int, keyword, real } from "../protocol/grammar/scalar.ts";
import { objectOrNone } from "../protocol/grammar/source.ts";
import { directAccess, extension, filter, folder, hours, opaqueColour, size } from "./attribute-grammars.ts";
import type { AttributeRows } from "./attribute-row.ts";

/**
 * Every attribute of a catalog, by its name in `.ini` files. What is at work is a setting as well, by the same name and in
 * the same form: the setting is what counts where no catalog says anything (settings/of-catalogs.ts).
 *
 * Source: protocol.md 6.2.
 */
export const ATTRIBUTES = {
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
    state: "done",
    about: "Whether an object that no record has is looked up as if its catalog were not there.",
  },
  AllowDirectAccess: {
    grammar: directAccess,
    empty: "inherited",
    state: "done",
    about: "Kinds of content that may be asked for by their paths, without a record.",
  },
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
    grammar: fields({ quality: int({ min: 1, max: 100 }) }, { chroma: flag }),
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
  Expiration: {
    grammar: hours,
    empty: "inherited",
    state: "done",
    about: "Hours for which a picture may be cached; 0 is not at all, -1 is for ever.",
  },
  DefaultExpiration: {
    grammar: hours,
    empty: "inherited",
    state: "done",
    about: "The same of a default image whose record says nothing.",
  },
  UseLastModified: {
    grammar: flag,
    empty: "inherited",
    state: "done",
    about: "Whether replies say when their records were last changed.",
  },
  DefaultImage: {
    grammar: objectOrNone,
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
  ErrorImage: {
    grammar: objectOrNone,
    empty: "off",
    state: "done",
    about: "What is answered to a request for a picture in place of an error.",
  },
  ErrorDetail: {
    grammar: int({ min: 0, max: 3 }),
    empty: "inherited",
    state: "done",
    about:
      "How much an error says: 0 and 1 a sentence, and what was wrong with the request; 2 and 3 keys and settings too.",
  },
  RequestLock: {
    grammar: flag,
    empty: "inherited",
    state: "done",
    about: "Whether modifiers must end in their lock &xxxx, of 16 bits: a typing check, not access control.",
  },
  RequestObfuscation: {
    grammar: keyword("0", "1"),
    empty: "inherited",
    state: "done",
    about: "1 where modifiers arrive in base64, lock included.",
  },
  ClientAddressFilter: {
    grammar: addressRanges,
    empty: "inherited",
    state: "done",
    about:
      "Addresses and ranges, IPv4 and IPv6, from which requests are answered, saves among them; others are refused. Compared with CF-Connecting-IP; empty is everybody.",
  },
  SavePath: {
    grammar: anyText,
    empty: "off",
    state: "done",
    about: "Folder below SaveDirectory into which req=saveToFile saves; empty switches saving off.",
  },
  // SEAM: those that are kept, and the names of files, follow.
} as const satisfies AttributeRows;

export type AttributeName = keyof typeof ATTRIBUTES;
/** The attributes that a file gives, or that it inherits. */
export type AttributeValues = { readonly [N in AttributeName]?: GrammarValue<(typeof ATTRIBUTES)[N]["grammar"]> };
