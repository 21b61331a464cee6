import { muchTooLong, rows, saved, tooLong } from "./row.ts";

/** Keys are SavePath, a slash and the name: those of the tests begin with eight bytes, `saved/1/`. */
const LONGEST = 1024 - "saved/1/".length;

const ascii = (bytes: number) => `${"a".repeat(bytes - 4)}.jpg`;
const accented = (bytes: number, letter = "\u00e9") =>
  `${letter.repeat((bytes - 4) / 2)}${"a".repeat((bytes - 4) % 2)}.jpg`;
const smileys = (bytes: number) => `${"\u{1f600}".repeat((bytes - 4) / 4)}.jpg`;
/** Three characters that are one in NFC, of two bytes: nothing shrinks more (test/store/normal-form.test.ts). */
const DECOMPOSED = "U\u0308\u0304";
const shrunk = (count: number, letter: string) => `${letter.repeat(count)}${ascii(LONGEST - 2 * count)}`;

/** Names as long as a key may be, and longer. */
export const LENGTHS = rows(
  [ascii(LONGEST), saved(ascii(LONGEST)), "a key of 1,024 bytes"],
  [ascii(LONGEST + 1), tooLong(1025), "a key of 1,025 bytes"],
  [accented(LONGEST), saved(accented(LONGEST)), "1,024 bytes in half as many characters"],
  [accented(LONGEST + 1), tooLong(1025), "1,025 bytes in half as many characters"],
  [encodeURIComponent(accented(LONGEST)), saved(accented(LONGEST)), "1,024 bytes, each encoded"],
  [encodeURIComponent(accented(LONGEST + 1)), tooLong(1025), "1,025 bytes, each encoded"],
  [smileys(LONGEST), saved(smileys(LONGEST)), "1,024 bytes in a fourth as many characters"],
  [`a${smileys(LONGEST)}`, tooLong(1025), "1,025 bytes in a fourth as many characters"],
  [accented(LONGEST, "e\u0301"), saved(accented(LONGEST)), "1,024 bytes in NFC, more as it comes"],
  [accented(LONGEST + 1, "e\u0301"), tooLong(1025), "1,025 bytes in NFC"],
  [shrunk(500, DECOMPOSED), saved(shrunk(500, "\u01d5")), "1,024 bytes in NFC, of more than 1,024 characters"],
  [`a${shrunk(500, DECOMPOSED)}`, tooLong(1025), "one byte more"],
  [
    `${"a/".repeat((LONGEST - 6) / 2)}aa.jpg`,
    saved(`${"a/".repeat((LONGEST - 6) / 2)}aa.jpg`),
    "five hundred folders inside one another",
  ],
  [`${"a/".repeat(600)}a.jpg`, tooLong(1213), "six hundred folders inside one another"],
  [`${"a".repeat(300)}/b.jpg`, saved(`${"a".repeat(300)}/b.jpg`), "a segment that no file system would take"],
  [ascii(2048), tooLong(2056), "twice too long"],
  [ascii(2049), muchTooLong(2049), "so long that it is not looked at any further"],
  [ascii(60_000), muchTooLong(60_000), "as long as a form may be"],
  [`a${"\u0316\u0301".repeat(3000)}.jpg`, muchTooLong(6005), "a pile of accents that would take long to sort"],
);
