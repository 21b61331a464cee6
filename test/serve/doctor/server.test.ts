import { beforeEach, describe, expect, test } from "vitest";
import type { FileProblem } from "../../../src/catalog/file-problem.ts";
import { isAttributeFile, namesIn } from "../../../src/catalog/files/attribute-file.ts";
import { readCatalogs } from "../../../src/catalog/read-catalogs.ts";
import { CatalogHolder } from "../../../src/resolve/catalogs.ts";
import { readSettings } from "../../../src/settings/settings.ts";
import { r2CatalogFiles } from "../../../src/store/catalog-files.ts";
import { catalogs, held } from "../../support/catalogs.ts";
import { saveable } from "../../support/refusing.ts";
import { buckets, site, siteWith } from "../../support/site.ts";
import { findings } from "./asking.ts";

beforeEach(saveable);

test("an empty bucket of sources is well, and is told how one puts a picture there", async () => {
  await buckets.SOURCES.delete((await buckets.SOURCES.list()).objects.map(({ key }) => key));
  const { sources } = await findings(site());
  expect(sources).toMatchObject({ ok: true, says: "SOURCES answers, and is empty" });
  expect(sources?.mend).toContain("wrangler r2 object put");
});

describe("switches", () => {
  test("as it ships all are off, and nothing is to be thought of", async () => {
    expect((await findings(site())).switches).toEqual({
      name: "switches",
      ok: true,
      says: "Playground, ServeSaved, ManageSources are off",
    });
  });

  test("in production those that are on are named", async () => {
    const on = site({ Playground: "1", ManageSources: "1" });
    const { switches } = await findings(on);
    expect(switches).toMatchObject({ ok: true, says: "Playground, ManageSources are on" });
    expect(switches).toHaveProperty("mend");
    expect((await findings(on, { origin: "http://localhost:8787" })).switches).not.toHaveProperty("mend");
  });
});

describe("catalogs", () => {
  test("are counted, with their records", async () => {
    const acme = { records: { shoe: { Path: "shoe.png" }, sock: { Path: "sock.png" } } };
    expect((await findings(siteWith({ default: {}, acme }))).catalogs).toEqual({
      name: "catalogs",
      ok: true,
      says: "Catalogs beside the default one: 1; records: 2",
    });
  });

  test("that are broken refuse requests: with the reason", async () => {
    const on = siteWith({ default: {}, acme: { broken: "acme.ini:3:1: JpegQuality: wants a number" } });
    const found = (await findings(on)).catalogs;
    expect(found).toMatchObject({ ok: false, says: expect.stringContaining("acme.ini:3:1") });
    expect(found?.mend).toContain("npm run -s catalog -- check");
  });

  const problem = (weight: FileProblem["weight"], line: number): FileProblem => {
    return { file: "acme.txt", line, column: 1, about: "Anchor", wanted: "x,y", got: "left", weight };
  };

  test.each([
    ["file", false, "stays in force"],
    ["entry", false, "left out"],
    ["note", true, "records: 0"],
  ] as const)("a problem of weight %s", async (weight, ok, says) => {
    const problems = [problem(weight, 12)];
    const on = site({}, { catalogs: { ...held(catalogs({})), problems } });
    expect((await findings(on)).catalogs).toMatchObject({ ok, says: expect.stringContaining(says) });
  });

  test("of many problems some are told, and how many more there are", async () => {
    const problems = Array.from({ length: 12 }, (_, at) => problem("entry", at + 2));
    const found = (await findings(site({}, { catalogs: { ...held(catalogs({})), problems } }))).catalogs;
    expect(found?.says).toContain("acme.txt:6:1");
    expect(found?.says).not.toContain("acme.txt:7:1");
    expect(found?.says).toContain("and 7 more");
  });

  test("in the bucket are read, and what is wrong with them is known", async () => {
    await buckets.SOURCES.put("catalogs/acme.ini", "RootId=acme\nCatalogFile=acme.txt\n");
    await buckets.SOURCES.put("catalogs/acme.txt", "Id\tPath\tAnchor\nshoe\tshoe.png\tleft\n");
    const reader = { read: readCatalogs, isAttributeFile, namesIn };
    const holder = new CatalogHolder(r2CatalogFiles(buckets.SOURCES), readSettings({}), () => {}, reader);
    const found = (await findings(site({}, { catalogs: holder }))).catalogs;
    await buckets.SOURCES.delete(["catalogs/acme.ini", "catalogs/acme.txt"]);
    expect(found).toMatchObject({ ok: false, says: expect.stringContaining("acme.txt:2") });
  });
});

describe("memory (platform: an isolate has 128 MB)", () => {
  test("the default budget leaves enough to the rest", async () => {
    expect((await findings(site())).memory).toMatchObject({ ok: true });
  });

  test("one byte more does not", async () => {
    const { memory } = await findings(site({ MemoryBudget: "104857601" }));
    expect(memory).toMatchObject({ ok: false, mend: expect.stringContaining("104857600") });
  });

  test("catalogs that leave nothing to pictures are told", async () => {
    const large = site({}, { catalogs: held(catalogs({}, 60_000_000)) });
    expect((await findings(large)).memory).toMatchObject({ ok: false, says: expect.stringContaining("catalogs") });
  });
});
