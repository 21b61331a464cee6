import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { notesIn, problemsIn } from "../../../playground/url/problems.ts";
import { withoutCatalogs } from "../../../src/protocol/catalog-view.ts";
import { describe as inWords } from "../../../src/protocol/problem.ts";
import { readRequest } from "../../../src/protocol/read.ts";

/** The message with which the server refuses a query. */
function refusalOf(query: string): string {
  const { problems } = readRequest("a", query, { catalogs: withoutCatalogs(new Map()), unknownMacro: "error" });
  return `The request cannot be understood: ${problems.map(inWords).join("; ")}\n`;
}

const marked = (query: string) =>
  problemsIn(refusalOf(query), { object: "a", query }).map(({ range }) => range && query.slice(range.from, range.to));

describe("what is wrong is found in the query", () => {
  test.each([
    ["wid=abc", ["abc"]],
    ["hei=1&op_usm=1,1,300", ["300"]],
    ["wid=x&bgc=nothing&hei=y", ["x", "nothing", "y"]],
    ["crop=1,2", ["2"]],
    ["wid=%22;%20hei:%20wants%20(at%20character%200)", ["%22;%20hei:%20wants%20(at%20character%200)"]],
    ["wid=", ["="]],
  ])("%s: %j", (query, texts) => {
    expect(marked(query)).toEqual(texts);
  });

  test("as many remarks as there are problems, whatever was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const query = `wid=-${encodeURIComponent(text.toWellFormed())}&hei=-1`;
        expect(marked(query)).toHaveLength(2);
        expect(marked(query)[1]).toBe("-1");
      }),
    );
  });
});

test("A refusal that is about no character is one remark.", () => {
  expect(problemsIn("The picture does not exist\n", { object: "a", query: "wid=1" })).toEqual([
    { says: "The picture does not exist" },
  ]);
});

test("What stands in a record is marked nowhere in the client's text.", () => {
  const message = 'The request cannot be understood: wid: wants 1, got "x" (in the Modifier of a/b, at character 4)';
  expect(problemsIn(message, { object: "a", query: "hei=1" })[0]?.range).toBeUndefined();
});

test("What is passed over is marked where it stands.", () => {
  const query = "wid=1&ts=5";
  const [note] = notesIn('"ts": there is no such command (at character 6)', { object: "a", query });
  expect(note).toEqual({ says: '"ts": there is no such command', range: { from: 6, to: 10 } });
});
