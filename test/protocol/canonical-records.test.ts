import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describe as describeProblem } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";
import type { ImageRequest } from "../../src/protocol/request.ts";
import { writeRequest } from "../../src/protocol/write.ts";
import { readingWith, type TestCatalogs, type TestRecord } from "../support/catalog-views.ts";
import { meaning } from "../support/meaning.ts";

/** The canonical form of a request, and the request that it is read as where the catalogs say the same. */
function again(catalogs: TestCatalogs, path: string, client: string) {
  const context = readingWith(catalogs, path);
  const first = readRequest(path, client, context);
  const text = writeRequest(first);
  const second = readRequest(path, text.split("?").slice(1).join("?"), context);
  return { first, text, second };
}

/** In foreign URLs nothing is a definition, whatever it looks like. */
function withoutUrls(text: string, { layers }: ImageRequest): string {
  return layers.reduce((rest, { commands, nested }) => {
    const urls = [commands.src, commands.mask].map((source) => (source?.kind === "foreign" ? source.url : ""));
    const without = urls.reduce((all, url) => all.replaceAll(url, ""), rest);
    return Object.values(nested).reduce(withoutUrls, without);
  }, text);
}

const pieces = (...texts: readonly string[]) =>
  fc.array(fc.constantFrom(...texts), { maxLength: 4 }).map((list) => list.join("&"));

/** What may stand in any text, most of it legal. */
const ANYWHERE = [
  ...["wid=5", "hei=$w$", "crop=0,0,$w$,9", "anchor=1,$w$", "anchorN=0,0", "op_invert=1", "flip=lr", "rotate=$turn$"],
  ...["$w=3", "$w=4", "$turn=30", "$t=$w$%26x", "$t=a(b", "$t=is{two/b?wid=2}", "$n=is{two/a?wid=$w$}"],
  ...["$t=is{a?b=1&wid=50}{", "$t={a(&wid=50&b=}", "$t=x)", "$t=x(y}", "$t=)", "$t=(", "$t={", "$n=({$t$)", "$t={x)}("],
  ...[
    "layer=1",
    "layer=1,one",
    "layer=2",
    "layer=comp",
    "text=$t$",
    "text=$nobody$",
    "effect=-1&opac=9",
    "$m$",
    "$n$",
    "$shadow$",
  ],
  ...[".comment", "unknown=1", "qlt=7"],
];
const SOURCES = [
  "src=$object$",
  "src=b",
  "src=two/b",
  "mask=b",
  "src=$n$",
  "src=$t$",
  "src={http://x.example/$t$}",
  "src=({$t$)",
  "src=(a}$t$)",
  "layer=3&src=(a)$t$})",
];
const NESTED = [
  "src=is{one/a?wid=$w$}",
  "layer=3&src=is{?template=t&$w=8}",
  "layer=3&src=is{two/b?text=$t$&$m$}",
  "src=is(two/b?text=$t$}&hei=3)",
  "layer=3&src=is{b?text=$t$&$x=)&layer=1&src={a($t$}",
  "mask=is{b?$t=($t$&text=$t$}",
];

const records = fc.record({
  modifier: pieces(...ANYWHERE, ...NESTED),
  postModifier: fc.oneof(
    { weight: 3, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: pieces(...ANYWHERE, ...NESTED) },
  ),
  fields: fc.constantFrom("", "anchor=7,8", "printRes=72", "anchor=7,8&printRes=72"),
});
/** Of pictures that layers may have. */
const pictures = fc.record({
  modifier: pieces(...ANYWHERE),
  postModifier: fc.constantFrom("", "wid=8"),
  fields: fc.constantFrom("", "anchor=7,8", "printRes=72"),
});
const templates: fc.Arbitrary<TestRecord> = fc.record({ modifier: pieces(...ANYWHERE, ...SOURCES, ...NESTED) });
const macros = fc.record({ m: fc.constantFrom("wid=9", "$w=6", "text=$t$", "layer=2&opac=7") });
const catalogs = fc
  .record({
    one: fc.record({ macros, records: fc.record({ a: records, b: pictures, t: templates }) }),
    two: fc.record({ macros, records: fc.record({ a: records, b: pictures }) }),
    macros: fc.record({ n: fc.constantFrom("hei=2", "rotate=$turn$") }),
  })
  .map(({ one, two, macros: all }): TestCatalogs => ({ "": { macros: all }, one, two }));
const clients = pieces(...ANYWHERE, ...SOURCES, ...NESTED, "template=t", "template=/one/t");

