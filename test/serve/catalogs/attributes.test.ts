import { beforeAll, describe, expect, test } from "vitest";
import type { AttributeName } from "../../../src/catalog/attributes.ts";
import type { Site } from "../../../src/serve/site.ts";
import { pixelAt, pngOf, quarters, readPng } from "../../support/charts.ts";
import { picture } from "../../support/pictures.ts";
import { ask, buckets, siteWith } from "../../support/site.ts";

beforeAll(async () => {
  const veil = picture({ width: 8, height: 8 }, () => [0, 0, 0, 0]);
  const files: Readonly<Record<string, Uint8Array>> = {
    "quarters.png": pngOf(quarters(100, 60)),
    "veil.png": pngOf(veil),
    "one/own.png": pngOf(quarters(11, 11)),
    "other/own.png": pngOf(quarters(22, 22)),
    "other/acme/own.png": pngOf(quarters(44, 44)),
    "twin.tif": pngOf(quarters(5, 5)),
    "twin.png": pngOf(quarters(7, 7)),
  };
  for (const [key, file] of Object.entries(files)) await buckets.SOURCES.put(key, file);
});

async function raster(path: string, on: Site) {
  const reply = await ask(path, {}, on);
  expect([path, reply.status]).toEqual([path, 200]);
  return readPng(new Uint8Array(await reply.arrayBuffer()));
}

async function text(path: string, on: Site): Promise<string> {
  const reply = await ask(path, {}, on);
  expect([path, reply.status]).toEqual([path, 403]);
  return (await reply.text()).trimEnd();
}

/** Two catalogs that differ in one attribute. */
const differing = (name: AttributeName, one: string, other: string) =>
  siteWith({ acme: { attributes: { [name]: one } }, bolt: { attributes: { [name]: other } } });

// Source: protocol.md 6.2, 1.13 (1): what counts is the main catalog, by the path.
describe("an attribute counts for requests of its catalog alone", () => {
  test("RootPath: where a path is looked up", async () => {
    const on = differing("RootPath", "one", "other");
    expect((await raster("acme/own?fmt=png", on)).size.width).toBe(11);
    expect((await raster("bolt/own?fmt=png", on)).size.width).toBe(22);
    expect(await text("own", on)).toContain('looked for "own"');
  });

  test("RootPath of a catalog that has none is the default catalog's, and then the setting's", async () => {
    const specs = {
      default: { attributes: { RootPath: "other" } },
      acme: {},
      bolt: { attributes: { RootPath: "one" } },
    };
    const on = siteWith(specs, { RootPath: "nowhere" });
    expect((await raster("acme/own?fmt=png", on)).size.width).toBe(22);
    expect((await raster("bolt/own?fmt=png", on)).size.width).toBe(11);
    expect((await raster("acme/own?fmt=png", siteWith({ acme: {} }, { RootPath: "one" }))).size.width).toBe(11);
  });

  test("FullMatch: whether a path that no record has is looked up as if the catalog were not there", async () => {
    const acme = (FullMatch: string) =>
      siteWith({
        default: { attributes: { RootPath: "other" } },
        acme: { attributes: { RootPath: "one", FullMatch } },
      });
    expect((await raster("acme/own?fmt=png", acme("0"))).size.width).toBe(11);
    expect((await raster("acme/own?fmt=png", acme("1"))).size.width).toBe(44);
  });

  test("DefaultExt: which file is meant by a name without an extension", async () => {
    const on = differing("DefaultExt", ".tif", "png");
    expect((await raster("acme/twin?fmt=png", on)).size.width).toBe(5);
    expect((await raster("bolt/twin?fmt=png", on)).size.width).toBe(7);
  });

  test("DefaultPix: the largest reply where none is asked for", async () => {
    const on = differing("DefaultPix", "50,50", "0,0");
    expect((await raster("acme/quarters?fmt=png", on)).size).toEqual({ width: 50, height: 30 });
    expect((await raster("bolt/quarters?fmt=png", on)).size).toEqual({ width: 100, height: 60 });
  });

  test("MaxPix: what is refused", async () => {
    const on = differing("MaxPix", "50,50", "200,200");
    expect(await text("acme/quarters?wid=60", on)).toContain("larger than MaxPix allows");
    expect((await raster("bolt/quarters?wid=60&fmt=png", on)).size.width).toBe(60);
  });

  test("BkgColor: what shows through", async () => {
    const on = differing("BkgColor", "ff0000", "0000ff");
    expect(pixelAt(await raster("acme/veil?fmt=png", on), 3, 3)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(await raster("bolt/veil?fmt=png", on), 3, 3)).toEqual([0, 0, 255, 255]);
    expect(pixelAt(await raster("veil?fmt=png", on), 3, 3)).toEqual([255, 255, 255, 255]);
  });

  test("JpegQuality: how large a JPEG becomes", async () => {
    const on = differing("JpegQuality", "5,0", "95,1");
    const length = async (path: string) => (await (await ask(path, {}, on)).arrayBuffer()).byteLength;
    expect(await length("acme/quarters")).toBeLessThan(await length("bolt/quarters"));
    expect(await length("acme/quarters?qlt=95,1")).toBe(await length("bolt/quarters"));
  });

  test("ResMode: the filter, by its number in catalogs", async () => {
    const on = differing("ResMode", "2", "4");
    const acme = await raster("acme/quarters?wid=33&fmt=png", on);
    expect(acme).toEqual(await raster("bolt/quarters?wid=33&resMode=bilin&fmt=png", on));
    expect(acme).not.toEqual(await raster("bolt/quarters?wid=33&fmt=png", on));
  });

  test("Resolution: what res= relates to", async () => {
    const on = differing("Resolution", "100", "200");
    expect((await raster("acme/quarters?res=50&fmt=png", on)).size.width).toBe(50);
    expect((await raster("bolt/quarters?res=50&fmt=png", on)).size.width).toBe(25);
  });

  test("ErrorDetail: how much an error says", async () => {
    const on = differing("ErrorDetail", "0", "2");
    expect(await text("acme/nothing", on)).toBe("The picture does not exist");
    expect(await text("bolt/nothing", on)).toContain('looked for "nothing"');
  });

  test("AllowDirectAccess: whether a path without a record is answered, be it in the path, src=, mask= or defaultImage=", async () => {
    const on = siteWith({
      acme: {
        attributes: { AllowDirectAccess: "include:" },
        records: { shoe: { Path: "quarters" }, fallback: { Path: "veil" } },
      },
      bolt: {},
    });
    expect((await raster("acme/shoe?fmt=png", on)).size.width).toBe(100);
    const refused = "This server answers no paths, only records of its catalogs";
    for (const path of [
      "acme/quarters",
      "acme/shoe?src=quarters",
      "acme/shoe?src=acme/quarters",
      "acme/shoe?src=/quarters",
      "acme/shoe?src=bolt/quarters",
      "acme/shoe?mask=quarters",
      "bolt/x?src=acme/quarters",
      "acme/quarters?defaultImage=veil",
    ]) {
      expect(await text(path, on)).toBe(refused);
    }
    expect((await raster("bolt/quarters?fmt=png", on)).size.width).toBe(100);
    // Of a record that does not exist a default image is shown.
    expect((await raster("acme/quarters?defaultImage=fallback&fmt=png", on)).size.width).toBe(8);
  });
});

