import { describe, expect, test } from "vitest";
import { withoutCatalogs } from "../../src/protocol/catalog-view.ts";
import { describe as describeProblem } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import { sourcesOf } from "../../src/protocol/sources.ts";
import { writeRequest } from "../../src/protocol/write.ts";
import { readingWith, type TestCatalogs } from "../support/catalog-views.ts";
import { contextWith, readPlain } from "../support/reading.ts";

const read = (catalogs: TestCatalogs, path: string, client = "") =>
  readRequest(path, client, readingWith(catalogs, path));
const canonical = (catalogs: TestCatalogs, path: string, client = "") => writeRequest(read(catalogs, path, client));
const problems = (catalogs: TestCatalogs, path: string, client = "") =>
  read(catalogs, path, client).problems.map(describeProblem);
/** Names of the commands of a layer. */
const commandsOf = (catalogs: TestCatalogs, path: string, client: string, layer: number) =>
  Object.keys(read(catalogs, path, client).layers.find(({ number }) => number === layer)?.commands ?? {});

describe("macros of catalogs (protocol.md 1.5)", () => {
  // Source: the documentation's page Command macros, "Example".
  const cat = { cat: { macros: { view: "wid=240&fmt=jpeg&qlt=85&op_usm=5,2&bgc=200,200,200&align=-1,-1" } } };

  test.each(["1345", "1435", "8243"])("$view$ says the same of cat/%s as what it stands for", (id) => {
    const size = id === "8243" ? "480" : "240";
    const said = `wid=${size}&fmt=jpeg&qlt=85&op_usm=5,2&bgc=200,200,200&align=-1,-1`;
    const called = id === "8243" ? "$view$&wid=480" : "$view$";
    expect(canonical(cat, `cat/${id}`, called)).toBe(canonical({}, `cat/${id}`, said));
  });

  test("a command before the call has no effect", () => {
    expect(read(cat, "cat/8243", "wid=480&$view$").view.wid).toBe(240);
  });

  test("a record's texts call those of its own catalog or of the default one, and no others", () => {
    const catalogs = {
      "": { macros: { all: "hei=7" } },
      main: { macros: { mine: "wid=1" } },
      other: {
        macros: { theirs: "rotate=5&$all$" },
        records: { logo: { modifier: "$theirs$" }, bad: { modifier: "$mine$" } },
      },
    };
    expect(commandsOf(catalogs, "main/x", "layer=1&src=other/logo", 1)).toEqual(["src", "rotate"]);
    expect(problems(catalogs, "main/x", "layer=1&src=other/bad")).toEqual([
      '$mine$: wants the name of a macro, got "mine" (in the Modifier of other/bad, at character 0)',
    ]);
    expect(problems(catalogs, "main/x", "$theirs$")).toEqual([
      '$theirs$: wants the name of a macro, got "theirs" (at character 0)',
    ]);
  });

  test("Modifier commands lose to the URL wherever they stand, macros only to what stands behind them", () => {
    const catalogs = { cat: { macros: { m: "wid=2" }, records: { a: { modifier: "wid=1&hei=1" } } } };
    expect(read(catalogs, "cat/a", "wid=9&$m$&hei=9").view).toEqual({ wid: 2, hei: 9 });
  });
});

