import { fields } from "../../protocol/grammar/compound.ts";
import type { Reader } from "../../protocol/grammar/grammar.ts";
import { int, keyword, real } from "../../protocol/grammar/scalar.ts";
import { isWrong, type Wrong, wrong } from "../../protocol/problem.ts";
import { goesUp, hasControls, LONGEST_PATH } from "../files/path-text.ts";

/** No number, date or list of a few of them is as long: longer ones are not even cut into their parts. */
const LONGEST_VALUE = 200;
/** Of a length in pixels: larger ones fail explicitly (protocol.md 2.1). */
const DIGITS = 9;

/** Refuses long texts before a grammar takes them apart. */
export function short<T>({ wants, read }: Reader<T>): Reader<T> {
  return { wants, read: (text) => (text.length > LONGEST_VALUE ? wrong(wants, text) : read(text)) };
}

/** Text of any kind: lines and tabs may be in it, zeros never are. */
export const recordText: Reader<string> = checked("text without NUL", (text) => !text.includes("\0"));

/** A path of a file, relative or absolute, in NFC as keys are. Source: protocol.md 6.4, 2.5. */
export const filePath: Reader<string> = {
  wants: "a path without .. elements and control characters",
  read(text) {
    if (text.length > LONGEST_PATH) return wrong(`at most ${LONGEST_PATH} characters`, text);
    return hasControls(text) || goesUp(text) ? wrong(filePath.wants, text) : text.normalize("NFC");
  },
};

/** Hours: 0 or more, −1 for ever, −2 what the attribute says. Source: protocol.md 6.4. */
export const recordHours: Reader<number> = {
  wants: "hours of at least 0, -1 or -2",
  read(text) {
    const value = HOURS.read(text);
    return isWrong(value) || (value < 0 && value !== -1 && value !== -2) ? wrong(recordHours.wants, text) : value;
  },
};
const HOURS = short(real({ min: -2, max: 100_000 }));

/** `w,h` in pixels. */
export const pixelSize: Reader<{ readonly width: number; readonly height: number }> = {
  wants: "width,height, whole numbers of pixels > 0",
  // By hand: many catalogs have one in every record, and `fields` makes a dozen objects of each.
  read(text) {
    const comma = text.indexOf(",");
    const [width, height] = [wholeNumber(text, 0, comma), wholeNumber(text, comma + 1, text.length)];
    return width > 0 && height > 0 ? { width, height } : wrong(pixelSize.wants, text);
  },
};

/** The digits of a part of a text; 0 where it has anything else, or too many of them. */
function wholeNumber(text: string, from: number, to: number): number {
  if (to <= from || to - from > DIGITS) return 0;
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return 0;
    number = number * 10 + digit;
  }
  return number;
}
export const bitRate = short(int({ min: 0 }));

/** The name of a profile, which is a key of the ICC profile map. */
export const profileName: Reader<string> = checked(
  "the name of a profile, without a comma",
  (text) => !/[,\0]/.test(text),
);

export const assetType = keyword("MEDIASET", "SPINSET", "SPINSET2D", "VIDEOSET", "IMAGESET", "ECATALOG");

/** `type,flags,val1,val2`: what is embedded, of which content, with which numbers. */
export const digimarcInfo = short(
  fields({ type: int({ min: 0, max: 4 }), flags: int({ min: 0, max: 7 }), val1: int(), val2: int() }),
);

/** Braces and parentheses come in pairs, whatever the set is of. Source: protocol.md 4.5. */
export const imageSet: Reader<string> = checked("a set whose braces and parentheses come in pairs", isBalanced);

function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const character of text) {
    if (character === "{") open.push("}");
    else if (character === "(") open.push(")");
    else if ((character === "}" || character === ")") && open.pop() !== character) return false;
    else if (character === "\0") return false;
  }
  return open.length === 0;
}

function checked(wants: string, isRight: (text: string) => boolean): Reader<string> {
  return { wants, read: (text): string | Wrong => (isRight(text) ? text : wrong(wants, text)) };
}
