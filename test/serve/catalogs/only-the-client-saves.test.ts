import { beforeAll, describe, expect, test } from "vitest";
import { catalogs, held } from "../../support/catalogs.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import { counting } from "../../support/counting.ts";
import { ask, buckets, properties, site } from "../../support/site.ts";

beforeAll(async () => {
  await buckets.SOURCES.put("q.png", pngOf(quarters(4, 4)));
});

const REQUESTS = [
  "req=saveToFile",
  "REQ=SAVETOFILE",
  "%72eq=save%54o%46ile",
  "req=saveToFile,x",
  "$r=saveToFile&req=$r$",
];

/** Everything that counts only where the client wrote it, in spellings that mean it. */
const SAVES = [
  ...REQUESTS,
  ...["name=evil.png", "n%61me=evil.png", "timeout=5", "expires=1795360000", `sig=${"0".repeat(64)}`],
];

/** Where a catalog could say it, and what a client asks for innocently. */
const PLACES: readonly (readonly [where: string, path: string])[] = [
  ["the Modifier of the path's record", "acme/modifier"],
  ["its PostModifier", "acme/post"],
  ["a macro of the catalog", "acme/plain?$evil$"],
  ["a macro in a Modifier", "acme/calling"],
  ["a template", "acme/plain?template=modifier"],
  ["a template of another catalog", "plain?template=acme/modifier"],
  ["a request nested in a Modifier", "acme/nesting"],
  ["a record of a nested request", "acme/plain?layer=0&src=is{acme/modifier}"],
  ["the default catalog's macro", "plain?$common$"],
];

const siteWhere = (save: string, attributes = {}) => {
  const { bucket: saves, calls } = counting(buckets.SAVES);
  const loaded = catalogs({
    default: { records: { plain: { Path: "q" } }, macros: { common: save } },
    acme: {
      attributes,
      macros: { evil: save },
      records: {
        plain: { Path: "q" },
        modifier: { Path: "q", Modifier: save },
        post: { Path: "q", PostModifier: save },
        calling: { Path: "q", Modifier: "wid=2&$evil$" },
        nesting: { Path: "q", Modifier: `layer=0&src=is{acme/plain?${save}}` },
        layered: { Path: "q", Modifier: save },
      },
    },
  });
  return { on: site({ CreateFolders: "1" }, { saves, catalogs: held(loaded) }), calls };
};

// Source: save-contract "The request": "an innocent image URL must never write".
describe.each(PLACES)("in %s", (_, path) => {
  test.each(SAVES)("%s writes nothing, and is refused", async (save) => {
    for (const asked of [path, `${path}${path.includes("?") ? "&" : "?"}req=img`]) {
      const { on, calls } = siteWhere(save);
      const reply = await ask(asked, {}, on);
      expect([asked, reply.status, calls]).toEqual([asked, 403, []]);
      expect(await reply.text()).toContain("The request cannot be understood");
    }
  });

  test.each(SAVES)("%s makes nothing of a save but a refused one", async (save) => {
    const { on, calls } = siteWhere(save);
    const asked = `${path}${path.includes("?") ? "&" : "?"}req=saveToFile&name=good.png`;
    const reply = await ask(asked, {}, on);
    expect([reply.status, (await properties(reply)).error, calls]).toEqual([403, "badRequest", []]);
  });

  test.each(REQUESTS)("%s is no reason for an error image", async (save) => {
    const { on, calls } = siteWhere(save, { ErrorImage: "plain" });
    expect([(await ask(path, {}, on)).status, calls]).toEqual([403, []]);
  });
});

test("of a record that is only a layer's source nothing of it counts, and nothing is written", async () => {
  for (const save of SAVES) {
    const { on, calls } = siteWhere(save);
    const reply = await ask("acme/plain?layer=0&src=layered&fmt=png", {}, on);
    await reply.arrayBuffer();
    expect([save, calls]).toEqual([save, []]);
  }
});
