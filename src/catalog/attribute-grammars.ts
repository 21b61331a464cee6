import { colour } from "../protocol/grammar/colour.ts";
import { fields } from "../protocol/grammar/compound.ts";
import { folderPath } from "../protocol/grammar/folder.ts";
import type { Reader, Written } from "../protocol/grammar/grammar.ts";
import { mapped } from "../protocol/grammar/mapped.ts";
import { anyText, int, keyword, real } from "../protocol/grammar/scalar.ts";
import { wrong } from "../protocol/problem.ts";
import { opaqueRgb, type Rgb } from "../protocol/rgb.ts";

export const folder: Written<string> = { ...mapped(anyText, folderPath), write: (path) => path };
export const extension: Written<string> = {
  ...mapped(anyText, (text) => text.replace(/^\./, "")),
  write: (text) => text,
};
/** In pixels; 0 is unconstrained. */
export const size = fields({ width: int({ min: 0 }), height: int({ min: 0 }) });
/** As requests write colours, of which `80ff00` and `0x80ff00` are those of catalogs. Source: protocol.md 2.3. */
export const opaqueColour: Written<Rgb> = { ...mapped(colour, opaqueRgb), write: (levels) => levels.join(",") };
/** Hours; 0 is not at all, −1 for ever. */
export const hours = real({ min: -1, max: 100_000 });

type FilterName = "bilin" | "bicub" | "sharp2" | "bisharp";

/** The numbers that catalogs write for a filter, and the words of `resMode=`. */
const FILTER_WORDS: Readonly<Record<string, FilterName>> = {
  ...{ bilin: "bilin", bicub: "bicub", sharp2: "sharp2", bisharp: "bisharp", sharp: "sharp2" },
  ...{ 1: "sharp2", 2: "bilin", 3: "bicub", 4: "sharp2", 5: "bisharp" },
};
export const filter: Written<FilterName> = {
  ...mapped(
    keyword("bilin", "bicub", "sharp2", "bisharp", "sharp", "1", "2", "3", "4", "5"),
    (word) => FILTER_WORDS[word] ?? "sharp2",
  ),
  write: (name) => name,
};

/** Kinds of content by what they are asked for as. Source: protocol.md 6.2, `AllowDirectAccess`. */
const CONTENT_KINDS = ["SVG", "IS", "STATIC", "FXG", "FLA", "IR_VNT", "IR_MAT"] as const;
type ContentKind = (typeof CONTENT_KINDS)[number];

/** `[include:|exclude:]type,…`: the kinds of content that may be asked for by their paths. */
export const directAccess: Reader<ReadonlySet<ContentKind>> = {
  wants: `include: or exclude:, and of ${CONTENT_KINDS.join(", ")} those that are meant`,
  read(value) {
    const [, mode = "", list = ""] = /^\s*(?:(include|exclude)\s*:)?(.*)$/is.exec(value) ?? [];
    const named = list.split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
    const other = named.find((word) => !CONTENT_KINDS.some((kind) => kind === word.toUpperCase()));
    if (other !== undefined) return wrong(directAccess.wants, other);
    const isNamed = (kind: ContentKind) => named.some((word) => word.toUpperCase() === kind);
    const excludes = mode.toLowerCase() === "exclude";
    return new Set(CONTENT_KINDS.filter((kind) => isNamed(kind) !== excludes));
  },
};
