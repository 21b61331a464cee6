import { describe, expect, test } from "vitest";
import { lookUp } from "../../src/catalog/look-up.ts";
import { maskOf, pictureOf, recordMaskOf } from "../../src/resolve/places.ts";
import { DEFAULTS, handMadeCatalogs } from "../support/catalogs-by-hand.ts";

const catalogs = handMadeCatalogs({
  "": { records: { logo: "logo" } },
  acme: {
    attributes: { RootPath: "acme", DefaultExt: "tif" },
    records: { shoe: { Path: "shoe", MaskPath: "mask" }, coat: "coat.png", tpl: { Modifier: "wid=1" } },
  },
  shut: { attributes: { AllowDirectAccess: new Set([]) }, records: { hat: { Path: "hat", MaskPath: "hat-mask" } } },
  hurt: { broken: "hurt.txt:1:1: header: wants an Id, got nothing" },
});

/** A place as `<path> <DefaultExt>`, or the code of the fault. */
function placed(of: typeof pictureOf | typeof recordMaskOf, object: string, main = "acme"): string {
  const catalog = catalogs.byRootId.get(main) ?? catalogs.default;
  try {
    const place = of(lookUp(object, catalog, catalogs, DEFAULTS), catalog, DEFAULTS);
    return place === undefined ? "none" : `${place.path} ${place.DefaultExt}`;
  } catch (cause) {
    return (cause as { code: string }).code;
  }
}

describe("a picture lies where its record says, with DefaultExt of the catalog of that", () => {
  test.each([
    ["shoe", "acme/shoe tif"],
    ["coat", "acme/coat.png tif"],
    ["logo", "logo "],
    ["a/b", "acme/a/b tif"],
    ["/a/b", "a/b "],
    ["tpl", "objectMissing"],
  ])("%s: %s", (object, place) => expect(placed(pictureOf, object)).toBe(place));
});

describe("what mask= names is the mask of its record, else the picture of it, else a file. Source: protocol.md 3.4", () => {
  test.each([
    ["shoe", "acme/mask tif"],
    ["coat", "acme/coat.png tif"],
    ["a/b", "acme/a/b tif"],
    ["tpl", "objectMissing"],
  ])("%s: %s", (object, place) => expect(placed(maskOf, object)).toBe(place));
});

describe("the mask that belongs to a picture is that of its record, or none", () => {
  test.each([
    ["shoe", "acme/mask tif"],
    ["coat", "none"],
    ["a/b", "none"],
  ])("%s: %s", (object, place) => expect(placed(recordMaskOf, object)).toBe(place));
});

describe.each([
  ["a picture", pictureOf],
  ["a mask", maskOf],
  ["the mask of a picture", recordMaskOf],
])("%s", (_, of) => {
  test.each([
    ["a.tif", "shut", "directAccess"],
    ["/a.tif", "shut", "directAccess"],
    ["shut/a.tif", "acme", "directAccess"],
    ["hurt/a", "acme", "catalogBroken"],
    ["a", "hurt", "catalogBroken"],
  ])("%s in a request of catalog %s is refused: %s", (object, main, code) => {
    expect(placed(of, object, main)).toBe(code);
  });

  test("of a record is not refused where paths are", () => {
    expect(placed(of, "shut/hat")).toMatch(/^hat/);
    expect(placed(of, "hat", "shut")).toMatch(/^hat/);
  });
});
