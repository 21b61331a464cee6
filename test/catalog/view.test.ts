import { describe, expect, test } from "vitest";
import type { RecordFields } from "../../src/catalog/records/fields.ts";
import { viewOf } from "../../src/catalog/view.ts";
import { withoutCatalogs } from "../../src/protocol/catalog-view.ts";
import { brokenCatalogIn, describe as describeProblem } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import { DEFAULTS, handMadeCatalogs } from "../support/catalogs-by-hand.ts";

const catalogs = handMadeCatalogs({
  "": { macros: { big: "wid=900" }, records: { logo: { Path: "l.tif", Modifier: "$big$" } } },
  acme: {
    macros: { view: "wid=240&fmt=jpeg&qlt=85" },
    attributes: { PrintResolution: 150 },
    records: {
      shoe: { Path: "shoe.tif", Modifier: "$view$", PostModifier: "fmt=png", Anchor: { x: -10, y: 20 } },
      print: { Path: "p.tif", PrintResolution: 300 },
      hurt: "hurt.tif",
    },
    unreadable: ["hurt"],
  },
  closed: { broken: "closed.txt:1:1: header: wants an Id, got nothing", records: { coat: "coat.tif" } },
});
const of = (path: string) => viewOf(path, catalogs, DEFAULTS);

test("a view says which catalog is the main one", () => {
  expect(of("acme/shoe").main).toEqual({ catalog: catalogs.byRootId.get("acme"), rest: "shoe" });
  expect(of("shoe").main).toEqual({ catalog: catalogs.default, rest: "shoe" });
});

describe("the record of a path", () => {
  test("says what stands in its fields, by its name, and where that is", () => {
    expect(of("acme/shoe").view.ofPath).toEqual({
      name: "acme/shoe",
      catalog: "acme",
      macros: catalogs.byRootId.get("acme")?.macros,
      modifier: "$view$",
      postModifier: "fmt=png",
      fields: "anchor=-10,20&printRes=150",
      broken: undefined,
      place: "catalogs/acme.txt, line 2",
    });
  });

  test("is one of the default catalog where that has it, with the macros of that", () => {
    const { name, catalog, macros, place } = of("acme/logo").view.ofPath ?? expect.fail("no record");
    expect({ name, catalog, place }).toEqual({ name: "logo", catalog: "", place: "catalogs/default.txt, line 2" });
    expect([macros.has("big"), macros.has("view")]).toEqual([true, false]);
  });

  test.each(["acme/other.tif", "other.tif", "acme", ""])("of %j there is none", (path) => {
    expect(of(path).view.ofPath).toBeUndefined();
  });

  test("is not looked for before it is asked for", () => {
    const looked: string[] = [];
    const records = { ...catalogs.default.records, find: (id: string) => void looked.push(id) };
    const { view } = viewOf("a/b", { ...catalogs, default: { ...catalogs.default, records } }, DEFAULTS);
    expect(looked).toEqual([]);
    expect(view.ofPath).toBeUndefined();
    expect(looked).not.toEqual([]);
  });
});

describe("fields stand for commands. Source: protocol.md 1.8, 6.4", () => {
  test.each<[string, RecordFields, number | undefined, string]>([
    ["none", {}, undefined, ""],
    ["Anchor", { Anchor: { x: 0, y: 0 } }, undefined, "anchor=0,0"],
    ["PrintResolution", { PrintResolution: 300 }, 150, "printRes=300"],
    ["PrintResolution of the attribute", {}, 150, "printRes=150"],
    ["PrintResolution of the attribute, the field being 0", { PrintResolution: 0 }, 150, "printRes=150"],
    ["no PrintResolution where the attribute is 0", {}, 0, ""],
    ["PrintResolution of the settings", {}, undefined, "printRes=72"],
  ])("%s", (name, fields, PrintResolution, text) => {
    const attributes = PrintResolution === undefined ? {} : { PrintResolution };
    const made = handMadeCatalogs({ "": { attributes, records: { it: fields } } });
    const settings = { ...DEFAULTS, PrintResolution: name.endsWith("settings") ? 72 : 0 };
    const { fields: commands } = viewOf("it", made, settings).view.ofPath ?? expect.fail("no record");
    expect(commands).toBe(text);
    const context = { catalogs: withoutCatalogs(new Map()), unknownMacro: "error" } as const;
    expect(readRequest("it", commands, context).problems).toEqual([]);
  });
});

describe("what cannot be read is said, not used", () => {
  test("of a record, the field", () => {
    const { broken } = of("acme/hurt").view.ofPath ?? expect.fail("no record");
    expect(broken).toEqual({ field: "Anchor", wanted: "x,y", got: "left" });
  });

  test("of a catalog, which one it is; what is wrong with its files is told to nobody but its operator", () => {
    const texts = of("acme/shoe").view.named("closed/coat") ?? expect.fail("no record");
    expect(texts.broken).toMatchObject({ field: "catalog", wanted: "a catalog that can be read", got: "closed" });
    expect(texts.modifier).toBeUndefined();
    for (const client of [
      "layer=1&src=closed/coat",
      "mask=closed/coat",
      "template=closed/coat",
      "src=is{closed/coat}",
    ]) {
      const context = { catalogs: of("acme/other.tif").view, unknownMacro: "error" } as const;
      const { problems } = readRequest("acme/other.tif", client, context);
      expect(brokenCatalogIn(problems)).toBe("closed.txt:1:1: header: wants an Id, got nothing");
      expect(problems.map(describeProblem)).toEqual([
        expect.stringMatching(
          /: wants a record whose catalog is a catalog that can be read \(closed\/coat\), got "closed" /,
        ),
      ]);
    }
    expect(
      brokenCatalogIn(readRequest("acme/hurt", "", { catalogs: of("acme/hurt").view, unknownMacro: "error" }).problems),
    ).toBeUndefined();
  });
});

describe("what src=, mask= and template= name is looked up from the main catalog", () => {
  const { view } = of("acme/other.tif");
  test.each([
    ["shoe", "acme/shoe"],
    ["acme/shoe", "acme/shoe"],
    ["logo", "logo"],
    ["/logo", "logo"],
    ["/shoe", undefined],
    ["other.tif", undefined],
  ])("%s is %s", (object, name) => expect(view.named(object)?.name).toBe(name));
});

test("a request nested in another one has a main catalog of its own. Source: protocol.md 1.9", () => {
  const { view } = of("logo");
  const inner = view.nested("acme/shoe");
  expect(inner.ofPath?.name).toBe("acme/shoe");
  expect([view.macros.has("view"), inner.macros.has("view")]).toEqual([false, true]);
  expect([view.named("print"), inner.named("print")?.name]).toEqual([undefined, "acme/print"]);
  expect(inner.nested("logo").macros.has("view")).toBe(false);
});

test("a nested request without a path keeps the main catalog: its template is looked up there", () => {
  const inner = of("acme/shoe").view.nested("");
  expect([inner.ofPath, inner.named("print")?.name, inner.macros.has("view")]).toEqual([undefined, "acme/print", true]);
});

test("a path that is a catalog's RootId names no object. Source: A-52", () => {
  expect([of("acme").view.isCatalogAlone, of("acme/shoe").view.isCatalogAlone]).toEqual([true, undefined]);
  expect(of("").view.isCatalogAlone).toBeUndefined();
});
