import { expect, test } from "vitest";
import { withoutCatalogs } from "../../src/protocol/catalog-view.ts";
import { readObject } from "../../src/protocol/path.ts";
import { decodePercent, decodeValue } from "../../src/protocol/percent.ts";
import { isWrong } from "../../src/protocol/problem.ts";
import { readRequest } from "../../src/protocol/read.ts";

test.each([
  ["/is/image/shoe", "shoe"],
  ["/is/image/cat/red%20shoe.tif", "cat/red shoe.tif"],
  ["/is/image/cat%2Fshoe", "cat/shoe"],
  ["/is/image//cat//shoe/", "cat/shoe"],
  ["/cdn/prefix/is/image/shoe", "shoe"],
  ["/is/image", ""],
  ["/is/image/", ""],
  ["/is/image/%C3%A9t%C3%A9", "été"],
  ["/is/image/e%CC%81", "é"],
  ["/is/image/%E9", "é"],
  ["/is/image/a+b", "a+b"],
  ["/is/image/100%", "100%"],
  ["/is/image/asset:Square", "asset:Square"],
])("%s names %j", (pathname, object) => {
  expect(readObject(pathname)).toBe(object);
});

test.each(["/", "/is/content/a", "/is/images/a", "/IS/IMAGE/a", "/is"])("%s is of another context", (pathname) => {
  expect(readObject(pathname)).toBeUndefined();
});

test.each([
  "/is/image/a%3Fwid=3",
  "/is/image/a%2Cb",
  "/is/image/a,b",
  "/is/image/..%2F..%2Fsecret",
  "/is/image/a%00b",
  "/is/image/a%0Ab",
])("%s is refused", (pathname) => {
  expect(isWrong(readObject(pathname))).toBe(true);
});

test("objects have at most 2,048 characters, before they are normalised: more are no key of the bucket", () => {
  const accents = (length: number) => `a${"\u0301".repeat(length - 1)}`;
  const context = { catalogs: withoutCatalogs(new Map()), unknownMacro: "error" } as const;
  expect(readObject(`/is/image/${accents(2048)}`)).toBe(accents(2048).normalize("NFC"));
  expect(readObject(`/is/image/${accents(2049)}`)).toMatchObject({ wanted: "an object of at most 2048 characters" });
  const sources = (length: number) => `src=${accents(length)}&mask=is{${accents(length)}}`;
  const wanted = (client: string) => readRequest("a", client, context).problems.map((problem) => problem.wanted);
  expect(wanted(sources(2048))).toEqual([]);
  expect(wanted(sources(2049))).toEqual(Array(2).fill("an object of at most 2048 characters"));
});

test("text that is not UTF-8 is read as ISO-8859-1, control characters of its upper half included", () => {
  expect(decodePercent("%80%E9")).toBe("\u0080é");
  expect(decodePercent("%80%E9", true)).toBeUndefined();
});

test("a percent sign without two hex digits stands for itself", () => {
  expect(decodePercent("100%&%zz%4")).toBe("100%&%zz%4");
});

test("plus is a space in values, and an encoded plus is a plus", () => {
  expect(decodeValue("a+b%2Bc")).toBe("a b+c");
  expect(decodePercent("a+b")).toBe("a+b");
});
