import fc from "fast-check";
import { expect, test } from "vitest";
import { propertiesText } from "../../src/serve/properties.ts";

const DATE = new Date(Date.UTC(2026, 10, 22, 14, 3, 11));

test("the answer reads as the contract prints it", () => {
  const text = propertiesText("OK", DATE, { lastUpdated: 1795356191123, status: "done", name: "spring/hero-800.jpg" });
  expect(text).toBe(
    "#S7Z OK\n#Sun Nov 22 14:03:11 UTC 2026\nlastUpdated=1795356191123\nstatus=done\nname=spring/hero-800.jpg\n",
  );
});

test.each([
  ["a=b:c#d!e\\f", "a\\=b\\:c\\#d\\!e\\\\f"],
  ["a\tb\nc\rd\fe", "a\\tb\\nc\\rd\\fe"],
  [" two  spaces ", "\\ two  spaces "],
  ["é€😀", "\\u00E9\\u20AC\\uD83D\\uDE00"],
  ["\u0000\u007f", "\\u0000\\u007F"],
])("the value %j is written as %j", (value, written) => {
  expect(propertiesText("OK", DATE, { name: value })).toContain(`\nname=${written}\n`);
});

/** What `java.util.Properties.load` does to a value. */
function loaded(written: string): string {
  return written.replace(/\\(?:u([0-9A-F]{4})|(.))/g, (_, code: string | undefined, character: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return { t: "\t", n: "\n", r: "\r", f: "\f" }[character] ?? character;
  });
}

test("every value comes back as it was, on one line of plain ASCII", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const text = propertiesText("ERROR", DATE, { message: value });
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
      const lines = text.split("\n");
      expect(lines).toHaveLength(4);
      expect(loaded((lines[2] ?? "").slice("message=".length))).toBe(value);
    }),
  );
});
