import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayBeUsed } from "../../src/catalog/direct-access.ts";
import { lookUp, mainCatalogOf } from "../../src/catalog/look-up.ts";
import { DEFAULTS, type HandMade, handMadeCatalogs } from "../support/catalogs-by-hand.ts";

/** A shop as several tests need it: two catalogs, each with a folder of its own, and a default one. */
const SHOP: Readonly<Record<string, HandMade>> = {
  "": { attributes: { RootPath: "common" }, records: { logo: "logo.tif", "acme/sale": "sale.tif", "acme/shoe": "x" } },
  acme: {
    attributes: { RootPath: "acme-files" },
    records: { shoe: "red/shoe.tif", "my/coat": "coat.tif", "beta/hat": "hat-of-acme.tif", tpl: { Modifier: "wid=1" } },
  },
  beta: { attributes: { RootPath: "beta-files", FullMatch: true }, records: { hat: "hat.tif" } },
};

/** `<catalog> <record, or nothing> <picture>` of an object, by a path of the main catalog's or of none. */
function found(main: string, object: string, made = SHOP, defaults = DEFAULTS): string {
  const catalogs = handMadeCatalogs(made);
  const of = main === "" ? catalogs.default : (catalogs.byRootId.get(main) ?? expect.fail(`no catalog ${main}`));
  const { catalog, record, picture } = lookUp(object, of, catalogs, defaults);
  return [catalog.rootId, record?.id ?? "", picture ?? "nowhere"].join(" : ");
}

/** The same of the path of a request, which chooses its main catalog itself. */
function foundByPath(path: string, made = SHOP, defaults = DEFAULTS): string {
  const catalogs = handMadeCatalogs(made);
  const { catalog: main } = mainCatalogOf(path, catalogs, defaults);
  const { catalog, record, picture } = lookUp(path, main, catalogs, defaults);
  return [catalog.rootId, record?.id ?? "", picture ?? "nowhere"].join(" : ");
}

describe("the main catalog is chosen by the first elements of the path. Source: protocol.md 2.5", () => {
  const catalogs = handMadeCatalogs({
    ...SHOP,
    "acme/kids": {},
    constructor: {},
    "": { records: { "beta/hat": "x" } },
  });
  test.each([
    ["acme/shoe", "acme", "shoe"],
    ["acme/my/image/path/myImage.tif", "acme", "my/image/path/myImage.tif"],
    ["acme/kids/shoe", "acme/kids", "shoe"],
    ["acme/kidsize/shoe", "acme", "kidsize/shoe"],
    ["acmes/shoe", "", "acmes/shoe"],
    ["Acme/shoe", "", "Acme/shoe"],
    ["shoe", "", "shoe"],
    ["", "", ""],
    ["constructor/shoe", "constructor", "shoe"],
    ["__proto__/shoe", "", "__proto__/shoe"],
    // RootId wins over an id of the default catalog.
    ["beta/hat", "beta", "hat"],
    // of a catalog alone nothing is left.
    ["acme", "acme", ""],
    ["acme/kids", "acme/kids", ""],
  ])("%j is of catalog %j, with %j in it", (path, rootId, rest) => {
    const main = mainCatalogOf(path, catalogs, DEFAULTS);
    expect([main.catalog.rootId, main.rest]).toEqual([rootId, rest]);
  });
});

describe("the examples of the original's page on objects", () => {
  const made = { "": {}, myCatalog: { attributes: { RootPath: "my" }, records: { myImage: "i.tif", img1: "1.tif" } } };
  test.each([
    ["myCatalog/myImage", "myCatalog : myImage : my/i.tif"],
    ["myCatalog/my/image/path/myImage.tif", "myCatalog :  : my/my/image/path/myImage.tif"],
  ])("the path %s", (path, is) => expect(foundByPath(path, made)).toBe(is));

  test("src=img1 of a path that names a catalog alone", () => {
    expect(found("myCatalog", "img1", made)).toBe("myCatalog : img1 : my/1.tif");
  });
});

