import { flag, int, keyword } from "../protocol/grammar/scalar.ts";
import { macros, positive } from "./grammars.ts";
import type { SettingRow } from "./row.ts";

/** How requests are read and pictures are made. */
export const PICTURE_SETTINGS = {
  Macros: {
    grammar: macros,
    default: "{}",
    about:
      'Macros by name, which every catalog has where it has no others by their names: [vars.Macros] with name = "modifiers".',
  },
  CatalogRefresh: {
    grammar: int({ min: 0 }),
    default: "10",
    about:
      "Seconds after which the files of catalogs are looked for changes, at one list operation for each thousand of them; 0 is at every request.",
  },
  AllowDefaultCatalogRequests: {
    grammar: flag,
    default: "1",
    about: "Whether requests are answered whose path names no catalog.",
  },
  UnknownMacro: {
    grammar: keyword("error", "ignore"),
    // Where a macro was passed over, rules are not checked to which it may have been the answer (protocol/read.ts).
    traced: true,
    default: "error",
    about: "Whether the call of a macro that does not exist is an error or is passed over.",
  },
  DefaultUpscale: {
    grammar: flag,
    traced: true,
    default: "0",
    about: "Whether fit= may enlarge where it does not say so itself.",
  },
  AutoOrient: {
    grammar: flag,
    traced: true,
    default: "1",
    about: "Whether sources are turned upright as their EXIF orientation says, before anything else.",
  },
  ScaleQuality: {
    grammar: keyword("fast", "exact"),
    traced: true,
    default: "fast",
    about:
      "fast decodes at the nearest larger size and averages boxes of pixels before much is shrunk; exact weighs every pixel of the source.",
  },
  LinearLight: {
    grammar: flag,
    traced: true,
    default: "0",
    about: "Whether pictures are scaled in linear light instead of in encoded values, which takes longer.",
  },
  MaxSourcePixels: {
    grammar: positive,
    traced: false,
    default: "400000000",
    about: "Largest source picture, in pixels.",
  },
  MaxWholeSourcePixels: {
    grammar: positive,
    traced: false,
    default: "16000000",
    about: "The same of formats that are decoded as a whole, since they have no decoder that goes by rows: WebP.",
  },
  Truncated: {
    grammar: keyword("accept", "refuse"),
    traced: false,
    default: "accept",
    about:
      "What becomes of a source of which data is missing: accept makes the picture of what is there, with a warning; refuse is an error wherever there would be that warning.",
  },
  MemoryBudget: {
    grammar: positive,
    // What fits decides how a picture is encoded (save-contract "Effort").
    traced: true,
    default: "104857600",
    about:
      "Bytes that all pictures in the making may hold, with the kernels and codecs that are kept for the next ones: a picture that takes more is refused, one that finds too little left waits. An isolate has 128 MB for everything.",
  },
  MaxRenderRgnPixels: {
    grammar: positive,
    traced: false,
    default: "16000000",
    about: "Largest picture that is answered, in pixels.",
  },
  MaxSavePixels: {
    grammar: positive,
    traced: false,
    default: "100000000",
    about: "Largest picture that is saved, in pixels, where neither its encoder nor MemoryBudget allows less.",
  },
  ServerTiming: {
    grammar: flag,
    default: "0",
    about: "Whether replies tell in the header Server-Timing where their time went.",
  },
  ImageTimeout: { grammar: positive, default: "30000", about: "Milliseconds that req=img may take." },
} as const satisfies Readonly<Record<string, SettingRow>>;
