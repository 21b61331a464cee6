import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPictureUrl, savePathOf } from "../../cli/save/picture-url.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import { readObject } from "../../src/protocol/path.ts";
import { readRequest } from "../../src/protocol/read.ts";
import { contextWith } from "../support/reading.ts";

/** URLs that real sites show to everyone; not part of this project. */
const SAMPLE = join(ROOT, "../shared/urls/public-sample.txt");
const NAME = "folder/ö {n} & 100% (new) +.jpg";

function picture(text: string) {
  const read = readPictureUrl(text);
  if (typeof read === "string") throw new Error(read);
  return read;
}

/** What a server understands of a path and query, which it is sent as a URL parser writes it. */
function understood(path: string) {
  const url = new URL(path, "http://localhost:8787");
  return readRequest(readObject(url.pathname) ?? "", url.search.slice(1), contextWith({}, "ignore"));
}

describe("the URL of a picture", () => {
  test.each([
    ["https://s7d1.scene7.com/is/image/Co/shoe?$Large$&wid=5", "/is/image/Co/shoe", "$Large$&wid=5"],
    ["HTTP://u:p@host:81/is/image/Co/shoe", "/is/image/Co/shoe", ""],
    ["//host/is/image/a", "/is/image/a", ""],
    ["/is/image/a?wid=5", "/is/image/a", "wid=5"],
    ["https://cdn.example/media/is/image/a?", "/is/image/a", ""],
    ["https://host/is/image/a?layer=1&src=is{b?wid=2}", "/is/image/a", "layer=1&src=is{b?wid=2}"],
  ])("%s keeps its path and its modifiers as they are", (text, path, query) => {
    expect(picture(text)).toMatchObject({ path, query });
  });

  test.each([
    ["", "wants a URL"],
    ["shoe.jpg", "wants a URL"],
    ["ftp://host/is/image/a", "wants a URL"],
    ["https://host/is/content/a.mp4", "/is/image/<object>"],
    ["https://host/is/image/", "/is/image/<object>"],
    ["https://host/is/image/../a", "/is/image/<object>"],
    ["https://host/is/image/a?name=b#1.jpg", "%23"],
    ["https://host/is/image/a?req=set,json", "req=set"],
    ["https://host/is/image/a?req=userdata&wid=5", "req=userdata"],
  ])("%j is none", (text, wanted) => {
    expect(readPictureUrl(text)).toContain(wanted);
  });

  test("A request for a picture, and one that saves already, are both the picture's.", () => {
    expect(picture("/is/image/a?req=img").modifiers.get("req")).toBe("img");
    expect(picture("/is/image/a?REQ=saveToFile&name=x%20y.jpg").modifiers.get("name")).toBe("x y.jpg");
  });

  test("What a nested request says is not what the picture says.", () => {
    const { modifiers } = picture("/is/image/a?wid=5&layer=1&src=is{b?wid=7&req=set&name=c}");
    expect([modifiers.get("wid"), modifiers.get("req"), modifiers.get("name")]).toEqual(["5", undefined, undefined]);
  });
});

describe("the save of a picture", () => {
  test("is its own URL, with the save behind it.", () => {
    expect(savePathOf(picture("https://h/is/image/a?$p$&wid=5"), "b c.jpg", 900)).toBe(
      "/is/image/a?$p$&wid=5&req=saveToFile&name=b%20c.jpg&timeout=900",
    );
    expect(savePathOf(picture("/is/image/a"), "b.jpg")).toBe("/is/image/a?req=saveToFile&name=b.jpg");
  });

  test.each([
    "req=img&wid=5",
    "req=saveToFile&name=old.jpg&timeout=3",
    "layer=2&src=is{a",
    "&&.x",
    "src=is(a(b)",
    "wid=5&amp;hei=6",
  ])("after %s saves by the name that is given.", (query) => {
    const { request, problems } = understood(savePathOf(picture(`/is/image/a?${query}`), NAME, 1234));
    expect(request).toMatchObject({ req: { type: "saveToFile" }, name: NAME, timeout: 1234 });
    expect(problems).toEqual([]);
  });
});

function realSites(): void {
  const urls = readFileSync(SAMPLE, "utf8").split("\n").filter(Boolean);

  test("Every URL of a real site that shows a picture is saved as what it shows, and as nothing else.", () => {
    const shown = urls.flatMap((url) => {
      const read = readPictureUrl(url);
      return typeof read === "string" ? [] : [read];
    });
    // The others have paths of their own, or ask for sets and data.
    expect(shown.length).toBeGreaterThan(urls.length * 0.9);
    for (const each of shown) {
      const before = understood(`${each.path}?${each.query}`);
      const after = understood(savePathOf(each, NAME));
      const { req, name, ...others } = after.request;
      const { req: _, ...othersBefore } = before.request;
      expect([req, name]).toEqual([{ type: "saveToFile" }, NAME]);
      const withoutOrigins = { origins: [] };
      expect({ ...after, request: others, ...withoutOrigins }).toEqual({
        ...{ ...before, request: othersBefore, ...withoutOrigins },
      });
    }
  });
}

if (existsSync(SAMPLE)) describe("URLs of real sites", realSites);
else test.skip("URLs of real sites: skipped, since ../shared/urls/public-sample.txt is not there", () => {});