describe("variables (protocol.md 1.6, A-19)", () => {
  const texts = (client: string, record: { modifier?: string; postModifier?: string }) =>
    read({ cat: { records: { a: record } } }, "cat/a", client);

  test("are collected over all texts: the PostModifier's before the client's before the Modifier's", () => {
    const modifier = "$a=1&$b=1&$c=1&layer=1&text=$a$$b$$c$$d$";
    const { layers } = texts("$b=2&$c=2&$d=2", { modifier, postModifier: "$c=3" });
    expect(layers[0]?.commands.text).toBe("1232");
  });

  test("$object$ is the object of the path, weaker than every definition", () => {
    const source = (client: string, record = {}) => texts(client, record).layers[0]?.commands.src;
    expect(source("layer=1&src=$object$")).toEqual({ kind: "object", object: "cat/a" });
    expect(source("layer=1&src=$object$&$object=b")).toEqual({ kind: "object", object: "b" });
    expect(source("layer=1&src=$object$", { modifier: "$object=c" })).toEqual({ kind: "object", object: "c" });
  });

  test("where the path is a catalog alone $object$ is nothing, and in a nested request that of the URL (A-52)", () => {
    const catalogs = { cat: { records: { t: { modifier: "layer=1&text=[$object$]" } } } };
    const text = (path: string, client: string) => read(catalogs, path, client).layers[0];
    expect(text("cat", "template=t")?.commands.text).toBe("[]");
    expect(text("cat/a", "template=t")?.commands.text).toBe("[cat/a]");
    for (const [inner, object] of [
      ["cat", "cat/a"],
      ["cat/b", "cat/b"],
    ] as const) {
      const nested = text("cat/a", `src=is{${inner}?template=t}`)?.nested.src;
      expect(nested?.layers[0]?.commands.text).toBe(`[${object}]`);
    }
  });

  test("the documentation's: $object$ in a nested request is the object of the URL", () => {
    const inner = (src: string) => read({}, "a/b", `layer=3&src=is{?layer=0&src=${src}}`).layers[0]?.nested.src;
    expect(inner("$object$")?.layers).toEqual(inner("a/b")?.layers);
  });

  test("of outside are there in the template of a nested request, over its own defaults and under what it says", () => {
    const catalogs = { cat: { records: { t: { modifier: "$w=1&$h=1&wid=$w$&hei=$h$" }, a: { modifier: "$h=3" } } } };
    const inner = (client: string) => read(catalogs, "cat/a", client).layers[0]?.nested.src?.view;
    expect(inner("$w=2&src=is{cat?template=t}")).toEqual({ wid: 2, hei: 3 });
    expect(inner("$w=2&src=is{cat?template=t&$w=4}")).toEqual({ wid: 4, hei: 3 });
  });

  test("of outside, and $object$, are there for macros that a nested request calls", () => {
    const macros = { view: "wid=$w$&hei=$h$&$h=3&layer=1&src=$object$", body: "template=$t$", again: "wid=$x$" };
    const catalogs = { cat: { macros, records: { t: { modifier: "wid=7" } } } };
    const inner = (client: string) => read(catalogs, "cat/a", client).layers[0]?.nested.src;
    const called = inner("$w=100&src=is{cat/b?$view$}");
    expect(called?.view).toEqual({ wid: 100, hei: 3 });
    expect(called?.layers[0]?.commands.src).toEqual({ kind: "object", object: "cat/b" });
    expect(inner("$t=t&src=is{cat/b?$body$}")?.view).toEqual({ wid: 7 });
    // What the text itself says has been filled in once, and that is all.
    expect(inner("$w=7&$e=&src=is{cat/b?text=$$e$w$}")?.layers[0]?.commands.text).toBe("$w$");
  });

  test("a layer record's Modifier sees them all, its own definitions being the weakest", () => {
    const catalogs = { cat: { records: { logo: { modifier: "$turn=1&$by=$x$&rotate=$turn$&opac=$opac$" } } } };
    const layer = (client: string) => read(catalogs, "cat/a", `layer=1&src=logo&${client}`).layers[0]?.commands;
    expect(layer("$opac=5")).toMatchObject({ rotate: 1, opac: { opacity: 5 } });
    expect(layer("$opac=5&$turn=30")).toMatchObject({ rotate: 30 });
  });
});

