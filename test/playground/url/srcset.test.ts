import { expect, test } from "vitest";
import { curlCommand, imageTag } from "../../../playground/url/srcset.ts";
import { LANGUAGE } from "../../support/language.ts";

const tag = (query: string, width: number, height: number) =>
  imageTag({ object: "a.jpg", query }, { width, height }, "https://p.example", LANGUAGE);

test("An image tag offers the picture in widths up to twice its own.", () => {
  const text = tag("wid=800&qlt=85", 800, 600);
  expect([...text.matchAll(/wid=(\d+)&amp;qlt=85 (\d+)w/g)].map(([, asked, said]) => [asked, said])).toEqual(
    ["320", "480", "640", "960", "1280"].map((width) => [width, width]),
  );
  expect(text).toContain('src="https://p.example/is/image/a.jpg?wid=800&amp;qlt=85"');
  expect(text).toContain('width="800"');
  expect(text).toContain('height="600"');
});

test("A height that was asked for goes along with the width.", () => {
  expect(tag("wid=800&hei=400", 800, 400)).toContain("wid=320&amp;hei=160 320w");
});

test("A picture smaller than all widths is offered in its own.", () => {
  expect(tag("wid=100", 100, 50)).toMatch(/srcset="\S*wid=100 100w"/);
});

test("Quotation marks end neither an attribute nor a word of the shell.", () => {
  expect(tag('$t="', 800, 600)).not.toContain('$t="');
  expect(curlCommand("https://p.example/a?x='", "a'b")).toBe(`curl -o 'a'\\''b' 'https://p.example/a?x='\\'''`);
});
