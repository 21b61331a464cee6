import fc from "fast-check";
import { expect, test } from "vitest";
import { readProperties } from "../../../playground/saving/properties.ts";
import { suggestedName } from "../../../playground/saving/suggested-name.ts";
import { propertiesText } from "../../../src/serve/properties.ts";

test("What the server writes is read: any names, any values.", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), text), (properties) => {
      const written = propertiesText("OK", new Date(0), properties);
      expect(new Map(readProperties(written))).toEqual(new Map(Object.entries(properties)));
    }),
  );
});

test.each([
  ["harbour.jpg", "image/webp", "harbour.webp"],
  ["shop/a%20b.png", "image/jpeg", "a b.jpg"],
  ["100%", "image/png", "100%.png"],
  ["", undefined, "picture.jpg"],
])("for %s as %s the name %s is suggested", (object, mime, name) => {
  expect(suggestedName(object, mime)).toBe(name);
});