describe("records of layers (protocol.md 1.8, A-25)", () => {
  const catalogs: TestCatalogs = {
    "": { records: { both: { modifier: "rotate=1" } } },
    acme: {
      records: {
        shoe: { modifier: "crop=1,1,8,8&flip=lr", postModifier: "op_invert=1", fields: "anchor=3,4&printRes=300" },
        logo: { modifier: "op_brightness=5&rotate=30&wid=7&layer=2&src=x&opac=9", fields: "anchor=1,2" },
        plain: { modifier: "op_brightness=5&rotate=30", postModifier: "opac=9", fields: "anchor=1,2&printRes=72" },
        long: { modifier: "rotate=30&wid=7&nonsense=1&effect=1&opac=9&layer=2&opac=8" },
        mask: { modifier: "rotate=9", postModifier: "opac=9", fields: "anchor=1,2" },
        deep: { modifier: "src=is{acme/shoe?wid=5}" },
      },
    },
    other: { records: { mask: {}, shoe: { modifier: "rotate=45" } } },
  };
  const of = (client: string, layer: number, path = "acme/nothing") =>
    read(catalogs, path, client).layers.find(({ number }) => number === layer)?.commands;

  test("the path's is a prefix of the whole request; its Anchor and PrintResolution are weaker than all", () => {
    expect(canonical(catalogs, "acme/shoe")).toBe(
      "acme/shoe?printRes=300&flip=lr&op_invert=1&layer=0&crop=1,1,8,8&anchor=3,4",
    );
    expect(canonical(catalogs, "acme/shoe", "printRes=72&anchorN=0,0&crop=2,2,3,3&flip=ud&op_invert=0")).toBe(
      "acme/shoe?printRes=72&flip=ud&op_invert=1&layer=0&crop=2,2,3,3&anchorN=0,0",
    );
  });

  test("a layer's is a prefix of that layer alone, overridden by the same commands of that layer", () => {
    expect(of("layer=1&src=plain", 1)).toMatchObject({ op_brightness: 5, rotate: 30, anchor: { x: 1, y: 2 } });
    expect(of("layer=1&rotate=2&src=plain&op_brightness=1", 1)).toMatchObject({ op_brightness: 1, rotate: 2 });
    expect(of("layer=1&src=plain&layer=2&rotate=2&src=both", 1)).toMatchObject({ rotate: 30 });
    const { request, composite, view } = read(catalogs, "acme/nothing", "layer=1&src=plain");
    expect([request, composite.commands, view]).toEqual([{}, {}, {}]);
  });

  test("only source, layer and pixel commands of its first segment count; the rest is said in notes", () => {
    const { layers, view, problems, notes } = read(catalogs, "acme/nothing", "layer=1&src=long");
    expect([problems, view, layers.map(({ number }) => number)]).toEqual([[], {}, [1]]);
    expect(layers[0]).toMatchObject({ commands: { rotate: 30 }, effects: [] });
    expect(notes.map(({ name, says, in: text }) => `${name}: ${says} (${text})`)).toEqual([
      "wid: the record of a layer does not take it (the Modifier of acme/long)",
      "nonsense: there is no such command (the Modifier of acme/long)",
      ...["effect", "opac", "layer", "opac"].map(
        (name) => `${name}: of the record of a layer only the first segment counts (the Modifier of acme/long)`,
      ),
    ]);
  });

  test("its PostModifier is ignored, and of its PrintResolution is spoken only in layer 0", () => {
    expect(of("layer=1&src=plain", 1)).not.toHaveProperty("opac");
    expect(read(catalogs, "acme/nothing", "layer=1&src=plain").request).toEqual({});
    expect(read(catalogs, "acme/nothing", "src=plain").request).toEqual({ printRes: 72 });
  });

  test("layer 0 with src= takes that record's, beneath the path's, and not the path's own Anchor", () => {
    expect(of("src=plain", 0, "acme/shoe")).toMatchObject({ crop: { x: 1 }, rotate: 30, anchor: { x: 1, y: 2 } });
    // What is said in layer=comp is about the composite; a prefix of a layer is about the layer.
    expect(of("src=plain", 0, "acme/shoe")).toMatchObject({ op_brightness: 5 });
  });

  test("naming the path's record in layer 0 says nothing new, in another layer it is that layer's prefix", () => {
    expect(read(catalogs, "acme/shoe", "src=$object$").composite.commands).toEqual({ flip: "lr", op_invert: true });
    expect(of("src=$object$", 0, "acme/shoe")).not.toHaveProperty("flip");
    expect(of("layer=1&src=acme/shoe", 1, "acme/shoe")).toMatchObject({ flip: "lr", crop: { x: 1 } });
  });

  test("what is wrong in the path's record is said once, though layer 0 names it again", () => {
    const wrong = { acme: { records: { a: { modifier: "wid=x&$nobody$" } } } };
    expect(problems(wrong, "acme/a", "src=$object$")).toEqual(problems(wrong, "acme/a"));
    expect(problems(wrong, "acme/a")).toHaveLength(2);
  });

  test("a file has none, nor has a layer that holds a text, a URL or a nested request", () => {
    expect(of("layer=1&src=nobody", 1)).toEqual({ src: { kind: "object", object: "nobody" } });
    expect(of("layer=1&src=plain&text=a", 1)).toEqual({ text: "a" });
    expect(Object.keys(of("layer=1&src=is{acme/plain?wid=1}", 1) ?? {})).toEqual(["src"]);
  });

  test("of the record of mask= nothing counts but its picture", () => {
    expect(of("layer=1&src=plain&mask=mask", 1)).toMatchObject({ rotate: 30, anchor: { x: 1, y: 2 } });
    expect(commandsOf(catalogs, "acme/nothing", "layer=1&mask=mask", 1)).toEqual(["mask"]);
  });

  test.each([
    ["layer=1&src=logo", "src", "logo", 12],
    ["layer=1&mask=deep", "mask", "deep", 13],
    ["src=deep", "src", "deep", 4],
  ])("%s: a record that names a picture itself is no source", (client, command, id, at) => {
    expect(problems(catalogs, "acme/nothing", client)).toEqual([
      `${command}: wants a record whose Modifier has no src or mask, or is{acme/${id}}, got "acme/${id}" (at character ${at})`,
    ]);
  });

  test("in the path, and in a nested request, it may", () => {
    expect(problems(catalogs, "acme/deep")).toEqual([]);
    const { nested } = read(catalogs, "acme/nothing", "layer=1&src=is{acme/deep}").layers[0] ?? {};
    expect(nested?.src?.layers[0]?.nested.src).toMatchObject({ object: "acme/shoe", view: { wid: 5 } });
    expect(nested?.src?.layers[0]?.nested.src?.layers[0]?.commands).toMatchObject({ crop: { x: 1 } });
  });

  test("picture and mask of one layer are of one catalog, if of any", () => {
    const wrong = ['mask: wants a mask in the catalog of acme/shoe, got "other/mask" (at character 5)'];
    expect(problems(catalogs, "acme/shoe", "mask=other/mask")).toEqual(wrong);
    expect(problems(catalogs, "acme/nothing", "mask=other/mask&src=shoe")).toEqual(wrong);
    expect(problems(catalogs, "acme/shoe", "mask=mask")).toEqual([]);
    expect(problems(catalogs, "acme/shoe", "mask=some/file")).toEqual([]);
    expect(problems(catalogs, "acme/nothing", "mask=other/mask")).toEqual([]);
  });

  test("nested requests have the record and the macros of their own path", () => {
    const nested = {
      a: { macros: { m: "wid=1" }, records: { x: { modifier: "hei=1", postModifier: "scl=2" } } },
      b: { macros: { m: "wid=2" } },
    };
    const inner = read(nested, "b/y", "layer=1&src=is{a/x?$m$&hei=3&scl=9}").layers[0]?.nested.src;
    expect(inner?.view).toEqual({ wid: 1, hei: 3, scl: 2 });
    expect(problems(nested, "b/y", "layer=1&src=is{c/z?$m$}")).toEqual([
      '$m$: wants the name of a macro, got "m" (at character 19)',
    ]);
  });
});

