import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { handle } from "../../../src/serve/handle.ts";
import type { Site } from "../../../src/serve/site.ts";
import { type CatalogSpec, catalogs, held } from "../../support/catalogs.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import { noise } from "../../support/pictures.ts";
import { ask, buckets, properties, savedKeys, site, siteWith, visit } from "../../support/site.ts";
import { madeAgain, savedObject } from "../made-again.ts";

beforeAll(async () => {
  const files: Readonly<Record<string, Uint8Array>> = {
    "shoe.png": pngOf(noise({ width: 60, height: 40 }, 1, false)),
    "acme/shoe.png": pngOf(noise({ width: 60, height: 40 }, 2, false)),
    "bolt/shoe.png": pngOf(noise({ width: 60, height: 40 }, 3, false)),
    "bolt/mask.png": pngOf(noise({ width: 60, height: 40 }, 4, false)),
    "twin.png": pngOf(quarters(8, 8)),
    "twin.jpg": pngOf(quarters(9, 9)),
  };
  for (const [key, file] of Object.entries(files)) await buckets.SOURCES.put(key, file);
});

beforeEach(async () => {
  await buckets.SAVES.delete((await buckets.SAVES.list()).objects.map(({ key }) => key));
});

async function saved(path: string, on: Site, name = "a.png") {
  const save = `req=saveToFile&name=${name}`;
  return properties(await ask(`${path}${path.includes("?") ? "&" : "?"}${save}`, {}, on));
}

/** Where it went, or why it went nowhere. */
async function outcome(path: string, on: Site): Promise<string> {
  const before = await savedKeys();
  const answer = await saved(path, on);
  const added = Object.keys(await savedKeys()).filter((key) => !(key in before) && !key.includes(".provenance"));
  expect(added).toHaveLength(answer.status === "done" ? 1 : 0);
  return answer.error ?? added[0] ?? "";
}

// Source: save-contract "Two outcomes", 7.
test("a save goes on without its client from before the catalogs are there, and nothing else does", async () => {
  const keptOf = async (path: string) => {
    const kept: Promise<unknown>[] = [];
    let arrive = () => {};
    const loading = new Promise<void>((there) => {
      arrive = there;
    });
    const current = () => loading.then(() => catalogs({ acme: {} }));
    const on = site({ CreateFolders: "1" }, { catalogs: { current } });
    const reply = handle(visit(path, {}, { keepAlive: (work) => kept.push(work) }), on);
    const before = kept.length;
    arrive();
    expect((await reply).status).toBe(200);
    return before;
  };
  expect(await keptOf("acme/shoe?req=saveToFile&name=a.png")).toBe(1);
  expect(await keptOf("acme/shoe?wid=9")).toBe(0);
});

// Source: save-contract "Where it goes": SavePath is a catalog attribute; defined but empty, saving is off.
describe("SavePath", () => {
  const specs: Readonly<Record<string, CatalogSpec>> = {
    acme: { attributes: { SavePath: "of-acme/web" } },
    bolt: { attributes: { SavePath: "" } },
    cog: {},
  };
  const on = (vars = {}, others: Readonly<Record<string, CatalogSpec>> = {}) =>
    siteWith({ ...specs, ...others }, { CreateFolders: "1", SavePath: "common", ...vars });

  test("is that of the catalog of the path, or else that of the server", async () => {
    expect(await outcome("acme/shoe", on())).toBe("of-acme/web/a.png");
    expect(await outcome("cog/shoe", on())).toBe("common/a.png");
    expect(await outcome("acme/shoe", on({ SaveDirectory: "all" }))).toBe("all/of-acme/web/a.png");
  });

  test("is not that of the catalog of a source", async () => {
    expect(await outcome("cog/shoe?src=acme/shoe", on())).toBe("common/a.png");
    expect(await outcome("cog?src=acme/shoe", on({ SavePath: "" }))).toBe("savingOff");
    expect(await outcome("acme/shoe?src=bolt/shoe", on())).toBe("of-acme/web/a.png");
  });

  test("that is defined and empty switches saving off, whatever else there is", async () => {
    const fallback = { default: { attributes: { SavePath: "of-all" } } };
    expect(await outcome("bolt/shoe", on({}, fallback))).toBe("savingOff");
    expect(await outcome("cog/shoe", on({}, fallback))).toBe("of-all/a.png");
    expect(await outcome("cog/shoe", on({}, { default: { attributes: { SavePath: "" } } }))).toBe("savingOff");
  });

  test("switches saving on where the server has none", async () => {
    expect(await outcome("acme/shoe", on({ SavePath: "" }))).toBe("of-acme/web/a.png");
    expect(await outcome("cog/shoe", on({ SavePath: "" }))).toBe("savingOff");
  });

  test("of a catalog that names no folder is refused as that of the server is", async () => {
    expect(await outcome("acme/shoe", on({}, { acme: { attributes: { SavePath: "../up" } } }))).toBe("savePathInvalid");
  });
});

