import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../src/faults.ts";
import { isImageName } from "../../src/protocol/formats.ts";
import { savePlace, saveRoot, touchesSources } from "../../src/store/save-key.ts";

const SETTINGS = { SaveDirectory: "./", SavePath: "renditions" };
const place = (name: string | undefined, settings = SETTINGS) => savePlace(name, settings, isImageName);

function faultOf(name: string | undefined, settings = SETTINGS): Fault {
  try {
    place(name, settings);
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error(`${JSON.stringify(name)} was not refused`);
}

test.each([
  ["a.jpg", "renditions/a.jpg", "renditions/"],
  ["spring/hero-800.jpg", "renditions/spring/hero-800.jpg", "renditions/spring/"],
  ["a", "renditions/a", "renditions/"],
  ["a b.PNG", "renditions/a b.PNG", "renditions/"],
  ["..a/b...jpg", "renditions/..a/b...jpg", "renditions/..a/"],
  ["e\u0301.png", "renditions/\u00e9.png", "renditions/"],
  // Look-alikes of a dot and a slash are ordinary characters.
  ["\u2024\u2024\u2215a.jpg", "renditions/\u2024\u2024\u2215a.jpg", "renditions/"],
])("%j is saved as %j", (name, key, folder) => {
  expect(place(name)).toEqual({ key, folder });
});

describe("a name that is refused says why", () => {
  test.each([
    [undefined, "nameMissing", ""],
    ["", "nameMissing", ""],
    ["/a.jpg", "nameInvalid", "a slash at its beginning"],
    ["C:a.jpg", "nameInvalid", "a drive letter"],
    ["C:\\a.jpg", "nameInvalid", "a backslash"],
    ["file:a.jpg", "nameInvalid", "a scheme"],
    ["https://x/a.jpg", "nameInvalid", "a scheme"],
    ["a//b.jpg", "nameInvalid", "an empty segment"],
    ["a/./b.jpg", "nameInvalid", "a segment that is ."],
    ["./a.jpg", "nameInvalid", "a segment that is ."],
    ["../a.jpg", "nameInvalid", "a segment that is .."],
    ["a/../b.jpg", "nameInvalid", "a segment that is .."],
    ["a/..", "nameInvalid", "a segment that is .."],
    [".provenance/0abc", "nameInvalid", "a segment that is .provenance"],
    ["a/.Provenance/b.jpg", "nameInvalid", "a segment that is .provenance"],
    [".provenance", "nameInvalid", "a segment that is .provenance"],
    ["a/", "nameInvalid", "a slash at its end"],
    ["a\\b.jpg", "nameInvalid", "a backslash"],
    ["a\u0000.jpg", "nameInvalid", "a control character"],
    ["a\n.jpg", "nameInvalid", "a control character"],
    ["a\u0085.jpg", "nameInvalid", "a control character"],
    ["a\u2028.jpg", "nameInvalid", "a Unicode line separator"],
    ["a\u202egpj.exe.jpg", "nameInvalid", "a bidirectional control character"],
    ["a\ud800.jpg", "nameInvalid", "half of a surrogate pair"],
    ["a\ufffd.jpg", "nameInvalid", "U+FFFD"],
    ["a.html", "nameInvalid", "not an image's"],
    ["a.jpg.exe", "nameInvalid", "not an image's"],
    ["page.html.", "nameInvalid", "not an image's"],
    ["x".repeat(5000), "nameInvalid", "it has 5000 characters"],
    [".htaccess", "nameInvalid", "not an image's"],
    [`${"a".repeat(1010)}.jpg`, "nameInvalid", "its key would have 1025 bytes"],
    [`${"é".repeat(505)}.jpg`, "nameInvalid", "its key would have 1025 bytes"],
  ])("%j", (name, code, says) => {
    const fault = faultOf(name);
    expect(fault.code).toBe(code);
    expect(fault.detail ?? "").toContain(says);
  });

  test("a key of exactly 1,024 bytes is one", () => {
    expect(place(`${"a".repeat(1009)}.jpg`).key).toHaveLength(1024);
  });
});

test("whatever the name, the key lies in the folder of saves or there is none", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (name) => {
      let key: string;
      try {
        key = place(name).key;
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Fault);
        return;
      }
      expect(key.startsWith("renditions/")).toBe(true);
      // What a file system or another client would make of the key.
      expect(new URL(key.split("/").map(encodeURIComponent).join("/"), "http://x/").pathname).toMatch(
        /^\/renditions\/./,
      );
    }),
    { numRuns: 2000 },
  );
});

describe("where saves go", () => {
  test.each([
    ["./", "renditions", "renditions"],
    ["", "renditions/", "renditions"],
    [".", "a/b", "a/b"],
    ["saved", "a", "saved/a"],
    ["/saved/", "a", "saved/a"],
    ["./saved", "a", "saved/a"],
  ])("SaveDirectory %j and SavePath %j are %j", (SaveDirectory, SavePath, root) => {
    expect(saveRoot({ SaveDirectory, SavePath })).toBe(root);
  });

  test("an empty SavePath switches saving off", () => {
    expect(faultOf("a.jpg", { SaveDirectory: "./", SavePath: "" }).code).toBe("savingOff");
  });

  test.each([
    ["./", "/absolute"],
    ["./", ".."],
    ["./", "a/../b"],
    ["./", "a//b"],
    ["./", "a\u0000"],
    ["../x", "a"],
    ["x/../..", "a"],
    ["./", ".provenance"],
    ["./", "a/.Provenance/"],
    [".provenance", "a"],
    ["./", "a\\b"],
    ["./", "C:"],
    ["./", "/"],
    ["./", "."],
    ["./", "./a"],
    ["./", "a//"],
  ])("SaveDirectory %j with SavePath %j is refused", (SaveDirectory, SavePath) => {
    expect(faultOf("a.jpg", { SaveDirectory, SavePath }).code).toBe("savePathInvalid");
  });
});

test.each([
  ["renditions", "", true],
  ["renditions", "originals", false],
  ["renditions", "renditions", true],
  ["renditions", "renditions/in", true],
  ["originals/saved", "originals", true],
  ["originals-saved", "originals", false],
  ["catalogs", "originals", true],
  ["catalogs/x", "originals", true],
])("saving below %j touches sources in %j: %s", (root, rootPath, expected) => {
  expect(touchesSources(root, [rootPath])).toBe(expected);
});
