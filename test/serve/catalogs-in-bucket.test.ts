import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { isAttributeFile, namesIn } from "../../src/catalog/files/attribute-file.ts";
import { readCatalogs } from "../../src/catalog/read-catalogs.ts";
import { CatalogHolder } from "../../src/resolve/catalogs.ts";
import type { Site } from "../../src/serve/site.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { r2CatalogFiles } from "../../src/store/catalog-files.ts";
import { pixelAt, pngOf, quarters, readPng } from "../support/charts.ts";
import { picture } from "../support/pictures.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

const HEADER = "Id\tPath\tMaskPath\tModifier\tPostModifier\tResolution\tExpiration";
const FILES: Readonly<Record<string, string>> = {
  "default.ini": "# for all\nMacroFile=macros.txt\nExpiration=2\nErrorDetail=2\n",
  "macros.txt": "Name\tDefinition\nview\twid=40&fmt=png\nsmall\t$view$&wid=20\n",
  "acme.ini": [
    "RootId=acme",
    "RootPath=pictures",
    "CatalogFile=acme/images.txt",
    "MacroFile=acme/macros.txt",
    "SavePath=of-acme",
    "BkgColor=ff0000",
    "DefaultImage=none",
    "",
  ].join("\r\n"),
  "acme/macros.txt": "Name\tDefinition\nview\twid=30&fmt=png\n",
  "acme/images.txt": [
    HEADER,
    "shoe\tshoe\t\t$view$\t\t\t",
    "caf\u00e9\tshoe\t\t$small$\tfit=stretch&hei=5\t\t-1",
    'quoted\tshoe\t\t"wid=9&fmt=png&id=a\tb"\t\t200\t',
    "banner\t\t\tlayer=0&src=$img$&$img=shoe&layer=comp&wid=15&fmt=png\t\t\t",
    "none\tnone\t\t\t\t\t0.5",
    "broken\tshoe\t\t\t\tmany\t",
    "",
  ].join("\n"),
};

/** Files as they are without a byte order mark: in ISO-8859-1. */
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await buckets.SOURCES.put(`catalogs/${path}`, latin1(text));
}

beforeEach(async () => {
  await buckets.SOURCES.delete((await buckets.SOURCES.list()).objects.map(({ key }) => key));
  await buckets.SAVES.delete((await buckets.SAVES.list()).objects.map(({ key }) => key));
  await put(FILES);
  await buckets.SOURCES.put("pictures/shoe.png", pngOf(quarters(60, 60)));
  await buckets.SOURCES.put("pictures/none.png", pngOf(picture({ width: 8, height: 8 }, () => [0, 0, 0, 0])));
  await buckets.SOURCES.put("shoe.png", pngOf(quarters(60, 60)));
});

interface Loaded {
  readonly on: Site;
  /** What was logged of files. */
  readonly lines: readonly string[];
}

/** A site whose catalogs are those of the bucket, as they are at each request. */
function loaded(vars: Readonly<Record<string, string>> = {}): Loaded {
  const settings = readSettings({ CatalogRefresh: "0", ...vars });
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const reader = { read: readCatalogs, isAttributeFile, namesIn };
  const catalogs = new CatalogHolder(r2CatalogFiles(buckets.SOURCES), settings, log, reader);
  return { on: site(vars, { catalogs }), lines };
}

async function shown(path: string, on: Site) {
  const reply = await ask(path, {}, on);
  if (reply.status !== 200) throw new Error(`${path}: ${await reply.text()}`);
  return readPng(new Uint8Array(await reply.arrayBuffer()));
}