// Source: save-contract "Where it goes", "Sources are safe from saves".
describe("in one bucket saves touch the sources of no catalog", () => {
  const one = (specs: Readonly<Record<string, CatalogSpec>>, vars = {}) =>
    siteWith(specs, { CreateFolders: "1", SavePath: "made", RootPath: "acme", ...vars }, { saves: buckets.SOURCES });

  test.each<[why: string, SavePath: string, specs: Readonly<Record<string, CatalogSpec>>]>([
    ["its own", "bolt/made", { acme: { attributes: { RootPath: "bolt", SavePath: "bolt/made" } } }],
    ["another's", "bolt", { acme: {}, bolt: { attributes: { RootPath: "bolt/in" } } }],
    [
      "the default catalog's",
      "bolt",
      { default: { attributes: { RootPath: "bolt" } }, acme: { attributes: { RootPath: "x" } } },
    ],
    [
      "those of the server, which a catalog without any has",
      "acme/made",
      { acme: { attributes: { RootPath: "x" } }, bolt: {} },
    ],
    ["one that has everything", "made", { acme: {}, bolt: { attributes: { RootPath: "" } } }],
    ["the catalogs themselves", "catalogs/made", { acme: {} }],
  ])("%s", async (_, SavePath, specs) => {
    const keys = async () => (await buckets.SOURCES.list()).objects.map(({ key, version }) => [key, version]);
    const before = await keys();
    expect((await saved("acme/shoe", one(specs, { SavePath }))).error).toBe("saveOverSources");
    expect(await keys()).toEqual(before);
  });

  test("beside all of them they go", async () => {
    const specs = { acme: {}, bolt: { attributes: { RootPath: "bolt" } } };
    expect((await saved("acme/shoe?src=/shoe", one(specs))).status).toBe("done");
    await buckets.SOURCES.delete("made/a.png");
  });
});