describe("an object is looked up in this order. Source: protocol.md 2.5, A-50", () => {
  test.each([
    ["in the main catalog, as a whole", "acme", "shoe", "acme : shoe : acme-files/red/shoe.tif"],
    ["as a whole, though it looks like a path", "acme", "my/coat", "acme : my/coat : acme-files/coat.tif"],
    [
      "as a whole, before a catalog that it begins with",
      "acme",
      "beta/hat",
      "acme : beta/hat : acme-files/hat-of-acme.tif",
    ],
    ["in the catalog that it begins with", "", "acme/shoe", "acme : shoe : acme-files/red/shoe.tif", { "": {} }],
    [
      "in the catalog that it begins with, from another one",
      "beta",
      "acme/shoe",
      "acme : shoe : acme-files/red/shoe.tif",
    ],
    ["in its main catalog, that being named", "acme", "acme/shoe", "acme : shoe : acme-files/red/shoe.tif"],
    ["in the default catalog", "acme", "logo", " : logo : common/logo.tif"],
    ["in the default catalog, in place of the one that is named", "acme", "beta/logo", " : logo : common/logo.tif"],
    ["behind a slash, in the default catalog before all", "acme", "/acme/shoe", " : acme/shoe : common/x"],
    ["behind a slash, then in the catalog that is named", "acme", "/beta/hat", "beta : hat : beta-files/hat.tif"],
    ["behind a slash, not in the main catalog", "acme", "/my/coat", " :  : common/my/coat"],
    ["behind slashes, as behind one", "acme", "//logo", " : logo : common/logo.tif"],
    ["as a template, which has no picture", "acme", "tpl", "acme : tpl : nowhere"],
  ])("%s", (_, main, object, is, other?: Readonly<Record<string, HandMade>>) => {
    expect(found(main, object, { ...SHOP, ...other })).toBe(is);
  });

  test("an id of the default catalog does not count where a RootId is named, unless FullMatch says that none is", () => {
    expect(foundByPath("acme/sale")).toBe("acme :  : acme-files/sale");
    const full = { ...SHOP, acme: { ...SHOP.acme, attributes: { RootPath: "acme-files", FullMatch: true } } };
    expect(foundByPath("acme/sale", full)).toBe(" : acme/sale : common/sale.tif");
  });
});

describe("what no record has is a file. Source: protocol.md 2.5 (5), the original's page on FullMatch", () => {
  test.each([
    ["RootPath stands for the RootId that is named", "", "acme/a/b.tif", "acme :  : acme-files/a/b.tif"],
    ["of another catalog likewise", "beta", "acme/a.tif", "acme :  : acme-files/a.tif"],
    ["of the main catalog without being named", "acme", "a.tif", "acme :  : acme-files/a.tif"],
    ["behind a slash, of the default catalog", "acme", "/a.tif", " :  : common/a.tif"],
    ["with FullMatch, of the default catalog, RootId included", "", "beta/a.tif", " :  : common/beta/a.tif"],
    ["with FullMatch, from another catalog likewise", "acme", "beta/a.tif", " :  : common/beta/a.tif"],
    ["with FullMatch, not of the main catalog either", "beta", "a.tif", " :  : common/a.tif"],
    ["a RootId alone is none", "beta", "acme", " :  : common/acme"],
    ["nor is one with a slash behind", "acme", "beta/", "acme :  : acme-files/beta/"],
  ])("%s", (_, main, object, is) => expect(found(main, object)).toBe(is));

  test("settings count where no catalog says anything", () => {
    const none = { "": {}, acme: {}, beta: { attributes: { RootPath: "", FullMatch: false } } };
    const defaults = { ...DEFAULTS, RootPath: "root", FullMatch: true };
    expect(found("acme", "a.tif", none, defaults)).toBe(" :  : root/a.tif");
    expect(found("beta", "a.tif", none, defaults)).toBe("beta :  : a.tif");
  });
});

describe("paths are combined from right to left until absolute, SOURCES being the root of all. Source: protocol.md 2.5 (7)", () => {
  test.each([
    ["a relative one", "files", "red/shoe.tif", "files/red/shoe.tif"],
    ["an absolute one", "files", "/red/shoe.tif", "red/shoe.tif"],
    ["without a RootPath", "", "red/shoe.tif", "red/shoe.tif"],
    ["an absolute one without a RootPath", "", "/shoe.tif", "shoe.tif"],
    ["with a dot before", "files", "./shoe.tif", "files/shoe.tif"],
    ["decomposed", "files", "e\u0301.tif", "files/\u00e9.tif"],
    ["nothing but slashes", "files", "//", "nowhere"],
  ])("%s", (_, RootPath, Path, picture) => {
    expect(found("acme", "it", { "": {}, acme: { attributes: { RootPath }, records: { it: Path } } })).toBe(
      `acme : it : ${picture}`,
    );
  });

  test("the mask of a record lies like its picture, and a file has none", () => {
    const catalogs = handMadeCatalogs({
      "": {},
      acme: {
        attributes: { RootPath: "f" },
        records: { a: { Path: "a.tif", MaskPath: "m/a.tif" }, b: { MaskPath: "/b" } },
      },
    });
    const { catalog } = mainCatalogOf("acme", catalogs, DEFAULTS);
    const of = (object: string) => lookUp(object, catalog, catalogs, DEFAULTS);
    expect(of("a")).toMatchObject({ picture: "f/a.tif", mask: "f/m/a.tif" });
    expect(of("b")).toMatchObject({ picture: undefined, mask: "b" });
    expect(of("c")).toMatchObject({ picture: "f/c", mask: undefined });
  });
});

