import { expect, test } from "vitest";
import { bytesText, timeText } from "../../playground/wording.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.00 kB"],
  [61_234, "61.2 kB"],
  [999_499, "999 kB"],
  [999_500, "1.00 MB"],
  [84_000_000, "84.0 MB"],
  [5e12, "5000 GB"],
])("%i bytes are %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test("Times are whole milliseconds, or seconds with two digits behind the point.", () => {
  expect([timeText(4.4), timeText(999.6), timeText(1234)]).toEqual(["4 ms", "1000 ms", "1.23 s"]);
});
