import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entriesOf } from "../../cli/save/entries.ts";
import type { ListRow } from "../../cli/save/lists.ts";
import { DEFAULT_PATTERN, type NamePattern, readPattern } from "../../cli/save/names.ts";

function patternOf(text: string): NamePattern {
  const pattern = readPattern(text);
  if (typeof pattern === "string") throw new Error(pattern);
  return pattern;
}

const fallback = patternOf(DEFAULT_PATTERN);

function rows(...urls: readonly (string | readonly [url: string, name: string])[]): readonly ListRow[] {
  return urls.map((url, at) =>
    typeof url === "string" ? { line: at + 1, url } : { line: at + 1, url: url[0], name: url[1] },
  );
}

function named(list: readonly ListRow[], pattern?: string): readonly string[] {
  const { entries, problems } = entriesOf(
    { rows: list, problems: [] },
    { fallback, ...(pattern === undefined ? {} : { pattern: patternOf(pattern) }) },
  );
  expect(problems).toEqual([]);
  return entries.map(({ name }) => name);
}

const problemsOf = (list: readonly ListRow[], pattern = DEFAULT_PATTERN) =>
  entriesOf({ rows: list, problems: [] }, { fallback, pattern: patternOf(pattern) }).problems;

describe("names by default", () => {
  test.each([
    ["https://h/is/image/Co/shoe?$Large$", "Co/shoe.jpg"],
    ["/is/image/Co/shoe?fmt=png-alpha,rgb", "Co/shoe.png"],
    ["/is/image/Co/shoe?fmt=PNG8", "Co/shoe.png"],
    ["/is/image/Co/shoe?fmt=webp&wid=3", "Co/shoe.webp"],
    ["/is/image/Co/shoe?fmt=tif", "Co/shoe.tif"],
    ["/is/image/Co/shoe?fmt=nonsense", "Co/shoe.jpg"],
    // The source's extension says nothing of what is saved.
    ["/is/image/demo/bedroom.tif?wid=300&fmt=pjpeg", "demo/bedroom.jpg"],
    ["/is/image/demo/bedroom.png?wid=300", "demo/bedroom.jpg"],
    ["/is/image/demo/shoe.v2", "demo/shoe.v2.jpg"],
    ["/is/image/demo/d%C3%A9j%C3%A0%20vu", "demo/déjà vu.jpg"],
    ["/is/image/hotel-3612:Classic-Hor?wid=5", "hotel-3612-Classic-Hor.jpg"],
    ["/is/image/a?layer=1&src=is{b?fmt=png}", "a.jpg"],
  ])("%s is %s", (url, name) => {
    expect(named(rows(url))).toEqual([name]);
  });

  test("A name in the list goes before that in the URL, and that before the default.", () => {
    const url = "/is/image/a?req=saveToFile&name=own";
    expect(named(rows([url, "given"], url, "/is/image/a"))).toEqual(["given", "own", "a.jpg"]);
  });

  test("A pattern goes before the name in the URL.", () => {
    expect(named(rows("/is/image/a?req=saveToFile&name=own"), "{base}-x")).toEqual(["a-x.jpg"]);
  });
});

describe("patterns of names", () => {
  test.each([
    ["{base}", "shoe.png"],
    ["spring/{preset}/{base}-{wid}x{hei}.{ext}", "spring/PDP/shoe-40xauto.png"],
    ["{path}.webp", "Co/shoe.webp"],
    ["{n}", "1.png"],
  ])("%s makes %s", (pattern, name) => {
    expect(named(rows("/is/image/Co/shoe.tif?$PDP$&wid=40&fmt=png"), pattern)).toEqual([name]);
  });

  test("Numbers are as long as the last one, so that names are in the order of the list.", () => {
    const names = named(rows(...Array.from({ length: 100 }, () => "/is/image/a")), "{n}");
    expect([names[0], names[9], names[99]]).toEqual(["001.jpg", "010.jpg", "100.jpg"]);
    expect(names).toEqual([...names].sort());
  });

  test("What is no placeholder is refused, saying which there are.", () => {
    expect(readPattern("{path}-{constructor}")).toMatch(/\{path\} \{base\}.*got \{constructor\}/);
    expect(readPattern("{}")).toContain("got {}");
  });
});

describe("lists that cannot be meant", () => {
  test("Two saves by one name are refused, naming both lines.", () => {
    expect(problemsOf(rows("/is/image/a?wid=1", "/is/image/b", "/is/image/a?wid=2"))).toEqual([
      { line: 3, says: 'the name "a.jpg" is that of line 1 as well' },
    ]);
  });

  // Source: save-contract "Where it goes": names are normalised before every check.
  test("Names that R2 holds for one are one.", () => {
    expect(problemsOf(rows(["/is/image/a", "é.jpg"], ["/is/image/b", "e\u0301.jpg"]))).toHaveLength(1);
    expect(problemsOf(rows(["/is/image/a", "A.jpg"], ["/is/image/b", "a.jpg"]))).toEqual([]);
  });

  test.each([
    "../a.jpg",
    "/a.jpg",
    "a//b.jpg",
    "a.exe",
    "c:a.jpg",
    "a\u0000.jpg",
    `${"x".repeat(1100)}.jpg`,
    ".provenance/a.jpg",
  ])("The name %j is refused as the server would.", (name) => {
    expect(problemsOf(rows(["/is/image/a", name]))).toEqual([{ line: 1, says: expect.stringContaining("the name") }]);
  });

  test("Every line that is wrong is named, whatever else is.", () => {
    const list = rows("nonsense", "/is/image/a", "/is/content/x", "/is/image/a", "/is/image/b?req=set");
    expect(problemsOf(list).map(({ line }) => line)).toEqual([1, 3, 4, 5]);
  });

  test("Of whatever list no two entries have one name, unless that is told.", () => {
    const object = fc.constantFrom("a", "b", "c", "a.png", "a.jpg", "__proto__", "constructor");
    const modifiers = fc.constantFrom("", "?wid=1", "?fmt=png", "?fmt=webp&$p$");
    const pattern = fc.constantFrom("{path}", "{base}-{wid}", "{path}.{ext}", "{preset}/{base}");
    fc.assert(
      fc.property(fc.array(fc.tuple(object, modifiers), { maxLength: 6 }), pattern, (parts, text) => {
        const list = rows(...parts.map(([name, query]) => `/is/image/${name}${query}`));
        const { entries, problems } = entriesOf({ rows: list, problems: [] }, { fallback, pattern: patternOf(text) });
        const doubled = entries.length - new Set(entries.map(({ name }) => name)).size;
        expect(problems).toHaveLength(doubled);
      }),
    );
  });
});
