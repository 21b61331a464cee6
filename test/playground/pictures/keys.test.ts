import { expect, test } from "vitest";
import { keyFor, numberedKey } from "../../../playground/pictures/listing.ts";

test.each([
  ["IMG 0001.JPG", "IMG-0001.JPG"],
  ["a/b\\c?d#e.png", "a-b-c-d-e.png"],
  ["..hidden.jpg", "hidden.jpg"],
  ["e\u0301t\u00e9.jpg", "\u00e9t\u00e9.jpg"],
  ["???", "picture"],
])("a file %j is put as %s", (file, key) => {
  expect(keyFor(file)).toBe(key);
});

test("A number goes before the extension.", () => {
  expect(numberedKey("a.b.jpg", 2)).toBe("a.b-2.jpg");
  expect(numberedKey("shoe", 2)).toBe("shoe-2");
});
