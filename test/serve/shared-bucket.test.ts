import { beforeEach, describe, expect, test } from "vitest";
import type { Site } from "../../src/serve/site.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { counting } from "../support/counting.ts";
import { bucketWith } from "../support/doubles.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

type Vars = Readonly<Record<string, string>>;

const PICTURE = pngOf(quarters(2, 2));
const contents = async (bucket: R2Bucket) =>
  Object.fromEntries((await bucket.list()).objects.map(({ key, version }) => [key, version]));

beforeEach(async () => {
  for (const bucket of [buckets.SOURCES, buckets.SAVES]) {
    await bucket.delete(Object.keys(await contents(bucket)));
  }
});

/** The source where RootPath says, in its spelling of R2. */
async function putSource(rootPath: string): Promise<void> {
  const folder = rootPath.normalize("NFC").replace(/^(?:\.?\/)+|\/+$/g, "");
  await buckets.SOURCES.put(folder === "" ? "q.png" : `${folder}/q.png`, PICTURE);
  await buckets.SOURCES.put("catalogs/shop.ini", "RootPath=.");
}

/** What becomes of a save over the source's name, if it was one folder. */
async function became(on: Site): Promise<string | undefined> {
  const reply = await ask("q?req=saveToFile&name=q.png&wid=1", {}, on);
  expect([200, 403]).toContain(reply.status);
  const answer = await properties(reply);
  return answer.error ?? answer.status;
}

/** Settings under which saves could touch sources or catalogs, if both are in one bucket. */
const TOUCHING: readonly (readonly [why: string, vars: Vars])[] = [
  ["sources are everywhere", { RootPath: "" }],
  ["sources are everywhere, spelled with dots and slashes", { RootPath: "./" }],
  ["sources are everywhere, and saves far down", { SavePath: "a/b/c" }],
  ["both are one folder", { RootPath: "shop", SavePath: "shop" }],
  ["both are one folder, with slashes", { RootPath: "/shop/", SavePath: "shop/" }],
  ["both are one folder, with dots", { RootPath: "./shop", SaveDirectory: "./", SavePath: "shop" }],
  ["both are one folder, in two settings", { RootPath: "shop/web", SaveDirectory: "/shop/", SavePath: "web" }],
  ["both are one folder, decomposed here", { RootPath: "e\u0301", SavePath: "\u00e9" }],
  ["both are one folder, decomposed there", { RootPath: "\u00e9", SavePath: "e\u0301" }],
  [
    "both are one folder, decomposed in SaveDirectory",
    { RootPath: "\u00e9/a", SaveDirectory: "e\u0301", SavePath: "a" },
  ],
  ["saves lie among sources", { RootPath: "shop", SavePath: "shop/made" }],
  ["saves lie among sources, by SaveDirectory", { RootPath: "shop", SaveDirectory: "shop", SavePath: "made" }],
  ["sources lie among saves", { RootPath: "shop/in", SavePath: "shop" }],
  ["sources lie far down among saves", { RootPath: "a/b/c/d", SaveDirectory: "a", SavePath: "b" }],
  ["saves go over catalogs", { RootPath: "shop", SavePath: "catalogs" }],
  ["saves go over catalogs, with a slash", { RootPath: "shop", SavePath: "catalogs/" }],
  ["saves lie among catalogs", { RootPath: "shop", SavePath: "catalogs/made" }],
  ["saves lie among catalogs, by SaveDirectory", { RootPath: "shop", SaveDirectory: "./catalogs/", SavePath: "made" }],
];

/** Settings that only look as if they did. */
const APART: readonly (readonly [why: string, vars: Vars])[] = [
  ["sources have a folder of their own", { RootPath: "shop", SavePath: "made" }],
  ["folders begin alike", { RootPath: "shop", SavePath: "shop-made" }],
  ["folders begin alike, the other way", { RootPath: "shop-in", SavePath: "shop" }],
  ["catalogs begin alike", { RootPath: "shop", SavePath: "catalogs-made" }],
  ["catalogs further down are none", { RootPath: "shop", SavePath: "made/catalogs" }],
  ["case matters", { RootPath: "shop", SavePath: "Shop" }],
  ["they are neighbours", { RootPath: "all/in", SaveDirectory: "all", SavePath: "out" }],
  ["look-alikes are other letters", { RootPath: "shop", SavePath: "\uff53hop" }],
];

const one = (vars: Vars) => site({ CreateFolders: "1", ...vars }, { saves: buckets.SOURCES });
const two = (vars: Vars) => site({ CreateFolders: "1", ...vars });

// Source: save-contract "Where it goes", "Sources are safe from saves".
describe("where saves could touch sources", () => {
  describe.each(TOUCHING)("because %s", (_, vars) => {
    beforeEach(() => putSource(vars.RootPath ?? ""));

    test("in one bucket every save is refused, and nothing is written", async () => {
      const before = await contents(buckets.SOURCES);
      expect(await became(one(vars))).toBe("saveOverSources");
      expect(await contents(buckets.SOURCES)).toEqual(before);
    });

    test("in one bucket SharedBucket says that it is meant", async () => {
      const before = await contents(buckets.SOURCES);
      for (const SharedBucket of ["1", "true", "TRUE"]) {
        expect(await became(one({ ...vars, SharedBucket }))).toBe("done");
      }
      expect(await contents(buckets.SOURCES)).not.toEqual(before);
    });

    test("in two buckets they do not", async () => {
      const before = await contents(buckets.SOURCES);
      expect(await became(two(vars))).toBe("done");
      expect(await contents(buckets.SOURCES)).toEqual(before);
    });
  });
});

test.each(APART)("in one bucket a save is done, and touches nothing that was there, because %s", async (_, vars) => {
  await putSource(vars.RootPath ?? "");
  const before = await contents(buckets.SOURCES);
  expect(await became(one(vars))).toBe("done");
  const after = await contents(buckets.SOURCES);
  expect(after).toMatchObject(before);
  expect(Object.keys(after)).toHaveLength(Object.keys(before).length + 1);
});

test("the message tells the operator which folder it is, and strangers nothing of it", async () => {
  await putSource("");
  const said = async (ErrorDetail: string) =>
    (await properties(await ask("q?req=saveToFile&name=a.png", {}, one({ ErrorDetail })))).message;
  expect(await said("2")).toContain("SAVES is the bucket of SOURCES, and renditions/ is not apart from the sources");
  expect(await said("0")).toBe("Saves would go where the sources are");
});

test("an empty SOURCES proves nothing, and has no picture that could be saved", async () => {
  // A binding that nobody has asked about yet.
  const { bucket } = counting(buckets.SOURCES);
  expect(await became(site({ CreateFolders: "1" }, { sources: bucket, saves: bucket }))).toBe("sourceMissing");
  expect(await contents(buckets.SOURCES)).toEqual({});
});

test("where it cannot be found out whether they are one bucket, nothing is saved", async () => {
  await putSource("");
  const sources = bucketWith(buckets.SOURCES, {
    list: async () => {
      throw new Error("list: We encountered an internal error. Please try again. (10001)");
    },
  });
  const saves = counting(buckets.SAVES);
  expect(await became(site({ CreateFolders: "1" }, { sources, saves: saves.bucket }))).toBe("storage");
  expect(saves.calls).toEqual([]);
});

test("what cannot touch sources need not be asked about", async () => {
  await putSource("shop");
  const sources = counting(buckets.SOURCES);
  expect(await became(site({ CreateFolders: "1", RootPath: "shop" }, { sources: sources.bucket }))).toBe("done");
  expect(sources.calls).not.toContain("list");
});
