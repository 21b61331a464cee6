import { anyText, flag, int, keyword } from "../protocol/grammar/scalar.ts";
import { origins, positive } from "./grammars.ts";
import type { SettingRow } from "./row.ts";

/** Saving: who may, where, and what is spent on it. */
export const SAVING_SETTINGS = {
  SaveDirectory: { grammar: anyText, default: "./", about: "Folder of SAVES below which SavePath lies." },
  SaveAccess: {
    grammar: keyword("token", "signed", "public"),
    default: "token",
    about:
      "Who may save: token asks for the secret SAVE_TOKEN, signed for a URL signed with the secret SIGN_KEY; public asks nothing and is for local use.",
  },
  MaxSignedLife: {
    grammar: positive,
    default: "86400",
    about:
      "Seconds for which a signed URL may still be valid when it arrives; one that is valid for longer is refused.",
  },
  SaveOrigins: {
    grammar: origins,
    default: "",
    about: "Origins, separated by commas, whose pages may save across sites.",
  },
  SaveTimeout: {
    grammar: positive,
    traced: true,
    default: "60000",
    about: "Default of timeout=, in milliseconds.",
  },
  MaxSaveTimeout: {
    grammar: positive,
    default: "300000",
    about: "Largest timeout=, in milliseconds; a larger one is refused.",
  },
  SaveEffort: {
    grammar: keyword("small", "fast"),
    traced: true,
    default: "small",
    about: "Whether time is spent on making saved files small, or saves are encoded as fast as replies.",
  },
  MozjpegMaxPixels: {
    grammar: int({ min: 0 }),
    traced: true,
    default: "1000000",
    about:
      "Largest picture, in pixels, that SaveEffort = small has encoded by MozJPEG, the png crate, oxipng or libwebp's slow method, which hold all of it; larger JPEGs and PNGs are made small by our own encoders.",
  },
  OxipngLevel: {
    grammar: int({ min: 0, max: 6 }),
    traced: true,
    default: "0",
    about:
      "Level of oxipng, which makes saved PNGs smaller with SaveEffort = small, as far as time and memory suffice; 0 is without it.",
  },
  CommitGrace: {
    grammar: int({ min: 0 }),
    default: "10000",
    about: "Milliseconds past the deadline for which the bucket's word on a finished write is awaited.",
  },
  CreateFolders: { grammar: flag, default: "0", about: "Whether a save may go into a folder that does not exist." },
  Overwrite: {
    grammar: flag,
    default: "1",
    about: "Whether a save replaces what is there; else only a POST that names its version by If-Match does.",
  },
  NameDecidesFormat: {
    grammar: flag,
    traced: false,
    default: "1",
    about: "Whether the extension of name= decides where fmt= is absent.",
  },
  SavedCacheControl: {
    grammar: anyText,
    default: "public, max-age=60",
    about: "Cache-Control of saved objects, for whoever serves them.",
  },
  SharedBucket: {
    grammar: flag,
    default: "0",
    about: "Says that SOURCES and SAVES are meant to be one bucket in which saves may go among the sources.",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;