// Source: save-contract "The object": "made again byte for byte", "what catalogs contributed is expanded".
describe("a rendition by a preset is made again, with the catalogs that there were", () => {
  const loaded = catalogs({
    default: { records: { plain: { Path: "/shoe" } }, macros: { web: "fmt=jpeg&qlt=70" } },
    acme: {
      attributes: { RootPath: "acme", DefaultExt: "png", Resolution: "100", BkgColor: "ff0000", JpegQuality: "33,1" },
      macros: { small: "wid=$w$&$w=30" },
      records: {
        shoe: { Path: "shoe", Modifier: "$small$&op_sharpen=1", PostModifier: "fmt=png" },
        $v: { Path: "shoe", Modifier: "op_blur=$b$&$b=3", PostModifier: "op_invert=$i$&$i=1" },
        fine: { Path: "shoe", Resolution: "200", Anchor: "3,4", PrintResolution: "150" },
        banner: { Modifier: "layer=0&src=$object$&layer=comp&wid=25" },
      },
    },
    bolt: {
      attributes: { RootPath: "bolt" },
      records: { masked: { Path: "shoe", MaskPath: "mask", Modifier: "crop=1,1,20,20" } },
    },
  });
  const parts = { catalogs: held(loaded) };
  const vars = { CreateFolders: "1", SaveEffort: "fast", DefaultExt: "jpg" };

  test.each([
    ["a record with macros", "acme/shoe"],
    ["a record that the client overrides", "acme/shoe?wid=20&$w=9"],
    ["variables of Modifier and PostModifier", "acme/$v?$b=1"],
    ["resolution, anchor and print resolution of a record", "acme/fine?res=50&rotate=30&fmt=png"],
    ["resolution of a catalog", "acme/shoe?res=50&scale=0.5"],
    ["a template", "acme/shoe?template=banner"],
    ["a source of another catalog, with its mask", "acme/shoe?src=bolt/masked&res=30"],
    ["a source of the default catalog, whose Resolution is the setting's", "acme/shoe?src=/plain&res=30&fmt=png"],
    ["a source of the default catalog, whose DefaultExt is the setting's", "acme/shoe?src=/twin&fmt=png"],
    ["attributes that decide", "acme/fine?wid=80&hei=80&fmt=jpeg"],
  ])("%s", async (_, path) => {
    expect(await saved(path, site(vars, parts), "first")).toMatchObject({ status: "done" });
    const first = await savedObject("renditions/first");
    expect(first.metadata.request).not.toContain("$small$");
    const again = await madeAgain(first, parts);
    expect(again.bytes).toEqual(first.bytes);
    expect(again.metadata).toEqual(first.metadata);
  });

  test("a path that was looked up as if its catalog were not there", async () => {
    const specs = catalogs({ acme: { attributes: { RootPath: "bolt" } } });
    for (const FullMatch of ["0", "1"]) {
      const name = `match${FullMatch}`;
      await saved("acme/shoe?fmt=png", site({ ...vars, FullMatch }, { catalogs: held(specs) }), name);
      const first = await savedObject(`renditions/${name}`);
      expect(first.metadata.source).toBe(FullMatch === "1" ? "acme/shoe.png" : "bolt/shoe.png");
      expect((await madeAgain(first, { catalogs: held(specs) })).bytes).toEqual(first.bytes);
    }
  });

  test("its metadata says what catalogs have contributed", async () => {
    await saved("acme/shoe", site(vars, parts), "first");
    const { metadata } = await savedObject("renditions/first");
    expect(metadata.request).toBe("acme/shoe?fmt=png&wid=30&op_sharpen=1");
    expect(metadata.source).toBe("acme/shoe.png");
    expect(new URLSearchParams(metadata.settings)).toEqual(
      new URLSearchParams("DefaultExt=jpg&BkgColor=255,0,0&JpegQuality=33,1&SaveEffort=fast"),
    );
  });
});

describe("the record of a save", () => {
  test("says what stood in the path, and where it went", async () => {
    const lines: string[] = [];
    const telemetry = { log: (line: string) => lines.push(line), saveEvents: undefined };
    const specs = { acme: { attributes: { SavePath: "of-acme" }, records: { id: { Path: "/shoe" } } } };
    const on = siteWith(specs, { CreateFolders: "1" }, { telemetry });
    await saved("acme/id", on);
    await saved("acme/nothing", on);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { outcome: "done", object: "acme/id", key: "of-acme/a.png" },
      { outcome: "failed", error: "sourceMissing", object: "acme/nothing", key: "of-acme/a.png" },
    ]);
  });
});

