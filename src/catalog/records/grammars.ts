import type { Reader } from "../../protocol/grammar/grammar.ts";
import { anyText, int, keyword, real } from "../../protocol/grammar/scalar.ts";
import { isWrong, wrong } from "../../protocol/problem.ts";
import { goesUp, hasControls, LONGEST_PATH } from "../files/path-text.ts";
import { short, such } from "../refusing.ts";

/** No number, date or list of a few of them is as long: longer ones are not even cut into their parts. */
const LONGEST_VALUE = 200;
/** Of a length in pixels: larger ones fail explicitly (protocol.md 2.1). */
const DIGITS = 9;

/** A value that is no text. */
export function brief<T>(grammar: Reader<T>): Reader<T> {
  return short(grammar, LONGEST_VALUE);
}

/** Text of any kind: lines and tabs may be in it, zeros never are. */
export const recordText: Reader<string> = such("text without NUL", anyText, (text) => !text.includes("\0"));

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
const HOURS = brief(real({ min: -2, max: 100_000 }));

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
export const bitRate = brief(int({ min: 0 }));

/** The name of a profile, which is a key of the ICC profile map. */
export const profileName: Reader<string> = such(
  "the name of a profile, without a comma",
  anyText,
  (text) => !/[,\0]/.test(text),
);

export const assetType = keyword("MEDIASET", "SPINSET", "SPINSET2D", "VIDEOSET", "IMAGESET", "ECATALOG");

/** Braces and parentheses come in pairs, whatever the set is of. Source: protocol.md 4.5. */
export const imageSet: Reader<string> = such("a set whose braces and parentheses come in pairs", anyText, isBalanced);

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
