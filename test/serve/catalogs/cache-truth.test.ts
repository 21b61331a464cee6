import { beforeAll, describe, expect, test } from "vitest";
import type { Site } from "../../../src/serve/site.ts";
import type { CatalogSpec } from "../../support/catalogs.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import { noise, picture } from "../../support/pictures.ts";
import { ask, buckets, siteWith } from "../../support/site.ts";

beforeAll(async () => {
  const gray = picture({ width: 40, height: 30 }, (_, y) => [0, 0, 0, y < 15 ? 255 : 0]);
  const files: Readonly<Record<string, Uint8Array>> = {
    "shoe.png": pngOf(noise({ width: 40, height: 30 }, 3, false)),
    "same.png": pngOf(noise({ width: 40, height: 30 }, 3, false)),
    "in/shoe.png": pngOf(noise({ width: 40, height: 30 }, 3, false)),
    "veil.png": pngOf(noise({ width: 40, height: 30 }, 4, false)),
    "gray.png": pngOf(gray),
    "default.png": pngOf(quarters(20, 20)),
  };
  for (const [key, file] of Object.entries(files)) await buckets.SOURCES.put(key, file);
});

const RECORD = { Path: "shoe", Modifier: "$view$&fmt=png", PostModifier: "wid=20" };
const BASE: CatalogSpec = { macros: { view: "hei=10&fit=stretch" }, records: { shoe: RECORD } };

function on(change: CatalogSpec = {}, vars: Readonly<Record<string, string>> = {}): Site {
  const { records = {}, macros = {}, attributes = {} } = change;
  const acme = {
    attributes,
    macros: { ...BASE.macros, ...macros },
    records: { shoe: { ...RECORD, ...records.shoe }, ...(records.other && { other: records.other }) },
  };
  return siteWith({ acme }, vars);
}

async function tagOf(site: Site, path = "acme/shoe"): Promise<string> {
  const reply = await ask(path, {}, site);
  expect(reply.status).toBe(200);
  await reply.arrayBuffer();
  return reply.headers.get("ETag") ?? "";
}

const conditional = (site: Site, tag: string, path = "acme/shoe") =>
  ask(path, { headers: { "If-None-Match": tag } }, site);

/** What may change about a preset, and whether the picture has other pixels then. */
const CHANGES: readonly [what: string, change: CatalogSpec, path?: string][] = [
  ["a macro", { macros: { view: "hei=11&fit=stretch" } }],
  ["the Modifier", { records: { shoe: { Modifier: "$view$&fmt=png&op_invert=1" } } }],
  ["the PostModifier", { records: { shoe: { PostModifier: "wid=21" } } }],
  ["the Path, to a file of the same bytes", { records: { shoe: { Path: "same" } } }],
  ["the Path, to another picture", { records: { shoe: { Path: "veil" } } }],
  ["RootPath, to a folder of the same bytes", { attributes: { RootPath: "in" } }],
  ["Resolution of the record", { records: { shoe: { Resolution: "100" } } }, "acme/shoe?res=50"],
  ["Resolution of the catalog", { attributes: { Resolution: "100" } }, "acme/shoe?res=50"],
  ["MaskPath", { records: { shoe: { MaskPath: "gray" } } }, "acme/shoe?fmt=png-alpha"],
  ["Anchor", { records: { shoe: { Anchor: "1,1" } } }],
  ["PrintResolution", { records: { shoe: { PrintResolution: "300" } } }],
  ["an attribute", { attributes: { BkgColor: "ff0000" } }],
  ["DefaultExt", { attributes: { DefaultExt: "tif" } }],
];

// Source: protocol.md 7.6, 7.7: "a change of Modifier invalidates".
describe.each(["10", "-1"])("with Expiration %s", (Expiration) => {
  const vars = { Expiration };

  test.each(CHANGES)("changing %s changes the tag, and a conditional GET gets the new picture", async (_, to, path) => {
    const before = await tagOf(on({}, vars), path);
    const reply = await conditional(on(to, vars), before, path);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("ETag")).not.toBe(before);
    await reply.arrayBuffer();
  });

  test("an untouched preset keeps its tag, whatever changes beside it", async () => {
    const before = await tagOf(on({}, vars));
    const beside: CatalogSpec = { records: { other: { Path: "veil" } }, macros: { other: "wid=1" } };
    const reply = await conditional(on(beside, vars), before);
    expect([reply.status, await reply.text()]).toEqual([304, ""]);
  });

  test("a preset that comes back has its tag again", async () => {
    const before = await tagOf(on({}, vars));
    expect(await tagOf(on({ macros: { view: "hei=11" } }, vars))).not.toBe(before);
    expect(await tagOf(on({}, vars))).toBe(before);
  });
});

test("the tag is the MD5 of the body, and eight digits of how it came about", async () => {
  const reply = await ask("acme/shoe", {}, on());
  const digest = new Uint8Array(await crypto.subtle.digest("MD5", await reply.arrayBuffer()));
  const md5 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  expect(reply.headers.get("ETag")).toMatch(new RegExp(`^"${md5}-[0-9a-f]{8}"$`));
});

describe("what never expires is 304 without a look", () => {
  const vars = { Expiration: "-1" };

  test("for whoever has it as it would come about now, be the file there or not", async () => {
    const before = await tagOf(on({}, vars));
    const gone = siteWith({ acme: { ...BASE, attributes: { Expiration: "-1" } } }, vars, { sources: emptied() });
    expect((await conditional(gone, before)).status).toBe(304);
    expect((await conditional(gone, `W/${before}`)).status).toBe(304);
    expect((await conditional(gone, before)).headers.get("ETag")).toBe(before);
    // Whether there is any picture takes a look. Source: RFC 9110, 13.1.2.
    expect((await conditional(gone, "*")).status).toBe(403);
  });

  test("not for tags of other making, or of no making of ours", async () => {
    const before = await tagOf(on({}, vars));
    const key = before.slice(-9, -1);
    for (const tag of ['"any"', before.replace(key, "00000000"), `"-${key}"`, `"x-${key}"`, `${key}`]) {
      const reply = await conditional(on({}, vars), tag);
      expect([tag, reply.status]).toEqual([tag, 200]);
      await reply.arrayBuffer();
    }
  });

  test("of a default image is not that of the picture, when it comes", async () => {
    const waiting = { Path: "later", Modifier: "fmt=png" };
    for (const DefaultImageMode of ["0", "1"]) {
      const attributes = { DefaultImage: "/default", DefaultExpiration: "-1", DefaultImageMode };
      const site = siteWith({ acme: { attributes, records: { shoe: waiting } } }, vars);
      const stale = await tagOf(site);
      expect((await conditional(site, stale)).status).toBe(304);
      await buckets.SOURCES.put("later.png", pngOf(quarters(20, 20)));
      expect((await conditional(site, stale)).status).toBe(200);
      await buckets.SOURCES.delete("later.png");
    }
  });
});

/** A bucket in which there is nothing. */
function emptied(): R2Bucket {
  return new Proxy(buckets.SOURCES, { get: () => async () => null });
}
