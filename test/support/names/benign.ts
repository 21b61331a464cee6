import { rows, saved } from "./row.ts";

/** Names as people give them: each is one. */
export const BENIGN = rows(
  ["a.jpg", saved("a.jpg"), "the simplest"],
  ["hero-800.jpg", saved("hero-800.jpg"), "with its size"],
  ["spring/hero-800.jpg", saved("spring/hero-800.jpg"), "in a folder"],
  ["Spring/a.jpg", saved("Spring/a.jpg"), "case matters"],
  ["2026/11/23/a.png", saved("2026/11/23/a.png"), "in folders of folders"],
  ["a b.jpg", saved("a b.jpg"), "with a space"],
  ["a%20b.jpg", saved("a b.jpg"), "with a space, encoded"],
  ["gr\u00fcn.png", saved("gr\u00fcn.png"), "with an umlaut"],
  ["%E6%97%A5%E6%9C%AC.webp", saved("\u65e5\u672c.webp"), "in Japanese, encoded"],
  ["\u{1f44d}\u{1f3fd}.jpg", saved("\u{1f44d}\u{1f3fd}.jpg"), "with a sign of two characters"],
  ["a@2x.png", saved("a@2x.png"), "with its density"],
  ["a (1).jpg", saved("a (1).jpg"), "a second copy"],
  ["a_b-c~d!e.jpg", saved("a_b-c~d!e.jpg"), "with marks"],
  ["[a]{b}.jpg", saved("[a]{b}.jpg"), "with brackets"],
  ["a'b\"c.jpg", saved("a'b\"c.jpg"), "with quotation marks"],
  ["<a>^`|b.jpg", saved("<a>^`|b.jpg"), "with what URL parsers encode, and what they do not"],
  ["-rf *.jpg", saved("-rf *.jpg"), "what only shells mind"],
  ["a.b.c.png", saved("a.b.c.png"), "with more dots"],
);
