import { describe, expect, test } from "vitest";
import { FileText } from "../../../scripts/local/catalogs/file-text.ts";
import {
  attributesIn,
  ownAttributes,
  type StandingAttribute,
} from "../../../scripts/local/catalogs/standing-attributes.ts";
import { catalogOf } from "../../support/hand-made-catalogs.ts";

const lines = (text: string, file = "acme.ini") => attributesIn(file, new FileText({ bytes: Buffer.from(text) }));
const savePathIn = (text: string): StandingAttribute | undefined => lines(text).get("savepath");

describe("where an attribute stands", () => {
  test.each([
    ["SavePath=a/b", 1, 10, "a/b"],
    ["# SavePath=no\r\nSavePath = a/b ", 2, 12, "a/b"],
    ["  savepath\t=\ta", 1, 14, "a"],
    ["SavePath=a\nSavePath=b\n", 2, 10, "b"],
    ['SavePath="it""s"', 1, 10, 'it"s'],
    ["SavePath='a'", 1, 10, "a"],
    ["SavePath=", 1, 10, ""],
  ])("%j: line %d, column %d, %j", (text, line, column, value) => {
    expect(savePathIn(text)).toEqual({ file: "acme.ini", line, column, value });
  });

  test.each(["# SavePath=a", "SavePath", "=a", "Save Path=a", ""])("%j has none.", (text) => {
    expect(savePathIn(text)).toBeUndefined();
  });
});

test("A catalog's file is the one with its RootId; that of the default catalog is default.ini.", () => {
  const files = [
    lines("RootId=other"),
    lines("SavePath=d", "default.ini"),
    lines('RootId="acme"\nSavePath=s', "x.ini"),
  ];
  expect(ownAttributes(catalogOf({ rootId: "acme" }), files).get("savepath")?.value).toBe("s");
  expect(ownAttributes(catalogOf({ rootId: "" }), files).get("savepath")?.value).toBe("d");
  expect(ownAttributes(catalogOf({ rootId: "constructor" }), files).size).toBe(0);
});
