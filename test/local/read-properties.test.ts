import fc from "fast-check";
import { expect, test } from "vitest";
import { propertiesText } from "../../src/serve/properties.ts";
import { readProperties } from "../../src/serve/read-properties.ts";

test("What the server writes is read: any names, any values.", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), text), (properties) => {
      const read = readProperties(propertiesText("OK", new Date(0), properties));
      expect(read).toEqual({ outcome: "OK", at: 0, values: new Map(Object.entries(properties)) });
    }),
  );
});
