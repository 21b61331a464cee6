import { describe, expect, test } from "vitest";
import { plannedCommands } from "../../src/protocol/planned.ts";
import { describe as describeProblem } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import { sourcesOf } from "../../src/protocol/sources.ts";
import { writeRequest } from "../../src/protocol/write.ts";
import { readingWith, type TestCatalogs } from "../support/catalog-views.ts";

const read = (catalogs: TestCatalogs, path: string, client = "") =>
  readRequest(path, client, readingWith(catalogs, path));
const problems = (catalogs: TestCatalogs, path: string, client = "") =>
  read(catalogs, path, client).problems.map(describeProblem);

/** The pages of the documentation break its examples into lines. */
const joined = (text: string) => text.replaceAll(/\s+/g, "");

describe("the documentation's examples (Templates, A to C)", () => {
  const catalogs: TestCatalogs = {
    myRootId: {
      records: {
        myTemplate1: {
          modifier: joined(`src=backgroundImage&size=1000,1000&originN=0,0&
            layer=1&src=$object$&size=800,800&originN=-0.5,0&posN=-0.5,0&
            layer=2&$text=layer+2+text+goes+here&text=rtf…$text$…rtf-encoding&rotate=-90&originN=0.5,0&posN=0.5,0`),
        },
        myTemplate2: {
          modifier: joined(`$text=layer+1+text+goes+here&
            layer=0&size=800,0&extend=0,100,200,100&src=$object$&originN=.5,0&
            layer=1&text=rtf…$text$…rtf-encoding&rotate=-90&originN=.5,0&posN=0.5,0`),
        },
        anotherImage: { modifier: "crop=0,0,50,50&wid=9", postModifier: "qlt=70", fields: "anchor=3,4" },
      },
    },
    rootId: {
      records: Object.fromEntries(
        ["mannequin", "tankTopGeneric", "skirt14a", "jacket09", "hat2generic", "sunglasses", "shoes21"].map(
          (id, at) => [
            id,
            { fields: `anchor=${at},${at * 2}`, ...(id.includes("eneric") ? { modifier: "op_contrast=5" } : {}) },
          ],
        ),
      ),
    },
  };

  test("A: the picture of the path in layer 1, the client's text in layer 2", () => {
    const asked = read(catalogs, "myRootId/anotherImage", "template=myTemplate1&$text=about+the+image");
    expect(asked.problems).toEqual([]);
    expect(writeRequest(asked)).toBe(
      [
        "myRootId/anotherImage?qlt=70&template=myTemplate1",
        "layer=0&src=backgroundImage&size=1000,1000&originN=0,0",
        // Of the path's record the Modifier counts where $object$ names it, without what is about the whole request.
        "layer=1&src=myRootId/anotherImage&crop=0,0,50,50&anchor=3,4&size=800,800&originN=-0.5,0&posN=-0.5,0",
        "layer=2&rotate=-90&originN=0.5,0&posN=0.5,0&text=rtf%E2%80%A6about%20the%20image%E2%80%A6rtf-encoding",
      ].join("&"),
    );
    expect(sourcesOf(asked).picture).toBe("backgroundImage");
  });

  test("B: the picture of the path in layer 0; without a text of the client's that of the template", () => {
    const asked = read(catalogs, "myRootId/anotherImage", "template=myTemplate2");
    expect(asked.problems).toEqual([]);
    expect(sourcesOf(asked).picture).toBe("myRootId/anotherImage");
    expect(asked.layers.map(({ commands }) => commands)).toMatchObject([
      { size: { width: 800, height: 0 }, extend: { top: 100, right: 200 }, crop: { width: 50 }, anchor: { x: 3 } },
      { rotate: -90, text: "rtf…layer 1 text goes here…rtf-encoding" },
    ]);
    expect([asked.view, asked.request.qlt]).toEqual([{}, { quality: 70 }]);
  });

  test("C: records that bring their anchors, and what colouring them takes", () => {
    const client = joined(`&hei=400&qlt=90&
      layer=1&res=999&src=rootId/tankTopGeneric&colorize=240,122,17&
      layer=2&res=999&src=rootId/skirt14a&
      layer=3&res=999&src=rootId/jacket09&
      layer=4&res=999&src=rootId/hat2generic&colorize=12,15,34&
      layer=5&res=999&src=rootId/sunglasses&
      layer=6&res=999&src=rootId/shoes21`);
    const { layers, problems, notes, view } = read(catalogs, "rootId/mannequin", client);
    expect([problems, notes, view]).toEqual([[], [], { hei: 400 }]);
    expect(layers.map(({ commands }) => commands.anchor)).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((at) => ({ x: at, y: 2 * at })),
    );
    const coloured = layers.filter(({ commands }) => commands.op_contrast === 5);
    expect(coloured.map(({ number }) => number)).toEqual([1, 4]);
    expect(coloured.every(({ commands }) => commands.op_colorize !== undefined)).toBe(true);
  });
});