describe("who may save is asked before any record is looked at", () => {
  const watched = () => {
    const loaded = catalogs({ acme: { records: { shoe: { Path: "shoe" } } } });
    const asked: string[] = [];
    const acme = loaded.byRootId.get("acme");
    if (acme === undefined) throw new Error("no acme");
    const records = { ...acme.records, find: (id: string) => (asked.push(id) > 0 ? acme.records.find(id) : undefined) };
    const watching = { ...loaded, byRootId: new Map([["acme", { ...acme, records }]]) };
    return { asked, catalogs: held(watching) };
  };

  test("strangers learn nothing of it, by query, form, template or source", async () => {
    const { asked, catalogs: source } = watched();
    const on = site({ SaveAccess: "token" }, { catalogs: source, saveToken: "secret" });
    for (const query of ["", "&template=acme/shoe", "&src=acme/shoe", "&src=is{acme/shoe?wid=1}"]) {
      const reply = await ask(`acme/shoe?req=saveToFile&name=a.png${query}`, {}, on);
      expect([reply.status, (await properties(reply)).error]).toEqual([403, "tokenWrong"]);
    }
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    await ask("acme/shoe", { method: "POST", body: "req=saveToFile&name=a.png", headers }, on);
    expect(asked).toEqual([]);
  });

  test("others are looked up for", async () => {
    const { asked, catalogs: source } = watched();
    const on = site({ SaveAccess: "token", CreateFolders: "1" }, { catalogs: source, saveToken: "secret" });
    const headers = { Authorization: "Bearer secret" };
    expect((await ask("acme/shoe?req=saveToFile&name=a.png", { headers }, on)).status).toBe(200);
    expect(asked).toContain("shoe");
  });

  test("validation looks nothing up", async () => {
    const { asked, catalogs: source } = watched();
    expect((await ask("acme/shoe?template=acme/shoe&req=validate", {}, site({}, { catalogs: source }))).status).toBe(
      200,
    );
    expect(asked).toEqual([]);
  });
});

// Source: save-contract "Where it goes": sources are safe from saves.
describe("where sources and saves are one bucket", () => {
  const parts = { saves: buckets.SOURCES };
  const bolt: CatalogSpec = { attributes: { RootPath: "bolt", SavePath: "acme" } };
  const on = (acme: CatalogSpec) =>
    siteWith({ default: { attributes: { RootPath: "else" } }, acme, bolt }, { CreateFolders: "1" }, parts);

  test("no catalog saves among the sources of another, be that broken or not", async () => {
    const acme = { attributes: { RootPath: "acme" } };
    const before = (await buckets.SOURCES.head("acme/shoe.png"))?.etag;
    expect((await saved("bolt/shoe", on(acme), "shoe.png")).error).toBe("saveOverSources");
    // Of a broken one nobody knows where its sources are.
    expect((await saved("bolt/shoe", on({ broken: "acme.ini:2:1" }), "shoe.png")).error).toBe("saveOverSources");
    expect((await buckets.SOURCES.head("acme/shoe.png"))?.etag).toBe(before);
  });

  test("nothing is saved below the folder in which the picture itself lies, though no RootPath does", async () => {
    const specs = {
      default: { attributes: { RootPath: "else" } },
      acme: { attributes: { RootPath: "of-acme", SavePath: "bolt" }, records: { shoe: { Path: "/bolt/shoe" } } },
    };
    const answer = await saved("acme/shoe?wid=5", siteWith(specs, { CreateFolders: "1" }, parts), "shoe.png");
    expect(answer.error).toBe("saveOverSources");
  });
});

// Source: protocol.md 2.5 (5); the original's page of FullMatch: "completely ignores the catalog".
test("a catalog that is ignored for what is no record does not say where it is saved either", async () => {
  const specs = {
    default: { attributes: { SavePath: "of-default" } },
    acme: {
      attributes: { FullMatch: "1", SavePath: "of-acme", RootPath: "none" },
      records: { logo: { Path: "/shoe" } },
    },
  };
  const on = siteWith(specs, { CreateFolders: "1" });
  expect(await outcome("acme/shoe", on)).toBe("of-default/a.png");
  expect(await outcome("acme/logo", on)).toBe("of-acme/a.png");
});
