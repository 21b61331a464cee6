import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { CARRIAGE_NAMES, CARRIAGES, type Carriage } from "../support/carriages.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { hostileFolders, hostileNames } from "../support/hostile-paths.ts";
import { readProperties } from "../support/properties.ts";
import { ask, buckets, savedKeys, site } from "../support/site.ts";

/** Beside, above and below where saves go; no name of the test is one of these. */
const THERE = [
  "kept.txt",
  "shop/kept.txt",
  "shop/web/kept.txt",
  "saved/.provenance/0abc",
  "catalogs/kept.txt",
  "x/kept",
];

beforeAll(async () => {
  await buckets.SOURCES.put("q", pngOf(quarters(1, 1)));
  for (const key of THERE) await buckets.SAVES.put(key, "what was there before");
});

interface Place {
  readonly SaveDirectory: string;
  readonly SavePath: string;
}

/** The name under which a save was done, by its answer. */
async function savedAs(carriage: Carriage, written: string, place: Place): Promise<string | undefined> {
  const { query, init, vars } = CARRIAGES[carriage](["req=saveToFile", `name=${written}`, "wid=1"]);
  const macros = { Macros: JSON.stringify({ m: "$x=../../kept" }) };
  const reply = await ask(`q${query}`, init, site({ CreateFolders: "1", ...macros, ...vars, ...place }));
  expect([200, 403]).toContain(reply.status);
  const text = new TextDecoder().decode(await reply.arrayBuffer());
  return text.startsWith("#S7Z OK") ? readProperties(text).properties.get("name") : undefined;
}

/** Where saves go, read plainly: what stands between slashes, but for the dots of `./`. */
function rootOf({ SaveDirectory, SavePath }: Place): string {
  const segments = [...SaveDirectory.split("/"), ...SavePath.split("/")];
  return segments
    .filter((segment) => segment !== "" && segment !== ".")
    .join("/")
    .normalize("NFC");
}

/** What a key must be, however it came about. */
function expectSafe(key: string, root: string): void {
  expect(key.startsWith(`${root}/`) && root !== "", `${JSON.stringify(key)} lies below ${JSON.stringify(root)}`).toBe(
    true,
  );
  const segments = key.split("/");
  for (const bad of ["", ".", ".."]) expect(segments).not.toContain(bad);
  expect(segments.map((segment) => segment.toLowerCase())).not.toContain(".provenance");
  expect(key).toBe(key.normalize("NFC"));
  // What a browser or a file system would make of the key.
  const url = new URL(segments.map(encodeURIComponent).join("/"), "http://x.example/");
  expect(decodeURIComponent(url.pathname)).toBe(`/${key}`);
}

const saves = fc.array(fc.tuple(fc.constantFrom(...CARRIAGE_NAMES), hostileNames), { minLength: 8, maxLength: 8 });
const usual = { SaveDirectory: "./", SavePath: "saved" };
const places = fc.oneof(fc.constant(usual), fc.record({ SaveDirectory: hostileFolders, SavePath: hostileFolders }));

// Source: save-contract "Where it goes".
test("whatever names and settings say, nothing but the keys that the answers name has come to be, all below SavePath", async () => {
  const before = await savedKeys();
  let done = 0;
  await fc.assert(
    fc.asyncProperty(places, saves, async (place, asked) => {
      const answers = await Promise.all(asked.map(([carriage, written]) => savedAs(carriage, written, place)));
      const after = await savedKeys();
      const added = Object.keys(after).filter((key) => !(key in before));
      await buckets.SAVES.delete(added);

      const root = rootOf(place);
      const named = answers.flatMap((name) => (name === undefined ? [] : [`${root}/${name}`]));
      expect(new Set(added)).toEqual(new Set(named));
      expect(after).toMatchObject(before);
      for (const key of added) expectSafe(key, root);
      done += added.length;
    }),
    { numRuns: 250 },
  );
  // Were all of them refused, nothing would have been tested.
  expect(done).toBeGreaterThan(100);
}, 120_000);