test("where a catalog is broken in which an object would be looked up, it is found nowhere else instead", () => {
  const made = { ...SHOP, acme: { ...SHOP.acme, broken: "acme.txt:1:1" } };
  expect(found("beta", "acme/shoe", made)).toBe("acme :  : nowhere");
  expect(found("beta", "acme/logo", made)).toBe("acme :  : nowhere");
  expect(found("acme", "logo", made)).toBe("acme :  : nowhere");
  expect(found("beta", "logo", made)).toBe(" : logo : common/logo.tif");
});

describe("files without a record are used where both catalogs allow it. Source: protocol.md 2.5 (8), A-53", () => {
  const closed: HandMade = { attributes: { AllowDirectAccess: new Set(["STATIC"]) }, records: { it: "it.tif" } };
  const catalogs = handMadeCatalogs({ "": {}, open: { records: { it: "it.tif" } }, closed });
  test.each([
    ["open", "a.tif", true],
    ["open", "closed/a.tif", false],
    ["closed", "a.tif", false],
    ["closed", "/a.tif", false],
    ["closed", "open/a.tif", false],
    ["closed", "it", true],
    ["open", "closed/it", true],
  ])("in a request of catalog %s, %s: %s", (rootId, object, may) => {
    const { catalog } = mainCatalogOf(rootId, catalogs, DEFAULTS);
    expect(mayBeUsed(lookUp(object, catalog, catalogs, DEFAULTS), catalog, DEFAULTS)).toBe(may);
  });

  test("settings count where no catalog says anything", () => {
    const none = { ...DEFAULTS, AllowDirectAccess: new Set([]) };
    const { catalog } = mainCatalogOf("open", catalogs, DEFAULTS);
    expect(mayBeUsed(lookUp("a.tif", catalog, catalogs, none), catalog, none)).toBe(false);
  });
});

describe("whatever is asked for", () => {
  const names = fc.stringMatching(/^[ab./]{0,12}$/);
  const awkward = fc.oneof(names, fc.constantFrom("__proto__", "constructor", "..", "/", "a/../b", "\u0000", "\ud800"));

  test("it is found by its whole path as it is by what stands behind the RootId of its main catalog", () => {
    const catalogs = handMadeCatalogs({
      "": { attributes: { RootPath: "d" }, records: { b: "b", "a/b": "ab", "a/b/a": "aba" } },
      a: { attributes: { RootPath: "A" }, records: { b: "b", "b/b": "bb" } },
      "a/b": { attributes: { FullMatch: true }, records: { a: "a" } },
    });
    let behind = 0;
    fc.assert(
      fc.property(fc.constantFrom("a/", "a/b/"), names, (begin, end) => {
        const path = begin + end;
        const { catalog, rest } = mainCatalogOf(path, catalogs, DEFAULTS);
        // What begins with a slash is looked up elsewhere, and what begins with a RootId is of that catalog.
        if (catalog === catalogs.default || rest === "" || rest.startsWith("/")) return;
        if (rest.startsWith("a/") || catalog.attributes.FullMatch === true) return;
        behind++;
        const { object: _, ...whole } = lookUp(path, catalog, catalogs, DEFAULTS);
        const { object: __, ...part } = lookUp(rest, catalog, catalogs, DEFAULTS);
        expect(whole).toEqual(part);
      }),
      { numRuns: 5000, seed: 20_261_124 },
    );
    expect(behind).toBeGreaterThan(300);
  });

  test("there is an answer, which lies below its RootPath or is that of a record", () => {
    fc.assert(
      fc.property(awkward, fc.constantFrom("", "acme", "beta"), (object, main) => {
        const [rootId = "", id, picture = ""] = found(main, object).split(" : ");
        const root = { acme: "acme-files/", beta: "beta-files/" }[rootId] ?? "common/";
        if (id === "" && picture !== "nowhere") expect(picture.startsWith(root)).toBe(true);
      }),
      { numRuns: 2000, seed: 20_261_124 },
    );
  });

  test("a path of very many elements is looked at as far as a RootId is long", () => {
    const catalogs = handMadeCatalogs({ "": {}, "a/a/a": {} });
    let asked = 0;
    const byRootId = new Proxy(catalogs.byRootId, {
      get(target, name) {
        if (name === "get") asked++;
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const { catalog } = mainCatalogOf("a/".repeat(30_000), { ...catalogs, byRootId }, DEFAULTS);
    expect(catalog.rootId).toBe("a/a/a");
    expect(asked).toBeLessThan(10);
  });
});

test("what a request names is relative, whatever slashes stand behind a RootId. Source: protocol.md 2.5 (7)", () => {
  expect(found("acme", "acme//secret/x")).toBe(found("acme", "acme/secret/x"));
  expect(found("", "acme///secret/x")).toBe(found("", "acme/secret/x"));
});
