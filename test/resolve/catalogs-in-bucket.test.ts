import { beforeEach, describe, expect, test } from "vitest";
import { isAttributeFile, namesIn } from "../../src/catalog/files/attribute-file.ts";
import { lookUp, mainCatalogOf } from "../../src/catalog/look-up.ts";
import { readCatalogs } from "../../src/catalog/read-catalogs.ts";
import { viewOf } from "../../src/catalog/view.ts";
import { CatalogHolder } from "../../src/resolve/catalogs.ts";
import { r2CatalogFiles } from "../../src/store/catalog-files.ts";
import { catalogBucket, putCatalog, putCatalogs } from "../support/catalog-bucket.ts";
import { DEFAULTS } from "../support/catalogs-by-hand.ts";

const FOREVER = new AbortController().signal;
const SHOP = {
  "default.ini": "RootPath=common\r\nMacroFile=macros.txt\r\n",
  "macros.txt": "Name\tDefinition\r\nview\twid=240&fmt=jpeg&qlt=85\r\n",
  "acme.ini": "RootId=acme\r\nRootPath=acme\r\nCatalogFile=acme/images.txt\r\n",
  "acme/images.txt": "Id\tPath\tModifier\tAnchor\r\nshoe\tred/shoe.tif\t$view$\t10,20\r\ncoat\tcoat.tif\t\tleft\r\n",
};

/** Files in the protocol's own formats, from the bucket to what a request sees of them. */
function shop() {
  const calls: string[] = [];
  const log: string[] = [];
  const clock = { now: 1_000_000 };
  const reader = { read: readCatalogs, isAttributeFile, namesIn };
  const files = r2CatalogFiles(catalogBucket(calls));
  const settings = { CatalogRefresh: 10, Macros: new Map() };
  const holder = new CatalogHolder(
    files,
    settings,
    (line) => log.push(line),
    reader,
    () => clock.now,
  );
  return {
    calls,
    log,
    holder,
    /** What is said of an object, CatalogRefresh seconds after it was asked the last time. */
    async of(path: string) {
      clock.now += 10_000;
      const catalogs = await holder.current(FOREVER);
      const { main, view } = viewOf(path, catalogs, DEFAULTS);
      const { record, picture } = lookUp(path, mainCatalogOf(path, catalogs, DEFAULTS).catalog, catalogs, DEFAULTS);
      const { ofPath, macros } = view;
      return { picture, record, ofPath, macros: [...macros.keys()], broken: main.catalog.broken };
    },
  };
}

beforeEach(() => putCatalogs(SHOP));

describe("catalogs in the bucket of the sources", () => {
  test("are loaded, and their records looked up", async () => {
    const { of, log, calls } = shop();
    const { picture, ofPath, macros } = await of("acme/shoe");
    expect(picture).toBe("acme/red/shoe.tif");
    expect(ofPath).toMatchObject({
      ...{ name: "acme/shoe", modifier: "$view$", fields: "anchor=10,20", broken: undefined },
      place: "catalogs/acme/images.txt, line 2",
    });
    expect(macros).toContain("view");
    expect((await of("acme/coat")).ofPath?.broken).toMatchObject({ field: "Anchor", got: "left" });
    expect((await of("acme/other.tif")).picture).toBe("acme/other.tif");
    expect((await of("other.tif")).picture).toBe("common/other.tif");
    expect(log.map((line) => JSON.parse(line))).toMatchObject([
      { weight: "entry", file: "catalogs/acme/images.txt", line: 3, column: 16 },
    ]);
    expect(calls.filter((call) => call !== "list")).toHaveLength(4);
  });

  test("are in force as they were where a file cannot be used any more, until it can", async () => {
    const { of, log } = shop();
    await of("acme/shoe");
    log.length = 0;
    await putCatalog("acme/images.txt", 'Id\tPath\n"shoe\tgreen/shoe.tif\n');
    expect((await of("acme/shoe")).picture).toBe("acme/red/shoe.tif");
    expect(log.map((line) => JSON.parse(line))).toMatchObject([{ weight: "file", file: "catalogs/acme/images.txt" }]);
    await putCatalog("acme.ini", "RootId=acme\nRootPath");
    expect((await of("acme/shoe")).picture).toBe("acme/red/shoe.tif");
    await putCatalog("acme/images.txt", "Id\tPath\nshoe\tgreen/shoe.tif\n");
    await putCatalog("acme.ini", SHOP["acme.ini"]);
    expect((await of("acme/shoe")).picture).toBe("acme/green/shoe.tif");
  });

  test("are broken where they never could be used, and others are not", async () => {
    await putCatalog("acme/images.txt", "");
    const { of } = shop();
    const { broken, ofPath } = await of("acme/shoe");
    expect(broken).toContain("acme/images.txt");
    expect(ofPath?.broken).toMatchObject({ field: "catalog" });
    expect((await of("shoe")).broken).toBeUndefined();
  });

  test("are read again where macros change, of which the others stand on", async () => {
    const { of, calls } = shop();
    await of("acme/shoe");
    calls.length = 0;
    await putCatalog("macros.txt", "Name\tDefinition\nlarge\twid=900\n");
    const { macros } = await of("acme/shoe");
    expect([macros.includes("large"), macros.includes("view")]).toEqual([true, false]);
    expect(calls).toEqual(["list", "get macros.txt"]);
  });

  test("hold about the bytes of their files", async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `image-${at}\tfolder/image-${at}.tif\twid=${at + 1}\t`);
    const text = ["Id\tPath\tModifier\tAnchor", ...rows].join("\n");
    await putCatalog("acme/images.txt", text);
    const { of, holder } = shop();
    expect((await of("acme/image-19999")).picture).toBe("acme/folder/image-19999.tif");
    const { bytes } = await holder.current(FOREVER);
    expect(bytes).toBeGreaterThan(text.length);
    expect(bytes).toBeLessThan(3 * text.length);
  });
});
