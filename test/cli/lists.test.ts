import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readList } from "../../cli/save/lists.ts";

const A = "https://a.example/is/image/x/y?op_usm=1,2,3&wid=5";
const B = "/is/image/x/z?$Large$";

describe("a list of URLs", () => {
  test("has one a line, commas and all; blank lines and those with a # are passed over, and counted.", () => {
    expect(readList(`\n# shoes\n${A}\r\n   \n  # more\n\t${B}  \n`)).toEqual({
      rows: [
        { line: 3, url: A },
        { line: 6, url: B },
      ],
      problems: [],
    });
  });

  test("may begin with a byte order mark, end without a new line, and be empty.", () => {
    expect(readList(`\ufeff${A}`).rows).toEqual([{ line: 1, url: A }]);
    expect(readList("")).toEqual({ rows: [], problems: [] });
    expect(readList("# nothing\n")).toEqual({ rows: [], problems: [] });
  });

  test("gives back every URL that was written into it, at its line.", () => {
    const url = fc.stringMatching(/^\/is\/image\/[a-z]+\?[a-z0-9=,;&$ "]{0,30}[a-z]$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(url, fc.constantFrom("", "  ", "# x"))), (lines) => {
        const expected = lines.flatMap((each, at) => (each.startsWith("/") ? [{ line: at + 1, url: each }] : []));
        expect(readList(lines.join("\n")).rows).toEqual(expected);
      }),
    );
  });
});

describe("CSV", () => {
  test.each([",", ";", "\t"])("is known by its column url, in any case and place, between %j.", (delimiter) => {
    const rows = [
      ["Id", "URL", "Name"],
      ["1", `"${A}"`, "a b.jpg"],
      ["2", B, ""],
    ];
    expect(readList(rows.map((row) => row.join(delimiter)).join("\r\n"))).toEqual({
      rows: [
        { line: 2, url: A, name: "a b.jpg" },
        { line: 3, url: B },
      ],
      problems: [],
    });
  });

  test("keeps its lines where comments and blank ones stand between them.", () => {
    const { rows } = readList(`# exported\nurl,name\n\n${B},a.jpg\n# no more\n${B},b.jpg\n`);
    expect(rows.map(({ line, name }) => [line, name])).toEqual([
      [4, "a.jpg"],
      [6, "b.jpg"],
    ]);
  });

  test("of the column url alone is one URL a line, in quotes or without.", () => {
    expect(readList(`url\n${A}\n"${B}&.comment=""hi"""\n`).rows).toEqual([
      { line: 2, url: A },
      { line: 3, url: `${B}&.comment="hi"` },
    ]);
  });

  test("with a URL that has commas and no quotes is refused at its line, saying what is missing.", () => {
    const { rows, problems } = readList(`url,name\n${B},a.jpg\n${A},b.jpg\n`);
    expect(rows).toEqual([]);
    expect(problems).toEqual([{ line: 3, says: expect.stringContaining("wants quotes") }]);
  });

  test("with a row that has no url is refused at its line.", () => {
    expect(readList(`url,name\n,a.jpg\n`).problems).toEqual([{ line: 2, says: "there is no url" }]);
  });

  test("that names no columns is refused where the file is called .csv: its commas could mean anything.", () => {
    expect(readList(`${B},a.jpg\n`, true).problems).toEqual([
      { line: 1, says: expect.stringContaining("names its columns") },
    ]);
    expect(readList(`${B},a.jpg\n`).rows).toEqual([{ line: 1, url: `${B},a.jpg` }]);
  });
});
