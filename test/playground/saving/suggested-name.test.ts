import { expect, test } from "vitest";
import { suggestedName } from "../../../playground/saving/suggested-name.ts";

test.each([
  ["harbour.jpg", "image/webp", "harbour.webp"],
  ["shop/a%20b.png", "image/jpeg", "a b.jpg"],
  ["100%", "image/png", "100%.png"],
  ["", undefined, "picture.jpg"],
])("for %s as %s the name %s is suggested", (object, mime, name) => {
  expect(suggestedName(object, mime)).toBe(name);
});
