import { describe, expect, test } from "vitest";
import { withoutCatalogs } from "../../src/protocol/catalog-view.ts";
import { describe as describeProblem } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import type { ImageRequest } from "../../src/protocol/request.ts";
import { writeRequest } from "../../src/protocol/write.ts";
import { readingWith, type TestCatalogs, type TestRecord } from "../support/catalog-views.ts";

const read = (records: Readonly<Record<string, TestRecord>>, path: string, client = "", macros = {}) =>
  readRequest(path, client, readingWith({ acme: { records, macros } } satisfies TestCatalogs, path));
const problems = (...asked: Parameters<typeof read>) => read(...asked).problems.map(describeProblem);
const wanted = (...asked: Parameters<typeof read>) => new Set(read(...asked).problems.map((problem) => problem.wanted));

const times = (count: number, piece: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => piece(at)).join("&");
const DEEPEST = "at most 16 requests inside one another";

/** How many requests there are in one. */
function requestsIn({ layers }: ImageRequest): number {
  const inner = layers.flatMap(({ nested }) => Object.values(nested));
  return inner.reduce((sum, request) => sum + requestsIn(request), 1);
}

describe("records cannot go round in circles", () => {
  test.each([
    ["a record that nests itself", { a: { modifier: "src=is{acme/a}" } }, ""],
    ["two that nest each other", { a: { modifier: "src=is{acme/b}" }, b: { modifier: "mask=is{acme/a}" } }, ""],
    ["a PostModifier that nests its own path", { a: { postModifier: "src=is{$object$}" } }, ""],
    ["a template that asks for itself inside", { a: {}, t: { modifier: "src=is{acme/a?template=t}" } }, "template=t"],
    ["one that a variable brings", { a: {}, t: { modifier: "$n=is{acme/a?template=t}&src=$n$" } }, "template=t"],
    ["one that a variable of outside brings back", { a: { modifier: "src=$n$" } }, "$n=is{acme/a}"],
    ["a macro in a record", { a: { modifier: "$again$" } }, ""],
  ])("%s ends at the sixteenth request", (_, records, client) => {
    const asked = readRequest(
      "acme/a",
      client,
      readingWith({ acme: { records, macros: { again: "src=is{acme/a}" } } }, "acme/a"),
    );
    expect(new Set(asked.problems.map((problem) => problem.wanted))).toEqual(new Set([DEEPEST]));
    expect(requestsIn(asked)).toBe(18);
  });

  test("nor can sources: a record whose Modifier names a picture is none", () => {
    const says = (id: string) =>
      `src: wants a record whose Modifier has no src or mask, or is{acme/${id}}, got "acme/${id}"`;
    expect(problems({ a: { modifier: "src=a" } }, "acme/a")).toEqual([
      `${says("a")} (in the Modifier of acme/a, at character 4)`,
    ]);
    const two = { a: { modifier: "src=b" }, b: { modifier: "src=a" } };
    expect(problems(two, "acme/a")).toEqual([`${says("b")} (in the Modifier of acme/a, at character 4)`]);
    // Wherever in the Modifier it stands, and whatever brings it.
    for (const modifier of ["layer=5&src=a", "$m$", "effect=1&MASK=a", "%73rc=a"]) {
      expect(problems({ b: { modifier } }, "acme/x", "layer=1&src=b", { m: "src=a" })).toEqual([
        `${says("b")} (at character 12)`,
      ]);
    }
  });
});

