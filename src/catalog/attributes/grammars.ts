import { colour } from "../../protocol/grammar/colour.ts";
import { fields } from "../../protocol/grammar/compound.ts";
import { folderPath } from "../../protocol/grammar/folder.ts";
import type { Reader, Written } from "../../protocol/grammar/grammar.ts";
import { mapped } from "../../protocol/grammar/mapped.ts";
import { anyText, flag, int, keyword, real } from "../../protocol/grammar/scalar.ts";
import { objectOrNone } from "../../protocol/grammar/source.ts";
import { isWrong, wrong } from "../../protocol/problem.ts";
import { opaqueRgb, type Rgb } from "../../protocol/rgb.ts";
import { goesUp, hasControls, LONGEST_PATH } from "../files/path-text.ts";
import { QUOTED, quotedList } from "../files/quoted-text.ts";
import { short, such } from "../refusing.ts";

/** Values separated by commas may have white space around these. Source: protocol.md 6.3. */
function spaced<G extends Reader<unknown>>(grammar: G): G {
  const close = (value: string) =>
    value
      .split(",")
      .map((item) => item.trim())
      .join(",");
  return { ...grammar, read: (value: string) => grammar.read(close(value)) };
}

/** As long as a key may be. */
function path<T>(grammar: Reader<T>): Reader<T> {
  return short(grammar, LONGEST_PATH);
}

/** A name or address in one line: a backslash at its end, of a folder on Windows, would have brought the next one with it. */
export const line: Written<string> = {
  ...such("text in one line", anyText, (text) => !hasControls(text)),
  write: (text) => text,
};

export const folder: Written<string> = {
  ...path(
    such(
      "a folder without .. elements, in one line",
      mapped(anyText, folderPath),
      (path) => !goesUp(path) && !hasControls(path),
    ),
  ),
  write: (path) => path,
};
export const extension: Written<string> = {
  ...such(
    "an extension, without slashes, backslashes and two dots in a row",
    mapped(anyText, (text) => text.replace(/^\./, "")),
    (text) => !/[/\\]|\.\./.test(text) && !hasControls(text),
  ),
  write: (text) => text,
};
/** In pixels; 0 is unconstrained. */
export const size = spaced(fields({ width: int({ min: 0 }), height: int({ min: 0 }) }));
/** As requests write colours, of which `80ff00` and `0x80ff00` are those of catalogs. Source: protocol.md 2.3. */
export const opaqueColour: Written<Rgb> = {
  ...spaced(mapped(colour, opaqueRgb)),
  write: (levels) => levels.join(","),
};
export const quality = spaced(fields({ quality: int({ min: 1, max: 100 }) }, { chroma: flag }));
/** Hours; 0 is not at all, −1 for ever. */
export const hours = such("hours, 0..100000, or -1 for ever", real({ min: -1, max: 100_000 }), (value) => {
  return value >= 0 || value === -1;
});

/** Where a catalog lies in URLs: elements of a path, of what may stand there as it is. Source: protocol.md 6.2. */
export const rootId = such(
  "elements of a path, of letters, digits and -._~!$&'()*+;=:@, with single slashes between them",
  anyText,
  (text) =>
    text.split("/").every((element) => /^[A-Za-z0-9\-._~!$&'()*+;=:@]+$/.test(element) && !/^\.\.?$/.test(element)),
);

/** A data file by its path below the folder of catalogs; backslashes are slashes. Source: protocol.md 6.1. */
export const dataFile = path(
  such(
    "the path of a file below catalogs/, without .. elements, that does not end in .ini",
    mapped(anyText, (text) =>
      text
        .replaceAll("\\", "/")
        .replace(/^(?:\.\/)+/, "")
        .normalize("NFC"),
    ),
    (path) => {
      const isRelative = !/^(?:\/|[a-z]:)/i.test(path) && !goesUp(path);
      return isRelative && !hasControls(path) && !/(?:^|\/)$|\.ini$/i.test(path);
    },
  ),
);
/** A picture, or nothing where that switches something off. */
export const picture = path(objectOrNone);

/** A list separated by commas, each item of which may be quoted; for rows whose `quotes` are of the items. */
export function quotedItems<T>(item: Reader<T>, most: number): Reader<readonly T[]> {
  const wants = `at most ${most}, separated by commas, of: ${item.wants}`;
  return {
    wants,
    read(text) {
      const items = quotedList(text);
      if (items === undefined) return wrong(QUOTED, text);
      if (items.length > most) return wrong(wants, text);
      const values: T[] = [];
      for (const { text: written, at } of items) {
        const value = item.read(written);
        if (isWrong(value)) return wrong(value.wanted, value.got, at + value.at);
        values.push(value);
      }
      return values;
    },
  };
}

/** One rule of a map of locales: what a locale, "" for any other, is translated into, in the order in which it is tried. */
export interface LocaleRule {
  readonly locale: string;
  readonly into: readonly string[];
}

/** `locale,into[,into]|…`: items may be empty, not even the locale need be there. Source: protocol.md 1.10. */
export const localeMap: Reader<readonly LocaleRule[]> = {
  wants: "rules locale,text[,text], separated by |",
  read(text) {
    const rules: LocaleRule[] = [];
    for (const rule of text.split("|")) {
      const [locale = "", ...into] = rule.split(",").map((item) => item.trim());
      if (into.length === 0) return wrong(localeMap.wants, rule);
      rules.push({ locale, into });
    }
    return rules;
  },
};

/** `https://images.example/root`, or nothing. Source: protocol.md 6.2 `RootUrl`, A-70. */
export const rootUrl = such("an absolute URL, http, https or ftp, or nothing", line, (url) => {
  return url === "" || /^(?:https?|ftp):\/\/[^\s/]/i.test(url);
});

/** The third and fourth are no longer used, and stay. Source: protocol.md 6.2 `DigimarcId`. */
export const digimarcId = such(
  "creator,pin,,,1..4[,0 or 1]",
  spaced(
    fields(
      { creator: int({ min: 0 }), pin: int({ min: 0 }) },
      { unused: anyText, unusedToo: anyText, durability: int({ min: 1, max: 4 }), chroma: flag },
    ),
  ),
  ({ durability }) => durability !== undefined,
);
/** What is embedded, of which content, with which numbers; of a record, too. Source: protocol.md 6.4 `DigimarcInfo`. */
export const digimarcInfo = spaced(
  fields({ type: int({ min: 0, max: 4 }), flags: int({ min: 0, max: 7 }), val1: int(), val2: int() }),
);

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
