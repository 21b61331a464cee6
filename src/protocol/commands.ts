import { colour } from "./colour.ts";
import { FORMATS } from "./formats.ts";
import { fields, flag, type Grammar, type GrammarValue, int, keyword, pixels, real, text } from "./grammar.ts";
import { wrong } from "./problem.ts";
import { REQ_TYPES, type ReqType, reqType } from "./req-types.ts";

/** One command of the protocol. */
interface CommandRow {
  readonly scope: "request" | "view";
  readonly grammar: Grammar<unknown>;
  readonly about: string;
  readonly default: string;
  readonly example: string;
  /** Where protocol.md speaks of it. */
  readonly section: string;
}

const req: Grammar<ReqType> = {
  wants: `one of ${REQ_TYPES.map((row) => row.type).join(", ")}`,
  read(value) {
    // What follows the type (`req=props,xml,UTF-8`) is its format; the types built so far have none.
    const [type = ""] = value.split(",");
    return reqType(type)?.type ?? wrong(req.wants, value);
  },
};

const alignment = real({ min: -1, max: 1 });

/**
 * The command table. Parser, types of `plan/`, and docs/commands.md read it.
 * Keys are written as the protocol writes them and are looked up without case.
 */
export const COMMANDS = {
  req: {
    scope: "request",
    grammar: req,
    about: "What is to be done: `img` answers with the picture, `saveToFile` saves it.",
    default: "img",
    example: "req=saveToFile",
    section: "4.1",
  },
  name: {
    scope: "request",
    grammar: text("a relative path"),
    about: "Where `req=saveToFile` saves, below SavePath.",
    default: "none; required by saveToFile",
    example: "name=spring/hero-800.jpg",
    section: "4.4",
  },
  timeout: {
    scope: "request",
    grammar: int({ min: 1 }),
    about: "Milliseconds that `req=saveToFile` may take, from the arrival of the request; at most MaxSaveTimeout.",
    default: "SaveTimeout",
    example: "timeout=20000",
    section: "4.4",
  },
  fmt: {
    scope: "request",
    grammar: fields(
      { format: keyword(...FORMATS.map((row) => row.keyword)) },
      {
        pixelType: keyword("rgb", "gray", "cmyk"),
        compression: keyword("none", "lzw", "zip", "jpeg", "lossy", "lossless"),
      },
    ),
    about: "Encoding of the picture, its pixel type and compression.",
    default: "jpeg,rgb",
    example: "fmt=png-alpha",
    section: "3.2",
  },
  qlt: {
    scope: "request",
    grammar: fields({ quality: int({ min: 1, max: 100 }) }, { chroma: flag }),
    about: "JPEG quality, and whether chroma keeps its full resolution (1) or half of it (0).",
    default: "JpegQuality",
    example: "qlt=85,1",
    section: "3.1",
  },
  resMode: {
    scope: "request",
    grammar: keyword("bilin", "bicub", "sharp2", "bisharp", "sharp", "trilin"),
    about:
      "Filter of every scaling: bilinear, bicubic, Lanczos, or a sharper bicubic. `sharp` is `sharp2`, `trilin` `bilin`.",
    default: "ResMode",
    example: "resMode=bicub",
    section: "3.1",
  },
  wid: {
    scope: "view",
    grammar: pixels,
    about: "Width of the picture in pixels.",
    default: "follows from hei, scl or DefaultPix",
    example: "wid=400",
    section: "5.6",
  },
  hei: {
    scope: "view",
    grammar: pixels,
    about: "Height of the picture in pixels.",
    default: "follows from wid, scl or DefaultPix",
    example: "hei=300",
    section: "5.6",
  },
  scl: {
    scope: "view",
    grammar: real({ above: 0 }),
    about: "Reduces by this factor: 2 is half the size. wid and hei then crop or pad, and fit is not used.",
    default: "none",
    example: "scl=2",
    section: "5.6",
  },
  fit: {
    scope: "view",
    grammar: fields(
      { mode: keyword("fit", "constrain", "crop", "wrap", "stretch", "hfit", "vfit") },
      { upscale: flag },
    ),
    about: "How the picture fills wid × hei, and whether it may be enlarged for it.",
    default: "fit,DefaultUpscale",
    example: "fit=crop,1",
    section: "5.6",
  },
  align: {
    scope: "view",
    grammar: fields({ horizontal: alignment, vertical: alignment }),
    about: "Where the picture lies in a view of another size: −1 left or top, 0 centre, 1 right or bottom.",
    default: "0,0",
    example: "align=-1,0",
    section: "5.6",
  },
  bgc: {
    scope: "view",
    grammar: colour,
    about: "Colour of what the picture does not cover, and behind transparency in formats without it.",
    default: "BkgColor",
    example: "bgc=240,240,240",
    section: "3.3",
  },
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof COMMANDS;

/** The values of a request; a command that it does not have is absent. */
export type CommandValues = { readonly [N in CommandName]?: GrammarValue<(typeof COMMANDS)[N]["grammar"]> };

/** Looked up in a map, never in the object: `constructor` is a legal name in a URL. */
const BY_LOWER_NAME: ReadonlyMap<string, CommandName> = new Map(
  (Object.keys(COMMANDS) as CommandName[]).map((name) => [name.toLowerCase(), name]),
);

export function commandNamed(name: string): CommandName | undefined {
  return BY_LOWER_NAME.get(name.toLowerCase());
}