describe("what is wrong in a record says so", () => {
  const catalogs: TestCatalogs = {
    acme: {
      records: {
        bad: { modifier: "hei=1&wid=abc" },
        nest: { modifier: "src=is{acme/x?wid=abc}" },
        layers: { modifier: "layer=nobody" },
        turn: { modifier: "hei=1&rotate=x" },
        fit: { modifier: "fit=crop" },
        torn: { broken: { field: "Anchor", wanted: "x,y", got: "left" } },
      },
      macros: { m: "scl=x" },
    },
  };

  test.each([
    ["bad", "", 'wid: wants a number of pixels > 0, got "abc" (in the Modifier of acme/bad, at character 10)'],
    ["nest", "", 'wid: wants a number of pixels > 0, got "abc" (in the Modifier of acme/nest, at character 18)'],
    ["layers", "", 'layer: wants the name of a layer, got "nobody" (in the Modifier of acme/layers, at character 6)'],
    ["fit", "", 'fit: wants wid or hei beside it, got "neither" (in the Modifier of acme/fit, at character 4)'],
    ["x", "layer=1&src=turn", 'rotate: wants a number, got "x" (in the Modifier of acme/turn, at character 13)'],
    // The client's own reads as it always did.
    ["x", "wid=5&$m$", 'scl: wants a number > 0, got "x" (at character 6)'],
    ["torn", "", 'object: wants a record whose Anchor is x,y (acme/torn), got "left" (at character 0)'],
    ["x", "layer=1&src=torn", 'src: wants a record whose Anchor is x,y (acme/torn), got "left" (at character 12)'],
    ["x", "mask=torn", 'mask: wants a record whose Anchor is x,y (acme/torn), got "left" (at character 5)'],
    ["x", "src=is{acme/torn}", 'object: wants a record whose Anchor is x,y (acme/torn), got "left" (at character 4)'],
  ])("acme/%s?%s", (id, client, says) => {
    expect(problems(catalogs, `acme/${id}`, client)).toEqual([says]);
  });

  test("a value that the client overrides may be anything (A-16)", () => {
    expect(problems(catalogs, "acme/bad", "wid=5")).toEqual([]);
    expect(problems(catalogs, "acme/x", "layer=1&src=turn&rotate=5")).toEqual([]);
  });

  test("req=validate looks no records up, whichever way it is said, and knows macros (A-58)", () => {
    const macros = { acme: { ...catalogs.acme, macros: { check: "req=validate", w: "wid=3" } } };
    for (const client of ["req=validate", "$check$", "$t=validate&req=$t$", "req=img&req=Validate,json"]) {
      const asked = read(macros, "acme/bad", `${client}&template=nobody&$w$&layer=1&src=torn`);
      expect([asked.problems, asked.view]).toEqual([[], { wid: 3 }]);
    }
    expect(problems(macros, "acme/bad", "req=validate&req=img")).toHaveLength(1);
  });

  test("unknown macros in a record are passed over as in the client's text, and called there again", () => {
    const called = { acme: { records: { a: { modifier: "fit=crop&$nobody$" } } } };
    const context = readingWith(called, "acme/a", "ignore");
    const asked = readRequest("acme/a", "", context);
    expect(asked.problems).toEqual([]);
    expect(asked.notes).toEqual([
      { name: "$nobody$", says: "there is no such macro", at: 9, in: "the Modifier of acme/a" },
    ]);
    expect(writeRequest(asked)).toBe("acme/a?fit=crop");
    expect(readRequest("acme/a", "fit=crop", context).problems).toEqual([]);
  });
});