describe("the canonical form, where records, templates and macros took part", () => {
  test("read again it is the same request, and names no macro and no variable that a PostModifier does not want", () => {
    let held = 0;
    let runs = 0;
    fc.assert(
      fc.property(catalogs, fc.constantFrom("one/a", "one/b", "two/a", "one/file"), clients, (of, path, client) => {
        runs++;
        const { first, text, second } = again(of, path, client);
        if (first.problems.length > 0) return;
        held++;
        expect(second.problems.map(describeProblem)).toEqual([]);
        expect(meaning(second)).toEqual(meaning(first));
        expect(writeRequest(second)).toBe(text);
        const all = Object.values(of).flatMap(({ records = {} }) => Object.values(records));
        if (all.every(({ postModifier = "" }) => postModifier === ""))
          expect(withoutUrls(text, first)).not.toMatch(/\$[\w.-]+\$|&\$/);
      }),
      { numRuns: 2000 },
    );
    // Otherwise this would say little.
    expect(held / runs).toBeGreaterThan(0.25);
  });

  test.each([
    ["a number", "wid=$w$", "$w=5", "a?wid=5&$w=5"],
    ["a text with what separates", "text=$t$", "$t=a%26b", "a?layer=0&text=a%26b&$t=a%26b"],
    ["a nested request", "src=$n$", "$n=is{b?wid=3&hei=2}", "a?layer=0&src=is{b?wid=3&hei=2}&$n=is{b?wid=3&hei=2}"],
    ["one that a nested request wants", "src=is{b?template=t}", "$w=5", "a?layer=0&src=is{b?template=t&wid=5}&$w=5"],
    ["a bracket without a partner", "text=$t$", "$t=(", "a?layer=0&text=%28&$t=%28"],
    ["one that refers to another", "text=$t$", "$t=$w$&$w=5", "a?layer=0&text=%24w%24&$t=%24w$"],
  ])("keeps a variable to which a PostModifier refers: %s", (_, postModifier, client, canonical) => {
    const of = { "": { records: { a: { postModifier }, t: { modifier: "$w=1&wid=$w$" } } } };
    const { first, text, second } = again(of, "a", client);
    expect([first.problems, text]).toEqual([[], canonical]);
    expect([second.problems, meaning(second), writeRequest(second)]).toEqual([[], meaning(first), text]);
  });

  test("keeps none to which the PostModifier does not refer", () => {
    const of = (postModifier: string) => ({ "": { records: { a: { modifier: "$w=3&hei=$w$", postModifier } } } });
    expect(again(of("wid=9"), "a", "$w=5&text=$w$").text).toBe("a?wid=9&hei=5&layer=0&text=5");
    expect(again(of("wid=$v$"), "a", "$w=5&text=$w$&$v=9").text).toBe("a?wid=9&hei=5&layer=0&text=5&$v=9");
  });

  test("a URL into which a variable brought a reference is left at that", () => {
    const of = { "": { records: { a: { modifier: "$b=5" } } } };
    const { text, second } = again(of, "a", "$a=$b$&src={http://x.example/$a$}");
    expect(text).toBe("a?layer=0&src={http://x.example/%24b$}");
    expect(writeRequest(second)).toBe(text);
  });

  test.each([
    [
      "shoe",
      "$q=80&wid=20&$x=is{a?b=1&wid=50&c=2}{",
      "qlt=80&wid=20&layer=0&text=is%7Ba%3Fb%3D1%26wid%3D50%26c%3D2%7D%7B&$q=80&$x=is{a?b=1&wid=50&c=2}%7b",
    ],
    [
      "shoe",
      "$q=80&wid=20&$x={a(&wid=50&b=}",
      "qlt=80&wid=20&layer=0&text=%7Ba%28%26wid%3D50%26b%3D%7D&$q=80&$x={a(&wid=50&b=}",
    ],
    [
      "bag",
      "wid=20&$u=x(y}&layer=1&src=is{d?wid=50&src=($u$)}",
      "wid=20&layer=1&src=is{d?wid=50&layer=0&src={x%28y%7d}}",
    ],
    ["bag", "wid=20&src={http://h/$a$?x=$b$}&$a={x)&$b=x)", "wid=20&layer=0&src={http://h/%7bx%29?x=x%29}"],
    ["nest", "wid=20&$a=)", "wid=20&layer=0&src=is{d?layer=0&text=%28%29%26hei%3D9%29}&$a=%29"],
  ])("no bracket of a value reaches for others around it: %s?%s", (id, client, canonical) => {
    const records = {
      shoe: { postModifier: "qlt=$q$&text=$x$" },
      bag: {},
      nest: { postModifier: "src=is{d?text=($a$&hei=9)}" },
    };
    const { first, text, second } = again({ acme: { records } }, `acme/${id}`, client);
    expect([first.problems, text]).toEqual([[], `acme/${id}?${canonical}`]);
    expect([second.problems, meaning(second), writeRequest(second)]).toEqual([[], meaning(first), text]);
  });
});
