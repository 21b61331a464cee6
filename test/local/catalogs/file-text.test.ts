import { describe, expect, test } from "vitest";
import { FileText } from "../../../scripts/local/catalogs/file-text.ts";

const latin = (text: string) => new FileText({ bytes: Buffer.from(text, "latin1") });

describe("the text of a catalog file", () => {
  test("is ISO-8859-1 itself: bytes 80 to 9F are control characters, no typographic ones.", () => {
    expect(new FileText({ bytes: Uint8Array.of(0xe9, 0x80, 0x9f) }).text).toBe("\u00e9\u0080\u009f");
  });

  test("is UTF-8 behind the mark, which is no character of the first line.", () => {
    const marked = new FileText({ bytes: Buffer.from("\ufeffé=1\n2", "utf8") });
    expect(marked.text).toBe("é=1\n2");
    expect(marked.placeOf(1)).toEqual({ line: 1, column: 2 });
  });
});

describe("places", () => {
  test("Lines end with CR, LF, or both, which is one end.", () => {
    const text = latin("a\rb\nc\r\nd\n\re");
    expect(["a", "b", "c", "d", "e"].map((letter) => text.placeOf(text.text.indexOf(letter)).line)).toEqual([
      1, 2, 3, 4, 6,
    ]);
  });

  test("Every character of a text is found again by its place.", () => {
    const text = latin("ab\r\n\r\ncd\ref\n");
    for (let offset = 0; offset <= text.text.length; offset++) {
      expect(text.offsetOf(text.placeOf(offset))).toBe(offset);
    }
    expect(text.offsetOf({ line: 99, column: 1 })).toBeUndefined();
  });
});

describe("characters of a field", () => {
  test("An unquoted field counts as it stands.", () => {
    expect(latin("Id\tModifier\nx\twid=abc\n").inField({ line: 2, column: 3 }, 4)).toEqual({ line: 2, column: 7 });
  });

  test("In a quoted one the quote before it and a doubled one take a column more each.", () => {
    // The field is: a"b=1
    const text = latin('x\t"a""b=1"\n');
    const columns = [0, 1, 2, 4].map((at) => text.inField({ line: 1, column: 3 }, at).column);
    expect(columns).toEqual([4, 5, 7, 9]);
  });

  test("Behind a line break in a quoted field the line is another one.", () => {
    const text = latin('x\t"ab\r\ncd"\n');
    expect(text.inField({ line: 1, column: 3 }, 5)).toEqual({ line: 2, column: 2 });
  });

  test("A character behind the end of the file is its end.", () => {
    expect(latin('x\t"a').inField({ line: 1, column: 3 }, 1_000)).toEqual({ line: 1, column: 5 });
  });
});