describe("the objects of a picture (protocol.md 1.8)", () => {
  const t = { acme: { records: { t: { modifier: "wid=5" }, filled: { modifier: "src=/other/back" } } } };
  test.each([
    ["", { picture: "acme/a", mask: undefined, recordMask: true }],
    ["src=/other/b", { picture: "/other/b", mask: undefined, recordMask: true }],
    ["mask=m", { picture: "acme/a", mask: "m", recordMask: false }],
    ["maskUse=off", { picture: "acme/a", mask: undefined, recordMask: false }],
    ["maskUse=off&mask=m", { picture: "acme/a", mask: undefined, recordMask: false }],
    ["template=t", { picture: "t", mask: undefined, recordMask: true }],
    ["template=/acme/t", { picture: "/acme/t", mask: undefined, recordMask: true }],
    ["template=filled", { picture: "/other/back", mask: undefined, recordMask: true }],
  ])("acme/a?%s", (client, expected) => {
    expect(sourcesOf(read(t, "acme/a", client))).toEqual(expected);
  });
});

test("without catalogs a request is read as it is written, and there is no template", () => {
  const { macros } = contextWith({ m: "wid=4" }).catalogs;
  const asked = readRequest("a/b", "$m$&template=t", { catalogs: withoutCatalogs(macros), unknownMacro: "error" });
  expect(asked.view).toEqual({ wid: 4 });
  expect(asked.problems.map(describeProblem)).toEqual([
    'template: wants a record that exists, got "t" (at character 13)',
  ]);
  expect(readPlain("wid=1").variables).toBeUndefined();
});
