import fc from "fast-check";
import { expect, test } from "vitest";
import { writeOrigins } from "../../src/protocol/origins.ts";
import { readRequest } from "../../src/protocol/read.ts";
import { writeRequest } from "../../src/protocol/write.ts";
import { requests } from "../support/arbitraries.ts";
import { readingWith } from "../support/catalog-views.ts";
import { readPlain } from "../support/reading.ts";

test("every command is said with who said it, where that stands, and the line of its record", () => {
  const catalogs = {
    acme: {
      macros: { view: "wid=300&qlt=85", card: "flip=lr" },
      records: {
        logo: { modifier: "op_sharpen=1&rotate=30", fields: "anchor=1,2" },
        shoe: { modifier: "crop=0,0,9,9&$card$", postModifier: "hei=5", fields: "printRes=300" },
      },
    },
  };
  const client = "hei=9&$view$&layer=1&src=logo&layer=2&src=is{acme/shoe?wid=7}&effect=-1&opac=5";
  const asked = readRequest("acme/shoe", client, readingWith(catalogs, "acme/shoe"));
  expect(asked.problems).toEqual([]);
  expect(writeOrigins(asked).split("\n")).toEqual([
    "qlt=85  # macro view, at character 6",
    "printRes=300  # the record acme/shoe, at character 9; acme.txt:3",
    "wid=300  # macro view, at character 6",
    "hei=5  # the PostModifier of acme/shoe, at character 4; acme.txt:3",
    "flip=lr  # the composite; macro card in the Modifier of acme/shoe, at character 13; acme.txt:3",
    "crop=0,0,9,9  # layer 0; the Modifier of acme/shoe, at character 5; acme.txt:3",
    `src=logo  # layer 1; the URL, at character ${client.indexOf("logo")}`,
    "anchor=1,2  # layer 1; the record acme/logo, at character 7; acme.txt:2",
    "rotate=30  # layer 1; the Modifier of acme/logo, at character 20; acme.txt:2",
    "op_sharpen=1  # layer 1; the Modifier of acme/logo, at character 11; acme.txt:2",
    `src=is{acme/shoe?wid=7&hei=5&flip=lr&layer=0&crop=0,0,9,9}  # layer 2; the URL, at character ${client.indexOf("is{")}`,
    `  wid=7  # the URL, at character ${client.indexOf("7}")}`,
    "  hei=5  # the PostModifier of acme/shoe, at character 4; acme.txt:3",
    "  flip=lr  # the composite; macro card in the Modifier of acme/shoe, at character 13; acme.txt:3",
    "  crop=0,0,9,9  # layer 0; the Modifier of acme/shoe, at character 5; acme.txt:3",
    `opac=5  # effect -1 of layer 2; the URL, at character ${client.length - 1}`,
  ]);
  expect(asked.origins.slice(0, 2)).toEqual([
    { command: "qlt", of: undefined, by: "macro view", at: 6, place: undefined },
    { command: "printRes", of: undefined, by: "the record acme/shoe", at: 9, place: "acme.txt:3" },
  ]);
});

test("the origins of a request without records are those of its commands, in the order of the canonical form", () => {
  fc.assert(
    fc.property(requests, (request) => {
      const [, modifiers = ""] = /^[^?]*\??(.*)$/s.exec(writeRequest(request)) ?? [];
      const asked = readPlain(modifiers);
      const lines = writeOrigins(asked)
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith(" "));
      expect(lines.every((line) => line.includes("the URL, at character "))).toBe(true);
      expect(asked.origins.map(({ at }) => at)).toEqual(asked.origins.map(({ at }) => at).sort((a, b) => a - b));
      expect(asked.origins).toHaveLength(lines.length);
      for (const { command, at } of asked.origins) {
        expect(modifiers.slice(0, at).toLowerCase().endsWith(`${command.toLowerCase()}=`)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