describe("records cannot multiply", () => {
  test("requests that nest two more each are bounded in all", () => {
    const asked = read({ a: { modifier: "layer=0&src=is{acme/a}&layer=1&src=is{acme/a}" } }, "acme/a");
    expect(requestsIn(asked)).toBeLessThan(800);
    expect(new Set(asked.problems.map((problem) => problem.wanted))).toEqual(
      new Set([DEEPEST, "at most 256 nested requests in all"]),
    );
  });

  test("256 nested requests with a record each are read, one more is too many", () => {
    const records = { b: { modifier: "wid=3", postModifier: "hei=2" } };
    const nests = (count: number) => times(count, (at) => `layer=${at}&src=is{acme/b}`);
    const asked = read(records, "acme/x", nests(256));
    expect(asked.problems).toEqual([]);
    expect(asked.layers.every(({ nested }) => nested.src?.view.wid === 3 && nested.src.view.hei === 2)).toBe(true);
    expect(wanted(records, "acme/x", nests(257))).toEqual(new Set(["at most 256 nested requests in all"]));
  });

  test("records bring 10,000 commands in all, macros among them, and no more", () => {
    const records = { b: { modifier: times(100, () => "rotate=1") }, c: { modifier: "$m$" } };
    const layers = (count: number, id: string) => times(count, (at) => `layer=${at}&src=${id}`);
    expect(problems(records, "acme/x", layers(100, "b"))).toEqual([]);
    expect(wanted(records, "acme/x", layers(101, "b"))).toEqual(new Set(["records that say less in all"]));
    const macros = { m: times(99, () => "rotate=1") };
    expect(problems(records, "acme/x", layers(100, "c"), macros)).toEqual([]);
    expect(read(records, "acme/x", layers(101, "c"), macros).problems.length).toBeGreaterThan(0);
  });

  test("and 262,144 characters", () => {
    const records = (length: number) => ({ a: { modifier: `text=${"x".repeat(length - 5)}` } });
    expect(problems(records(262_144), "acme/a")).toEqual([]);
    for (const length of [262_145, 10_000_000]) {
      expect(problems(records(length), "acme/a")).toEqual([
        'acme/a: wants records whose texts are shorter in all, got "more" (at character 0)',
      ]);
    }
  });

  test("what is said of ten thousand layers with a record is no more than there are", () => {
    const asked = read(
      { b: { modifier: times(50, () => "rotate=x") } },
      "acme/x",
      times(10_000, (at) => `layer=${at}&src=b`),
    );
    expect(asked.problems.length).toBeLessThan(21_000);
    expect(asked.layers).toHaveLength(10_000);
  });

  test("variables that a template fills in over and over are bounded together with those of its nested requests", () => {
    const t = { modifier: `layer=0&text=${"$v$".repeat(9)}&layer=1&src=is{acme/x?template=t}` };
    const asked = read({ t }, "acme/x", `$v=${"x".repeat(10_000)}&template=t`);
    expect(new Set(asked.problems.map((problem) => problem.wanted))).toContain("variables that are shorter in all");
    let inner: ImageRequest | undefined = asked;
    let characters = 0;
    while (inner !== undefined) {
      characters += inner.layers[0]?.commands.text?.length ?? 0;
      inner = inner.layers[1]?.nested.src;
    }
    expect(characters).toBeLessThan(262_144);
  });
});

describe("variables that stay beside PostModifiers cannot multiply", () => {
  const deep = (depth: number) => `${"src=is{acme/p?".repeat(depth)}wid=1${"}".repeat(depth)}`;
  const nested = times(16, (at) => `layer=${at}&${deep(15)}`);

  test("only those are kept to which one refers: of 7,000 definitions one in each of 240 nested requests", () => {
    const asked = read(
      { p: { postModifier: "qlt=$q$" } },
      "acme/p",
      `$q=5&${times(7_000, (at) => `$v${at}=1`)}&${nested}`,
    );
    expect(asked.problems).toEqual([]);
    expect(requestsIn(asked)).toBe(241);
    expect(writeRequest(asked).length).toBeLessThan(10_000);
  });

  test("where one holds a nested request, which may refer to any, they are taken off the 262,144 characters", () => {
    const asked = (client: string) => read({ p: { postModifier: "layer=99&src=is{b}" } }, "acme/p", client);
    const definitions = times(7_000, (at) => `$v${at}=1`);
    expect(asked(definitions).variables?.size).toBe(7_000);
    for (const client of [
      `${definitions}&${nested}`,
      `$q=${"x".repeat(56_000)}&${times(220, (at) => `layer=${at}&src=is{acme/p}`)}`,
    ]) {
      const { problems } = asked(client);
      expect(problems.map((problem) => problem.wanted)).toContain("variables that are shorter in all");
      expect(writeRequest(asked(client)).length).toBeLessThan(2 * 262_144);
    }
  });
});

