import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogFilesIn } from "../../scripts/local/catalogs/folder.ts";
import { SAMPLE_CATALOGS } from "../../scripts/local/sample-catalogs.ts";

const files = catalogFilesIn(SAMPLE_CATALOGS);
const latin = (path: string) => readFileSync(join(SAMPLE_CATALOGS, path), "latin1");
const rows = (path: string) =>
  latin(path)
    .split("\r\n")
    .slice(0, -1)
    .map((line) => line.split("\t"));

/** They are there to be like those of the original server, whatever editors and git would make of them. */
describe("the sample catalogs", () => {
  test("are these files.", () => {
    expect(files.map(({ path }) => path)).toEqual([
      "atelier.ini",
      "atelier/images.txt",
      "atelier/macros.txt",
      "default.ini",
    ]);
  });

  test.each(files.map(({ path }) => path))("%s ends each of its lines with CRLF.", (path) => {
    expect(latin(path)).toMatch(/^(?:[^\r\n]+\r\n)+$/);
  });

  test.each(["atelier.ini", "atelier/images.txt"])(
    "%s has words with accents in ISO-8859-1, which is no UTF-8.",
    (path) => {
      expect(latin(path)).toContain("\xe9");
      expect(() =>
        new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(join(SAMPLE_CATALOGS, path))),
      ).toThrow();
    },
  );

  test("have ten presets, of which one calls another.", () => {
    const [header, ...presets] = rows("atelier/macros.txt");
    expect(header).toEqual(["Name", "Definition"]);
    expect(new Set(presets.map(([name]) => name)).size).toBe(10);
    expect(presets.filter(([, body]) => body?.startsWith("$pdp-main$&")).length).toBe(1);
  });

  test("have rows of as many fields as the header, and ids that are no names of files.", () => {
    const [header = [], ...records] = rows("atelier/images.txt");
    expect(new Set(records.map((record) => record.length))).toEqual(new Set([header.length]));
    const paths = records.map((record) => record[header.indexOf("Path")]?.replace(/\.\w+$/, ""));
    for (const [id] of records) expect(paths).not.toContain(id);
  });
});