describe("template= (protocol.md 1.8, A-24)", () => {
  const catalogs: TestCatalogs = {
    acme: {
      macros: { fromMacro: "template=t" },
      records: {
        t: { modifier: "$w=10&wid=$w$&src=back", postModifier: "wid=99" },
        own: { modifier: "hei=5&layer=1&src=shoe", fields: "anchor=7,7&printRes=300" },
        bare: { modifier: ".nothing", fields: "anchor=7,7" },
        solid: { modifier: "color=ff0000&size=9,9", fields: "anchor=7,7" },
        shoe: { modifier: "hei=1&rotate=4", postModifier: "qlt=5", fields: "anchor=1,2&printRes=72" },
        empty: {},
        torn: { modifier: "wid=1", broken: { field: "Anchor", wanted: "x,y", got: "left" } },
        gone: { broken: { field: "Modifier", wanted: "shorter", got: "long" } },
        says: { modifier: "wid=1&template=t" },
        ends: { postModifier: "template=t" },
        nests: { modifier: "src=is{acme/shoe?template=t&$w=3}" },
      },
    },
    other: { records: { t: { modifier: "scl=3&layer=1&src=logo" } } },
  };

  test("the template's Modifier takes the place of the record's; its PostModifier does not count, the record's does", () => {
    const { view, request } = read(catalogs, "acme/shoe", "template=t&$w=20");
    expect(view).toEqual({ wid: 20 });
    expect(request).toEqual({ template: "t", qlt: { quality: 5 } });
  });

  test("layer 0 is the template's own picture, with its Anchor and PrintResolution, where the body names none", () => {
    const asked = read(catalogs, "acme/shoe", "template=own");
    expect(sourcesOf(asked).picture).toBe("own");
    expect(asked.request.printRes).toBe(300);
    expect(asked.layers.map(({ commands }) => commands)).toMatchObject([
      { anchor: { x: 7, y: 7 } },
      { rotate: 4, anchor: { x: 1, y: 2 } },
    ]);
    expect(asked.layers[0]?.commands).not.toHaveProperty("rotate");
    expect(read(catalogs, "acme/shoe", "template=solid").layers[0]?.commands).not.toHaveProperty("anchor");
    expect(read(catalogs, "acme/shoe", "template=solid&color=00ff00").layers[0]?.commands).not.toHaveProperty("anchor");
    // A colour of the client's lies behind the picture.
    for (const template of ["own", "bare"]) {
      const { commands } = read(catalogs, "acme/shoe", `template=${template}&color=00ff00`).layers[0] ?? {};
      expect(commands).toHaveProperty("anchor");
    }
  });

  test("is carried out, and no longer passed over", () => {
    expect(plannedCommands(read(catalogs, "acme/shoe", "template=t"))).toEqual([]);
  });

  test("of several the last one counts; a macro of the client's may name it, and variables", () => {
    expect(read(catalogs, "acme/shoe", "template=nobody&template=t").view).toEqual({ wid: 10 });
    expect(read(catalogs, "acme/shoe", "$fromMacro$").view).toEqual({ wid: 10 });
    // Its own body defines it otherwise, and cannot change what it is.
    expect(read(catalogs, "acme/shoe", "template=$w$&$w=t").request.template).toBe("t");
  });

  test("may lie in another catalog, where its macros are; what it names is of the main catalog", () => {
    const { view, layers } = read(catalogs, "acme/shoe", "template=/other/t");
    expect(view).toEqual({ scl: 3 });
    expect(layers[0]?.commands.src).toEqual({ kind: "object", object: "logo" });
  });

  test.each([
    ["shoe", "template=nobody", 'template: wants a record that exists, got "nobody" (at character 9)'],
    [
      "shoe",
      "template=empty",
      'template: wants a record with a Modifier, the body of the template, got "empty" (at character 9)',
    ],
    ["shoe", "template=torn", 'template: wants a record whose Anchor is x,y (acme/torn), got "left" (at character 9)'],
    [
      "shoe",
      "template=gone",
      'template: wants a record whose Modifier is shorter (acme/gone), got "long" (at character 9)',
    ],
    ["shoe", "template=", "template: wants an object, got nothing (at character 9)"],
    [
      "shoe",
      "layer=1&src=t",
      'src: wants a record whose Modifier has no src or mask, or is{acme/t}, got "acme/t" (at character 12)',
    ],
  ])("acme/%s?%s", (id, client, says) => {
    expect(problems(catalogs, `acme/${id}`, client)).toEqual([says]);
  });

  test.each([
    ["says", "", "the Modifier of acme/says, at character 15"],
    ["ends", "", "the PostModifier of acme/ends, at character 9"],
    ["shoe", "template=says", "the Modifier of acme/says, at character 15"],
    ["shoe", "layer=1&src=says", "the Modifier of acme/says, at character 15"],
  ])("acme/%s?%s: a record may not name one", (id, client, where) => {
    const wanted = "to stand in the client's own modifiers, or in those of a nested request";
    expect(problems(catalogs, `acme/${id}`, client)).toEqual([`template: wants ${wanted}, got "t" (in ${where})`]);
  });

  test("in a nested request it is that one's, within a Modifier as well", () => {
    const outer = read(catalogs, "acme/nests");
    expect(outer.problems).toEqual([]);
    expect(outer.layers[0]?.nested.src).toMatchObject({
      object: "acme/shoe",
      view: { wid: 3 },
      request: { template: "t" },
    });
    expect(read(catalogs, "acme/shoe", "src=is{acme/shoe?template=t}").layers[0]?.nested.src?.view).toEqual({
      wid: 10,
    });
  });

  test("named in the path it is a request of its own", () => {
    expect(writeRequest(read(catalogs, "acme/t", "$w=3"))).toBe("acme/t?wid=99&layer=0&src=back");
  });
});