// Source: protocol.md 6.1 to 6.4.
describe("catalogs in the bucket", () => {
  test("are at work: attributes, records, macros, templates and default images", async () => {
    const { on } = loaded();
    expect((await shown("acme/shoe", on)).size.width).toBe(30);
    expect((await shown("shoe?$small$", on)).size.width).toBe(20);
    expect((await shown("acme/caf%C3%A9", on)).size).toEqual({ width: 20, height: 5 });
    expect((await shown("acme/quoted", on)).size.width).toBe(9);
    expect((await shown("acme/banner?$img=shoe", on)).size.width).toBe(15);
    expect((await shown("acme/shoe?template=banner", on)).size.width).toBe(15);
    expect(pixelAt(await shown("acme/nowhere?fmt=png", on), 3, 3)).toEqual([255, 0, 0, 255]);
    expect((await ask("acme/shoe", {}, on)).headers.get("Cache-Control")).toBe("public, max-age=7200");
  });

  test("refuse a record with a field that cannot be read, and log it with file, line and reason", async () => {
    const { on, lines } = loaded();
    const reply = await ask("acme/broken", {}, on);
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining("Resolution")]);
    expect(lines.join("\n")).toContain("catalogs/acme/images.txt");
    expect((await shown("acme/shoe", on)).size.width).toBe(30);
  });

  test("save by a preset, into the folder of the catalog", async () => {
    const { on } = loaded({ CreateFolders: "1" });
    const answer = await properties(await ask("acme/shoe?req=saveToFile&name=a.png", {}, on));
    expect(answer).toMatchObject({ status: "done", width: "30", type: "image/png" });
    const object = await buckets.SAVES.head("of-acme/a.png");
    expect(object?.customMetadata).toMatchObject({ request: "acme/shoe?fmt=png&wid=30", source: "pictures/shoe.png" });
  });

  test("that change, change what is answered and its tag", async () => {
    const { on } = loaded();
    const tag = (await ask("acme/shoe", {}, on)).headers.get("ETag") ?? "";
    const again = () => ask("acme/shoe", { headers: { "If-None-Match": tag } }, on);
    expect((await again()).status).toBe(304);
    await put({ "acme/macros.txt": "Name\tDefinition\nview\twid=31&fmt=png\n" });
    const changed = await again();
    expect(changed.status).toBe(200);
    expect(readPng(new Uint8Array(await changed.arrayBuffer())).size.width).toBe(31);
  });

  test("that cannot be read leave the last good ones in force", async () => {
    const { on, lines } = loaded();
    await shown("acme/shoe", on);
    await put({ "acme/images.txt": `${HEADER}\n"never closed` });
    expect((await shown("acme/shoe", on)).size.width).toBe(30);
    expect(lines.join("\n")).toContain("catalogs/acme/images.txt");
  });

  test("that cannot be read from the beginning are an error of theirs alone, naming the file", async () => {
    await put({ "acme.ini": "RootId=acme\nthis is no attribute\n", "bolt.ini": "RootId=bolt\n" });
    const { on } = loaded();
    const reply = await ask("acme/shoe", {}, on);
    expect([reply.status, await reply.text()]).toEqual([500, expect.stringContaining("acme.ini:2")]);
    expect((await shown("bolt/shoe?fmt=png", on)).size.width).toBe(60);
  });

  test("that are gone are gone", async () => {
    const { on } = loaded();
    await shown("acme/shoe", on);
    await buckets.SOURCES.delete("catalogs/acme.ini");
    expect((await ask("acme/shoe", {}, on)).status).toBe(403);
  });

  test("are those of the Worker itself", async () => {
    const reply = await exports.default.fetch("https://pictures.example/is/image/acme/quoted");
    expect([reply.status, reply.headers.get("Content-Type")]).toEqual([200, "image/png"]);
    await reply.arrayBuffer();
  });
});

test("no catalogs are no obstacle, and nothing to be logged", async () => {
  await buckets.SOURCES.delete(Object.keys(FILES).map((path) => `catalogs/${path}`));
  const { on, lines } = loaded();
  expect((await shown("shoe?fmt=png", on)).size.width).toBe(60);
  expect(lines).toEqual([]);
});
