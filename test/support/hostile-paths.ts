import fc from "fast-check";

/** What leads somewhere else, where anybody takes it for what it looks like. */
const FRAGMENTS = [
  ...["..", ".", "/", "\\", "../", "./", "//", "..;/", "%2e", "%2f", "%5c", "%252e", "%252f", "%c0%ae", "%e0%80%af"],
  ...["%00", "%0a", "%ff", "%", "+", " ", "#", ";", "C:", "file:", "https://", "~", "\0", "\n", "\t"],
  ...["\u2024", "\uff0e", "\u2215", "\uff0f", "\u202e", "\u2028", "\ufffd", "\ufeff", "\u0301", "\u0338", "\u212a"],
  ...["&name=", "&req=img", "&amp;", "&req=saveToFile", "?x=1", "?name=", "$x$", "&$x=..", "$object$", "&$m$", "&.x"],
  ...["{", "}", "(", ")", "is{", "&src=is{q?", "&layer=1", "&fmt=png", "&wid=1", "&timeout=9"],
  ...["catalogs", ".provenance", "saved", "shop", "a", "e", "\u00e9", ".jpg", ".png", ".html", ".JPG"],
];

/** One character as somebody may write it: as it is, encoded once, twice or three times. */
const encoded = (character: string, times: number): string =>
  times === 0 ? character : encoded(encodeURIComponent(character).replace(/^[^%]$/, hex), times - 1);

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

const times = fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 3 }));
const characters = fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).map((text) => text.toWellFormed());
const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...FRAGMENTS) },
  { weight: 1, arbitrary: characters },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 4 }) },
);
const mixtures = fc
  .array(fc.tuple(pieces, times), { maxLength: 8 })
  .map((parts) => parts.map(([text, often]) => Array.from(text, (one) => encoded(one, often)).join("")).join(""));

/** Names as they stand behind `name=`: mixtures, now and then with an end that lets them be saved. */
export const hostileNames: fc.Arbitrary<string> = fc.oneof(
  mixtures,
  mixtures.map((text) => `${text}.jpg`),
  mixtures.map((text) => `a/${text}/b.jpg`),
  fc.string({ unit: "binary", maxLength: 40 }).map((text) => encodeURIComponent(text.toWellFormed())),
);

/** Settings that name a folder, or should. */
export const hostileFolders: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("./", ".", "", "/", "shop", "/shop/", "./shop/web", "shop/web", "saved", "e\u0301", "a b"),
  fc.constantFrom("..", "../x", "shop/..", "shop//web", ".provenance", "shop/.provenance", "a\\b", "C:", "\u2024"),
  mixtures,
);
