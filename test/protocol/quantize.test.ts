import { expect, test } from "vitest";
import { quantize } from "../../src/protocol/grammar/quantize.ts";

test.each([
  ["adaptive", { type: "adaptive" }, "adaptive"],
  ["WEB,,16", { type: "web", numColors: 16 }, "web,,16"],
  ["mac,off", { type: "mac", dither: "off" }, "mac,off"],
  [
    "web,,,FF0080,000001",
    {
      type: "web",
      colorList: [
        [255, 0, 128],
        [0, 0, 1],
      ],
    },
    "web,,,ff0080,000001",
  ],
])("quantize=%s is read, and written as it is read again", (text, value, written) => {
  expect(quantize.read(text)).toEqual(value);
  expect(quantize.write(value as never)).toBe(written);
  expect(quantize.read(written)).toEqual(value);
});

test.each([
  "",
  "best",
  "web,on",
  "web,off,1",
  "web,off,257",
  "web,off,2.5",
  "web,,,0xff0000",
  "web,,,ff00",
  `web,,${",000000".repeat(257)}`,
])("quantize=%s is refused", (text) => expect(quantize.read(text)).toHaveProperty("wanted"));
