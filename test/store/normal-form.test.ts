import { expect, test } from "vitest";

/** What a name may not have, and what makes segments, drives and schemes of what it has. */
const SPECIAL = /[./\\:\p{Cc}\u2028\u2029\p{Bidi_Control}\ufffd]/u;

const characters = function* () {
  for (let code = 0; code <= 0x10_ffff; code++) {
    if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code);
  }
};

// NFC takes characters apart as NFD does, and puts together only what has come apart: so it is enough to look at each one.
test("no character comes to be a dot, a slash or anything else that names may not have by NFC", () => {
  const made: string[] = [];
  for (const character of characters()) {
    if (!SPECIAL.test(character) && SPECIAL.test(character.normalize("NFD"))) made.push(character);
  }
  expect(made).toEqual([]);
  // It does come to be other ASCII: names are normalised before they are looked at.
  expect("\u212a\u037e\u1fef".normalize("NFC")).toBe("K;`");
});

test("no dot or slash comes to be something else, whatever stands behind it", () => {
  const joined: string[] = [];
  for (const character of characters()) {
    for (const sign of ["/", ".", "\\", ":"]) {
      if (!(sign + character).normalize("NFC").startsWith(sign)) joined.push(sign + character);
    }
  }
  expect(joined).toEqual([]);
});

test("NFC leaves at least two bytes of three characters: twice as many characters as a key has bytes are too many", () => {
  const encoder = new TextEncoder();
  let least = Number.POSITIVE_INFINITY;
  for (const character of characters()) {
    const composed = encoder.encode(character.normalize("NFC")).length;
    least = Math.min(least, composed / Math.max(character.length, character.normalize("NFD").length));
  }
  expect(least).toBe(2 / 3);
});
