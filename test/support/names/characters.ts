import { IN_URL } from "../carriages.ts";
import { BIDI, CONTROL, LINE_SEPARATOR, type NameRow, NOT_UTF8, REPLACED, rows, saved } from "./row.ts";

/** Each Bidi_Control character, encoded. Source: Unicode, PropList.txt. */
const BIDI_CONTROLS = [
  ...["%d8%9c", "%e2%80%8e", "%e2%80%8f"],
  ...["%e2%80%aa", "%e2%80%ab", "%e2%80%ac", "%e2%80%ad", "%e2%80%ae"],
  ...["%e2%81%a6", "%e2%81%a7", "%e2%81%a8", "%e2%81%a9"],
];

const TAKEN_OFF = "URL parsers take raw tabs and line ends off";

/** A quirk of the runtime: WHATWG replaces it. No URL that comes over a wire has it. */
const AS_IT_IS = { by: IN_URL, outcome: NOT_UTF8, why: "the runtime's URL parser encodes it as it is" } as const;

/** Characters that are in no name, and bytes that are no characters. */
export const CHARACTERS: readonly NameRow[] = [
  ...rows(
    ["a%00.jpg", CONTROL, "NUL"],
    ["%00", CONTROL, "nothing but NUL"],
    ["a.jpg%00", CONTROL, "NUL at the end"],
    ["a.jpeg%00.html", CONTROL, "cut off at NUL it would be an image"],
    ["a.php%00.jpg", CONTROL, "cut off at NUL it would be a program"],
    ["a\0.jpg", CONTROL, "a raw NUL"],
    ["a%0d%0aSet-Cookie:%20x=1.jpg", CONTROL, "a header of its own, if the name stood in one"],
    ["a%0a%0astatus=done.jpg", CONTROL, "a property of its own, if the answer were not escaped"],
    ["a%0a.jpg", CONTROL, "a line feed"],
    ["a%0d.jpg", CONTROL, "a carriage return"],
    ["a%09.jpg", CONTROL, "a tab"],
    ["a%08.jpg", CONTROL, "a backspace"],
    ["a%1b%5b2J.jpg", CONTROL, "an escape sequence of terminals"],
    ["a%1f.jpg", CONTROL, "the last of the C0 controls"],
    ["a%7f.jpg", CONTROL, "delete"],
    ["a%c2%80.jpg", CONTROL, "the first of the C1 controls"],
    ["a%c2%85.jpg", CONTROL, "a line end of old"],
    ["a%c2%9f.jpg", CONTROL, "the last of the C1 controls"],
    ["a%c2%a0.jpg", saved("a\u00a0.jpg"), "the first character behind them"],
    ["a\n.jpg", CONTROL, "a raw line feed", { by: IN_URL, outcome: saved("a.jpg"), why: TAKEN_OFF }],
    ["a\r\n.jpg", CONTROL, "a raw line end", { by: IN_URL, outcome: saved("a.jpg"), why: TAKEN_OFF }],
    ["a\t.jpg", CONTROL, "a raw tab", { by: IN_URL, outcome: saved("a.jpg"), why: TAKEN_OFF }],

    ["a%e2%80%a8.jpg", LINE_SEPARATOR, "a line separator"],
    ["a%e2%80%a9.jpg", LINE_SEPARATOR, "a paragraph separator"],
    ["a\u2028.jpg", LINE_SEPARATOR, "a raw line separator"],
    ["a\u202egpj.exe.jpg", BIDI, "shown as a…gpj.exe.jpg in reverse"],

    ["a%ef%bf%bd.jpg", REPLACED, "what decoders write for what they could not read"],
    ["%ef%bf%bd", REPLACED, "and nothing else"],
    ["a\ud800.jpg", REPLACED, "half of a surrogate pair: encoders replace it", AS_IT_IS],
    ["a\udfff.jpg", REPLACED, "the other half", AS_IT_IS],
    ["a%ed%a0%80.jpg", NOT_UTF8, "half of a surrogate pair, encoded"],
    ["a%ed%bf%bf.jpg", NOT_UTF8, "the other half, encoded"],
    ["%ed%a0%bd%ed%b8%80.jpg", NOT_UTF8, "a pair as CESU-8 writes it"],
    ["%f0%9f%98%80.jpg", saved("\u{1f600}.jpg"), "the same character as UTF-8 writes it"],
    ["a%ff.jpg", NOT_UTF8, "a byte that is never in UTF-8"],
    ["a%80.jpg", NOT_UTF8, "a byte that continues nothing"],
    ["a%e9.jpg", NOT_UTF8, "ISO-8859-1: a guess would save under another name"],
    ["%c3%a9%e9.jpg", NOT_UTF8, "both"],
    ["a%c3.jpg", NOT_UTF8, "a character that is cut off"],
    ["a.jpg%e2%82", NOT_UTF8, "cut off at the end"],
    ["a%f4%90%80%80.jpg", NOT_UTF8, "the first number beyond Unicode"],
    ["\u00e9%ff.jpg", NOT_UTF8, "a raw character beside a broken one"],
  ),
  ...rows(...BIDI_CONTROLS.map((encoded) => [`a${encoded}.jpg`, BIDI, "turns the direction of reading"] as const)),
];
