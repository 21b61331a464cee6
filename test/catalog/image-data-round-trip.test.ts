import fc from "fast-check";
import { expect, test } from "vitest";
import { readImageData } from "../../src/catalog/records/image-data.ts";
import { catalogFile } from "../support/catalog-file.ts";
import { writtenTable } from "../support/table-writing.ts";

const SEED = Number(process.env.TABLES_SEED ?? 20_261_123);
const FILES = Number(process.env.TABLES ?? 10_000);

test(`${FILES} generated files of image data give each record back as it was written`, () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const record = fc.record({
    id: fc.oneof(word, fc.constantFrom("constructor", "__proto__", "a b", "caf\u00e9", "x/y.tif")),
    path: fc.oneof(fc.constant(""), word),
    anchor: fc.option(
      fc.record({ x: fc.integer({ min: -9999, max: 9999 }), y: fc.integer({ min: -9999, max: 9999 }) }),
      {
        nil: undefined,
      },
    ),
    modifier: fc.oneof(fc.constant(""), fc.constantFrom('text="a"', "a\tb", "a\r\nb", '"', "wid=1&hei=2")),
    resolution: fc.constantFrom(undefined, 72, 300.5),
  });
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 8 }),
      fc.constantFrom("\r" as const, "\n" as const, "\r\n" as const),
      fc.boolean(),
      (list, lineEnd, latin) => {
        const rows = list.map(({ id, path, anchor, modifier, resolution }) => [
          ...[id, path, anchor === undefined ? "" : `${anchor.x},${anchor.y}`, modifier, String(resolution ?? "")],
        ]);
        const encoding = latin ? "iso-8859-1" : "utf-8";
        const style = { encoding, lineEnd, quotes: () => latin, endsLine: latin } as const;
        const bytes = writtenTable([["Id", "Path", "Anchor", "Modifier", "Resolution"], ...rows], style);
        const { records } = readImageData(catalogFile(bytes));
        const last = new Map(list.map((one) => [one.id, one]));
        expect(records.size).toBe(last.size);
        for (const [id, { path, anchor, modifier, resolution }] of last) {
          const fields = {
            ...(path === "" ? {} : { Path: path }),
            ...(anchor === undefined ? {} : { Anchor: anchor }),
            ...(modifier === "" ? {} : { Modifier: modifier }),
            ...(resolution === undefined ? {} : { Resolution: resolution }),
          };
          expect(records.find(id)).toMatchObject({ id, fields, problems: [] });
          expect(records.find(id)?.fields).toEqual(fields);
        }
      },
    ),
    { seed: SEED, numRuns: FILES },
  );
});
