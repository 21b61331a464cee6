import { beforeEach, describe, expect, test } from "vitest";
import { catalogBucket, putCatalog, putCatalogs } from "../support/catalog-bucket.ts";
import { held } from "../support/catalog-holding.ts";

let calls: string[] = [];

beforeEach(async () => {
  calls = [];
  await putCatalogs({ "acme.ini": "acme.txt", "acme.txt": "shoe" });
});

describe("what is wrong with the files", () => {
  const problem = (about: string, weight: "file" | "entry" | "note" = "entry") =>
    ({ file: "acme.txt", line: 2, column: 5, about, wanted: "x,y", got: "l\u2028ft", weight }) as const;

  test("is logged once, a line for each that is new, in ASCII", async () => {
    const it = held(catalogBucket(calls));
    it.reader.problems = [problem("Anchor")];
    await it.ask();
    const line = {
      ...{ event: "catalogs", weight: "entry", file: "catalogs/acme.txt", line: 2, column: 5 },
      says: 'Anchor: wants x,y, got "l\u2028ft"',
    };
    expect(it.log.map((text) => JSON.parse(text))).toEqual([line]);
    expect(it.log.join("")).toMatch(/^[ -~]*$/);

    it.reader.problems = [problem("Anchor"), problem("Size", "note"), problem("Path", "file")];
    await putCatalog("acme.txt", "other");
    it.now += 10_000;
    await it.ask();
    expect(it.log.slice(1).map((text) => JSON.parse(text).weight)).toEqual(["file", "note"]);
    it.now += 10_000;
    await it.ask();
    expect(it.log).toHaveLength(3);
  });

  test("is not logged without end", async () => {
    const it = held(catalogBucket(calls));
    it.reader.problems = Array.from({ length: 1000 }, (_, at) => problem(`field ${at} ${"!".repeat(10_000)}`));
    await it.ask();
    expect(it.log).toHaveLength(101);
    expect(JSON.parse(it.log.at(-1) ?? "")).toEqual({ event: "catalogs", more: 900 });
    for (const text of it.log) expect(text.length).toBeLessThan(1500);
  });
});

test("a reading that throws leaves in force what there was", async () => {
  const it = held(catalogBucket(calls));
  await it.ask();
  await putCatalog("acme.txt", "coat");
  it.now += 10_000;
  const { read } = it.reader;
  const reader = it.reader as { read: typeof read };
  reader.read = () => {
    throw new TypeError("a mistake");
  };
  expect(await it.ask()).toBe("acme");
  expect(JSON.parse(it.log[0] ?? "")).toMatchObject({ event: "catalogs", error: "internal" });
});
