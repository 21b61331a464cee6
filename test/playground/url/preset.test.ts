import { expect, test } from "vitest";
import { presetIn, withPreset } from "../../../playground/url/preset.ts";

test.each([
  ["$pdp$&wid=1", "pdp"],
  ["wid=1&$Large$", "large"],
  ["$size=5&wid=$size$", ""],
  ["", ""],
])("%s calls %j", (query, name) => {
  expect(presetIn(query)).toBe(name);
});

test("A preset stands before all else, where everything overrides it, and takes the place of another.", () => {
  expect(withPreset("wid=1", "pdp")).toBe("$pdp$&wid=1");
  expect(withPreset("wid=1&$old$&hei=2", "pdp")).toBe("$pdp$&wid=1&hei=2");
  expect(withPreset("$old$&wid=1", "")).toBe("wid=1");
  expect(withPreset("", "pdp")).toBe("$pdp$");
});
