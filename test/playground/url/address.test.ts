import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeOf, readAddress, sentAddress, writeAddress } from "../../../playground/url/address.ts";

describe("a URL is read however it comes", () => {
  test.each([
    ["/is/image/a/b.jpg?wid=1", { object: "a/b.jpg", query: "wid=1" }],
    ["https://s7d1.scene7.com/is/image/Shop/shoe?$pdp$&wid=1", { object: "Shop/shoe", query: "$pdp$&wid=1" }],
    ["http://localhost:8787/prefix/is/image/a", { object: "a", query: "" }],
    ["harbour.jpg", { object: "harbour.jpg", query: "" }],
    ["a?src=is{b?wid=1}", { object: "a", query: "src=is{b?wid=1}" }],
    [" /is/image/a?wid=1\n", { object: "a", query: "wid=1" }],
    ["", { object: "", query: "" }],
  ])("%s", (text, address) => {
    expect(readAddress(text)).toEqual(address);
    expect(readAddress(writeAddress(address))).toEqual(address);
  });
});

test("What is sent is what a browser sends: it escapes nothing more, and cuts nothing off.", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (query) => {
      const sent = sentAddress({ object: "a", query });
      expect(new URL(sent, "https://pictures.example").search.slice(1)).toBe(sent.slice("/is/image/a?".length));
    }),
  );
});

test("A position in what was sent is found again in what was written.", () => {
  expect(placeOf("name=é&wid=x", "name=%C3%A9&wid=x".indexOf("x"))).toBe("name=é&wid=x".indexOf("x"));
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
      // What a lone surrogate joins with what follows is a character of its own.
      fc.pre(before.isWellFormed() && after.isWellFormed());
      const sent = sentAddress({ object: "", query: before }).slice("/is/image/?".length);
      expect(placeOf(`${before}x${after}`, before === "" ? 0 : sent.length)).toBe(before.length);
    }),
  );
});