describe("what a catalog says goes before the setting, and the client before the catalog", () => {
  test("BkgColor", async () => {
    const on = siteWith({ default: { attributes: { BkgColor: "ff0000" } }, acme: {} }, { BkgColor: "00ff00" });
    expect(pixelAt(await raster("acme/veil?fmt=png", on), 3, 3)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(await raster("acme/veil?fmt=png&bgc=0,0,255", on), 3, 3)).toEqual([0, 0, 255, 255]);
    expect(pixelAt(await raster("acme/veil?fmt=png", siteWith({ acme: {} }, { BkgColor: "00ff00" })), 3, 3)).toEqual([
      0, 255, 0, 255,
    ]);
  });

  test("of the catalog of a source only what belongs to sources counts", async () => {
    const bolt = { attributes: { RootPath: "one", BkgColor: "ff0000", Resolution: "22", MaxPix: "1,1" } };
    const on = siteWith({ acme: { attributes: { RootPath: "other" } }, bolt });
    const got = await raster("acme/x?src=bolt/own&res=11&fmt=png", on);
    // own.png of bolt, 11 pixels wide, at half its Resolution; MaxPix is that of acme.
    expect(got.size.width).toBe(6);
  });
});

// Source: protocol.md 2.5, A-52.
describe("the path", () => {
  const on = () =>
    siteWith({
      default: { records: { acme: { Path: "veil" } } },
      acme: { records: { shoe: { Path: "quarters" } } },
      "acme/sub": { attributes: { RootPath: "one" } },
    });

  test("names the longest RootId", async () => {
    expect((await raster("acme/sub/own?fmt=png", on())).size.width).toBe(11);
  });

  test("of a catalog alone names no picture, though a record of the default catalog has its name", async () => {
    expect(await text("acme", on())).toBe("The path names no picture: /is/image/<object> is wanted");
    expect((await raster("acme?src=shoe&fmt=png", on())).size.width).toBe(100);
    expect((await raster("acme?layer=0&src=shoe&fmt=png", on())).size.width).toBe(100);
  });

  test("that is no object is refused as its catalog says", async () => {
    const strict = siteWith({ acme: { attributes: { ErrorDetail: "0", RequestLock: "1" } } });
    expect(await text("acme/a,b?wid=3", strict)).toContain("The request cannot be understood: modifiers: wants");
  });

  test("without a catalog is refused where AllowDefaultCatalogRequests is 0, but for the banner", async () => {
    const only = siteWith({ acme: {} }, { AllowDefaultCatalogRequests: "0" });
    const refused = "The path names no catalog: /is/image/<catalog>/<object> is wanted";
    for (const path of ["quarters", "?src=acme/quarters", "quarters?req=resolve", "quarters?req=plan"]) {
      expect(await text(path, only)).toBe(refused);
    }
    expect(await text("quarters?req=saveToFile&name=a.jpg", only)).toContain("error=catalogWanted");
    expect((await raster("acme/quarters?fmt=png", only)).size.width).toBe(100);
    expect((await ask("", {}, only)).status).toBe(200);
  });
});