describe("records cannot do what only the client may", () => {
  const says = "to stand in the client's own modifiers, outside of nested requests";

  test.each([
    ["a Modifier", { a: { modifier: "req=saveToFile&name=a.jpg" } }, ""],
    ["a PostModifier", { a: { postModifier: "req=saveToFile&name=a.jpg" } }, ""],
    ["a template", { a: {}, t: { modifier: "req=saveToFile&name=a.jpg" } }, "template=t"],
    ["the record of a layer", { a: {}, b: { modifier: "req=saveToFile&name=a.jpg" } }, "layer=1&src=b"],
    ["behind its first segment", { a: {}, b: { modifier: "layer=1&req=saveToFile&name=a.jpg" } }, "layer=1&src=b"],
    ["a nested request in a Modifier", { a: { modifier: "src=is{b?req=saveToFile&name=a.jpg}" } }, ""],
    ["the record of a nested request", { a: {}, b: { modifier: "req=saveToFile&name=a.jpg" } }, "src=is{acme/b}"],
    ["a macro that a Modifier calls", { a: { modifier: "$save$" } }, ""],
  ])("%s saves nothing", (_, records, client) => {
    const asked = readRequest(
      "acme/a",
      client,
      readingWith({ acme: { records, macros: { save: "req=saveToFile&name=a.jpg" } } }, "acme/a"),
    );
    expect(asked.problems.map(({ command }) => command)).toEqual(["req", "name"]);
    for (const problem of asked.problems) expect(problem.wanted).toBe(says);
    expect(asked.request).not.toHaveProperty("req");
    expect(asked.request).not.toHaveProperty("name");
  });

  test("nor do the other fields of a record", () => {
    const asked = read({ a: { fields: "req=saveToFile&name=a.jpg&anchor=1,2" } }, "acme/a");
    expect([asked.request, asked.layers[0]?.commands]).toEqual([{}, { anchor: { x: 1, y: 2 } }]);
  });

  test("nor do its variables make a save of the client's text, or its name", () => {
    const record = { a: { modifier: "$t=saveToFile&$n=evil.jpg", postModifier: "$t=saveToFile&$n=evil.jpg" } };
    expect(problems(record, "acme/a", "req=$t$")).toEqual([
      'req: wants saveToFile to be written out, got "a variable" (at character 4)',
    ]);
    expect(read(record, "acme/a", "req=saveToFile&name=$n$").request.name).toBe("$n$");
    // What was said before does not come back: by the client's own text it is no save.
    for (const records of [record, {}]) {
      const { request, problems } = read(records, "acme/a", "req=saveToFile&req=$t$&name=a.jpg");
      expect(request).toEqual({ name: "a.jpg" });
      expect(problems.map(({ command }) => command)).toEqual(["req"]);
    }
  });

  test("$object$ defined otherwise is read like any other object", () => {
    expect(problems({ a: { modifier: "$object=../../secret" } }, "acme/a", "layer=1&src=$object$")).toEqual([
      'src: wants an object without .. elements, got "../../secret" (at character 12)',
    ]);
    // It is no path: the record of the path stays that of the path.
    expect(read({ a: { modifier: "$object=b&wid=3" }, b: { modifier: "wid=9" } }, "acme/a").view).toEqual({ wid: 3 });
  });

  test("a layer's record says nothing of other layers, whatever it opens", () => {
    for (const opens of [
      "layer=2",
      "layer=comp",
      "layer=0",
      "layer=1,comp",
      "layer=none",
      "effect=-1",
      "effect=0",
      "layer=",
    ]) {
      const asked = read({ b: { modifier: `rotate=3&${opens}&rotate=9&opac=5` } }, "acme/x", "layer=1&src=b");
      expect([asked.problems, asked.composite]).toEqual([[], { commands: {}, effects: [] }]);
      expect(asked.layers).toMatchObject([{ number: 1, effects: [], names: [] }]);
      expect(asked.layers[0]?.commands).toMatchObject({ rotate: 3 });
      expect(asked.layers[0]?.commands).not.toHaveProperty("opac");
    }
  });
});

test("ids that are properties of every object are ids like others", () => {
  for (const id of ["constructor", "__proto__", "toString"]) {
    expect(problems({}, `acme/${id}`, `template=${id}`)).toEqual([
      `template: wants a record that exists, got "${id}" (at character 9)`,
    ]);
  }
});

test("a view whose records say NULs, line ends and halves of characters is read, written and described", () => {
  const text = "\u0000=\u0000&wid=\u0000&\ud800=1&layer=\u0000&text=\ud800\r\n&$\u0000$&src=is{\u0000?\ud800}&%00=%ff";
  const record = {
    ...{ name: "a\u0000", catalog: "\u0000", macros: new Map(), modifier: text, postModifier: text, fields: text },
    ...{ broken: undefined, place: "\u0000" },
  };
  const view = { ...withoutCatalogs(new Map()), ofPath: record, named: () => record, nested: () => view };
  for (const client of ["", "template=a", "layer=1&src=a&mask=a", text]) {
    const asked = readRequest("a", client, { catalogs: view, unknownMacro: "error" });
    expect(asked.problems.length).toBeGreaterThan(0);
    for (const problem of asked.problems) expect(typeof describeProblem(problem)).toBe("string");
    expect(typeof writeRequest(asked)).toBe("string");
  }
});
