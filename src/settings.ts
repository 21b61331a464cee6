import { Fault } from "./faults.ts";
import type { PlanSettings } from "./plan/plan.ts";
import { addressRanges } from "./protocol/grammar/addresses.ts";
import { fields } from "./protocol/grammar/compound.ts";
import type { GrammarValue, Reader } from "./protocol/grammar/grammar.ts";
import { anyText, flag, int, keyword, real } from "./protocol/grammar/scalar.ts";
import { isWrong, shown } from "./protocol/problem.ts";
import { extension, filter, folder, macros, origins, positive, rgb, size, type Written } from "./setting-grammars.ts";

interface Described {
  /** As it would stand in wrangler.toml. */
  readonly default: string;
  readonly about: string;
}

/**
 * `traced`: what is saved may depend on it, so that the provenance of a rendition names it where it is not at its default.
 * What only refuses is not, nor what the request says by the time that it is kept (serve/save/provenance.ts).
 */
export type SettingRow = Described &
  (
    | { readonly grammar: Reader<unknown>; readonly traced?: false }
    | { readonly grammar: Written<unknown>; readonly traced: true }
  );

/** What planning depends on says whether it is traced: there is everything decided, so nobody forgets to ask. */
type Judged = Readonly<Record<keyof PlanSettings, SettingRow & { readonly traced: boolean }>>;

/**
 * Every setting of the Worker, by its name in `[vars]`. The names are those of the protocol's attributes and server
 * settings where it has them. Read by `readSettings` and by docs/settings.md.
 */
export const SETTINGS = {
  RootPath: { grammar: folder, traced: true, default: "", about: "Folder of SOURCES in which objects are looked up." },
  DefaultExt: {
    grammar: extension,
    traced: true,
    default: "",
    about: "Extension that is tried first for an object without one.",
  },
  DefaultPix: {
    grammar: size,
    traced: true,
    default: "0,0",
    about: "Largest picture where a request gives no wid, hei or scl; 0 is unconstrained.",
  },
  MaxPix: {
    grammar: size,
    // A reply with dpr= becomes no larger than this.
    traced: true,
    default: "0,0",
    about: "Largest picture that is made; a larger one is refused. 0,0 is unlimited.",
  },
  DefaultUpscale: {
    grammar: flag,
    traced: true,
    default: "0",
    about: "Whether fit= may enlarge where it does not say so itself.",
  },
  BkgColor: { grammar: rgb, traced: true, default: "ffffff", about: "Default of bgc=." },
  JpegQuality: {
    grammar: fields({ quality: int({ min: 1, max: 100 }) }, { chroma: flag }),
    traced: true,
    default: "80,0",
    about: "Default of qlt=.",
  },
  ResMode: {
    grammar: filter,
    traced: true,
    default: "sharp2",
    about: "Default of resMode=; the numbers of catalogs are understood.",
  },
  Resolution: {
    grammar: real({ above: 0 }),
    traced: true,
    default: "72",
    about: "Resolution of sources, to which `res=` relates, in the same unit.",
  },
  Expiration: {
    grammar: real({ min: -1, max: 100_000 }),
    default: "10",
    about: "Hours for which a picture may be cached; 0 is not at all, -1 is for ever.",
  },
  ErrorDetail: {
    grammar: int({ min: 0, max: 3 }),
    default: "0",
    about:
      "How much an error says: 0 and 1 a sentence, and what was wrong with the request; 2 and 3 keys and settings too.",
  },
  Macros: {
    grammar: macros,
    default: "{}",
    about: 'Macros by name, for as long as there are no catalogs: [vars.Macros] with name = "modifiers".',
  },
  UnknownMacro: {
    grammar: keyword("error", "ignore"),
    // Where a macro was passed over, rules are not checked to which it may have been the answer (protocol/read.ts).
    traced: true,
    default: "error",
    about: "Whether the call of a macro that does not exist is an error or is passed over.",
  },
  RequestLock: {
    grammar: flag,
    default: "0",
    about: "Whether modifiers must end in their lock &xxxx, of 16 bits: a typing check, not access control.",
  },
  RequestObfuscation: {
    grammar: keyword("0", "1"),
    default: "0",
    about: "1 where modifiers arrive in base64, lock included.",
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
  ClientAddressFilter: {
    grammar: addressRanges,
    default: "",
    about:
      "Addresses and ranges, IPv4 and IPv6, from which requests are answered, saves among them; others are refused. Compared with CF-Connecting-IP; empty is everybody.",
  },
  SavePath: {
    grammar: anyText,
    default: "",
    about: "Folder below SaveDirectory into which req=saveToFile saves; empty switches saving off.",
  },
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
    about: "Largest picture, in pixels, on which SaveEffort = small spends anything, whatever its format.",
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
} as const satisfies Readonly<Record<string, SettingRow>> & Judged;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [N in SettingName]: GrammarValue<(typeof SETTINGS)[N]["grammar"]> };

/**
 * Reads every setting from the Worker's variables; absent ones have their default.
 *
 * @throws Fault `settings` naming the first that cannot be understood
 */
export function readSettings(vars: Readonly<Record<string, unknown>>): Settings {
  const entries = (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const row: SettingRow = SETTINGS[name];
    const given = vars[name];
    const text = given === undefined ? row.default : settingText(given);
    const value = row.grammar.read(text);
    if (isWrong(value)) {
      throw new Fault("settings", `${name}: wants ${value.wanted}, got ${shown(value.got)}`);
    }
    return [name, value] as const;
  });
  const settings = Object.fromEntries(entries) as Settings;
  if (settings.SaveTimeout > settings.MaxSaveTimeout) {
    throw new Fault("settings", `SaveTimeout: wants at most MaxSaveTimeout, got ${settings.SaveTimeout}`);
  }
  return settings;
}

/** `[vars]` may hold numbers, booleans, lists and tables as well as text. */
function settingText(given: unknown): string {
  if (Array.isArray(given)) return given.join(",");
  return typeof given === "object" ? JSON.stringify(given) : String(given);
}
