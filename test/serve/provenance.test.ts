import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SettingRow } from "../../src/settings/row.ts";
import { SETTINGS, type SettingName } from "../../src/settings/settings.ts";
import { VERSION } from "../../src/version.ts";
import { pngOf, quarters, readPng } from "../support/charts.ts";
import { exifSegment } from "../support/jpeg-bytes.ts";
import { pictureSpec } from "../support/jpeg-pictures.ts";
import { writeJpeg } from "../support/jpeg-writer.ts";
import { noise, picture } from "../support/pictures.ts";
import { ask, buckets, properties, site } from "../support/site.ts";
import { madeAgain, type SavedObject, savedObject, sha256, tracedText } from "./made-again.ts";

const UMLAUT = "gärten/ü 100% & 'so'+#1";
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

beforeAll(async () => {
  const photo = pictureSpec({ size: { width: 90, height: 60 }, beforeFrame: exifSegment({ orientation: 6 }) });
  const files: Readonly<Record<string, Uint8Array>> = {
    "quarters.png": pngOf(quarters(100, 60)),
    "noise.png": pngOf(noise({ width: 64, height: 48 }, 5, false)),
    "left.png": pngOf(picture({ width: 4, height: 4 }, (x) => [0, 0, 0, x < 2 ? 255 : 0])),
    "photo.jpg": writeJpeg(photo),
    "originals/quarters.png": pngOf(quarters(60, 60)),
    "twin.png": pngOf(quarters(30, 30)),
    "twin.jpeg": writeJpeg(pictureSpec({ seed: 9 })),
    [`${UMLAUT}.png`]: pngOf(noise({ width: 20, height: 20 }, 6, true)),
  };
  for (const [key, file] of Object.entries(files)) await buckets.SOURCES.put(key, file);
});

beforeEach(async () => {
  const { objects } = await buckets.SAVES.list();
  await buckets.SAVES.delete(objects.map(({ key }) => key));
  await buckets.SAVES.put("renditions/", new Uint8Array());
});

interface Case {
  readonly path: string;
  readonly name?: string;
  readonly vars?: Readonly<Record<string, string>>;
  /** Where it is sent, instead of the query. */
  readonly form?: string;
}

async function saved({ path, name = "first", vars = {}, form }: Case): Promise<SavedObject> {
  const save = `req=saveToFile&name=${encodeURIComponent(name)}`;
  const reply =
    form === undefined
      ? await ask(`${path}${path.includes("?") ? "&" : "?"}${save}`, {}, site(vars))
      : await ask(path, { method: "POST", body: `${form}&${save}`, headers: FORM }, site(vars));
  expect(await properties(reply)).toMatchObject({ status: "done" });
  return savedObject(`renditions/${name}`);
}

const obfuscated = (modifiers: string) => btoa(modifiers);
const PRESETS = JSON.stringify({ small: "wid=40&qlt=70", pdp: "$small$&fmt=webp&op_sharpen=1" });
/** Longer than any metadata, and than any URL. */
const LONG_PATH = `M0,0L${Array.from({ length: 6000 }, (_, at) => at % 97).join(",")}Z`;

// Source: save-contract "The object".
describe("from its metadata alone a rendition is made again, byte for byte, under a name that decides nothing", () => {
  test.each<[string, Case]>([
    ["a JPEG, because nothing says otherwise", { path: "quarters?wid=50" }],
    ["a JPEG by its name", { path: "quarters?wid=50", name: "a.jpeg" }],
    ["a PNG by its name", { path: "quarters?wid=50", name: "a.png" }],
    ["a WebP by its name", { path: "noise?wid=50", name: "a.webp" }],
    ["a PNG against its name", { path: "quarters?wid=50&fmt=png", name: "a.jpg" }],
    ["transparency against its name", { path: "noise?fmt=png-alpha", name: "a.png" }],
    ["a name that may not decide", { path: "quarters", name: "a.png", vars: { NameDecidesFormat: "0" } }],
    ["a progressive gray JPEG", { path: "photo?fmt=pjpeg,gray&qlt=55,1&printRes=300" }],
    ["a lossless WebP", { path: "noise?fmt=webp-alpha,,lossless&wid=31" }],
    ["a preset that calls another", { path: "quarters?$pdp$&wid=44", vars: { Macros: PRESETS } }],
    ["variables", { path: "?src=$what$&wid=$w$&$what=quarters&$w=33" }],
    [
      "layer 0 and the composite",
      { path: "quarters?layer=0&crop=5,5,70,40&rotate=20&layer=comp&op_blur=2&bgc=ffff00" },
    ],
    ["a mask", { path: "quarters?mask=left&maskUse=invert&fmt=png-alpha" }],
    ["a view and a region of it", { path: "noise?wid=90&hei=70&fit=stretch,1&rect=5,5,50,40&resMode=bicub" }],
    ["a form", { path: "quarters", form: "wid=20&op_colorize=ff8000&fmt=png" }],
    ["a form beside a query", { path: "quarters?wid=20", form: "wid=25" }],
    ["an object in other letters", { path: `${encodeURIComponent(UMLAUT)}?wid=15&fmt=png` }],
    ["a source in other letters", { path: `quarters?src=${encodeURIComponent(UMLAUT)}&fmt=png` }],
    ["layers that are not built yet", { path: "quarters?layer=1&src=is{a?wid=3}&text=%7b&effect=-1&op_blur=3" }],
    ["an unknown macro", { path: "quarters?fit=crop&$nobody$&$n%3D%26$", vars: { UnknownMacro: "ignore" } }],
    [
      "one in a nested request",
      { path: "quarters?layer=1&src=is{a?fit=wrap&$nobody$}", vars: { UnknownMacro: "ignore" } },
    ],
    ["a form in raw letters", { path: "quarters", form: "wid=9&layer=1&src={http://é/ #\t\u0000😀?a=(}" }],
    ["a request longer than any URL", { path: "quarters", form: `wid=30&fmt=png&clipPath=${LONG_PATH}` }],
    ["a request and settings that do not fit", { path: `quarters?id=${"é".repeat(700)}`, vars: { Resolution: "99" } }],
  ])("%s", async (_, asked) => {
    const first = await saved(asked);
    for (const value of Object.values(first.metadata)) expect(value).toMatch(/^[!-~]+$/);
    const again = await madeAgain(first);
    expect(again.bytes).toEqual(first.bytes);
    // Another generation would do as well.
    const { "settings-sha256": __, settings: ___, ...rest } = first.metadata;
    expect(again.metadata).toMatchObject(rest);
    expect(again.contentType).toBe(first.contentType);
  });

  test("modifiers that came locked and in base64", async () => {
    const modifiers = "wid=33&fmt=png&req=saveToFile&name=hidden.jpg";
    const path = `quarters?${obfuscated(modifiers)}`;
    await (await ask(path, {}, site({ RequestObfuscation: "1" }))).text();
    const first = await savedObject("renditions/hidden.jpg");
    expect(first.metadata.request).toBe("quarters?fmt=png&wid=33");
    expect((await madeAgain(first)).bytes).toEqual(first.bytes);
  });

  test("a picture by the kept request has the pixels of the saved one", async () => {
    const first = await saved({ path: "photo?wid=40&op_usm=1,100", name: "a.png", vars: { BkgColor: "0,0,255" } });
    const shown = await ask(first.metadata.request ?? "", {}, site({ BkgColor: "0,0,255" }));
    expect(readPng(first.bytes)).toEqual(readPng(new Uint8Array(await shown.arrayBuffer())));
  });
});

describe("settings on which a rendition depends", () => {
  /** A value of each, and a request to which it matters. */
  const CASES: Readonly<Partial<Record<SettingName, readonly [value: string, path: string, changes?: "nothing"]>>> = {
    RootPath: ["/originals/", "quarters?fmt=png"],
    DefaultExt: [".png", "twin?fmt=png"],
    // Without catalogs there is none to be passed over (catalogs/saves.test.ts).
    FullMatch: ["1", "quarters?wid=20", "nothing"],
    DefaultPix: ["20,20", "quarters?fmt=png"],
    MaxPix: ["70,0", "quarters?wid=50&dpr=on,2&fmt=png"],
    DefaultUpscale: ["true", "quarters?wid=150&fit=fit&fmt=png"],
    BkgColor: ["10,20,30,40k", "noise?fmt=png"],
    JpegQuality: ["61,1", "photo"],
    ResMode: ["3", "noise?wid=33&fmt=png"],
    Resolution: ["150.5", "quarters?res=50&fmt=png"],
    UnknownMacro: ["ignore", "quarters?wid=20&$nobody$", "nothing"],
    AutoOrient: ["0", "photo?fmt=png"],
    ScaleQuality: ["exact", "photo?wid=7&fmt=png"],
    LinearLight: ["1", "noise?wid=33&fmt=png"],
    MemoryBudget: ["99999999", "quarters?wid=30", "nothing"],
    SaveTimeout: ["1000", "noise?fmt=webp,,lossless", "nothing"],
    SaveEffort: ["fast", "noise?fmt=webp,,lossless"],
    MozjpegMaxPixels: ["0", "noise?fmt=webp,,lossless"],
    OxipngLevel: ["1", "noise?fmt=png"],
  };
  const traced = (Object.entries(SETTINGS) as [SettingName, SettingRow][]).filter(([, row]) => row.traced === true);

  test("each has a case here", () => {
    expect(Object.keys(CASES).toSorted()).toEqual(traced.map(([name]) => name).toSorted());
  });

  test.each(Object.entries(CASES))("%s is kept where it is not at its default, and decides", async (name, of) => {
    const [value, path, changes] = of;
    const first = await saved({ path, name: "first", vars: { [name]: value } });
    expect([...new URLSearchParams(first.metadata.settings).keys()]).toEqual([name]);
    const again = await madeAgain(first);
    expect(again.bytes).toEqual(first.bytes);
    expect(again.metadata).toEqual(first.metadata);
    if (changes === "nothing") return;
    const plain = await saved({ path, name: "plain" });
    expect(plain.metadata).not.toHaveProperty("settings");
    expect(plain.bytes).not.toEqual(first.bytes);
  });

  test("all at once are kept, each in one way of writing it", async () => {
    const vars = Object.fromEntries(Object.entries(CASES).map(([name, [value]]) => [name, value]));
    const first = await saved({ path: "quarters?dpr=on,2", vars });
    expect(first.metadata.settings).toBe(
      "RootPath=originals&DefaultExt=png&FullMatch=1&DefaultPix=20,20&MaxPix=70,0&BkgColor=138,122,107" +
        "&JpegQuality=61,1&ResMode=bicub&Resolution=150.5&UnknownMacro=ignore&DefaultUpscale=1&AutoOrient=0&ScaleQuality=exact" +
        "&LinearLight=1&MemoryBudget=99999999&SaveTimeout=1000&SaveEffort=fast&MozjpegMaxPixels=0&OxipngLevel=1",
    );
    expect((await madeAgain(first)).bytes).toEqual(first.bytes);
  });

  test("others, and those written out at their defaults, are not named", async () => {
    const vars = { BkgColor: "255,255,255", ResMode: "4", MaxSavePixels: "5000", Expiration: "1" };
    expect((await saved({ path: "quarters?wid=9", vars })).metadata).not.toHaveProperty("settings");
  });
});

describe("the metadata", () => {
  test("is what the contract says, and how it was encoded", async () => {
    const { metadata } = await saved({ path: "quarters?$small$&hei=20", name: "a.png", vars: { Macros: PRESETS } });
    const request = "quarters?fmt=png&qlt=70&wid=40&hei=20";
    expect(metadata).toEqual({
      program: `fixative/${VERSION}`,
      width: "40",
      height: "20",
      encoding: "squooshPng/0",
      sources: "1",
      "source-etag": (await buckets.SOURCES.head("quarters.png"))?.etag,
      source: "quarters.png",
      request,
      "request-sha256": await sha256(request),
    });
  });

  test("is readable for anybody: printable ASCII, its escapes those of a URL", async () => {
    const { metadata } = await saved({ path: `${encodeURIComponent(UMLAUT)}?mask=left` });
    for (const value of Object.values(metadata)) expect(value).toMatch(/^[!-~]+$/);
    expect(decodeURIComponent(metadata.source ?? "")).toBe(`${UMLAUT}.png`);
    expect(metadata.sources).toBe("2");
  });

  test("of 2,000 bytes, which is all that it may have, is taken by the bucket", async () => {
    const bytes = async (path: string) => {
      await saved({ path });
      const { customMetadata = {} } = (await buckets.SAVES.head("renditions/first")) ?? {};
      return [Object.entries(customMetadata).flat().join("").length, customMetadata] as const;
    };
    const [least] = await bytes("quarters?wid=9&id=");
    const [most, metadata] = await bytes(`quarters?wid=9&id=${"x".repeat(2000 - least)}`);
    expect(most).toBe(2000);
    expect(metadata).toMatchObject({ request: expect.any(String), source: "quarters.png" });
  });

  test("of a key of 1,024 bytes leaves out the key, which the request names", async () => {
    const key = `${"ü".repeat(508)}abcd.png`;
    await buckets.SOURCES.put(key, pngOf(quarters(10, 10)));
    const first = await saved({ path: `quarters?src=${encodeURIComponent(key)}` });
    expect(first.metadata).not.toHaveProperty("source");
    expect(first.metadata).toHaveProperty("source-etag");
    expect(await tracedText(first, "request")).toBe(`quarters?fmt=jpeg&layer=0&src=${encodeURIComponent(key)}`);
    expect((await madeAgain(first)).bytes).toEqual(first.bytes);
  });
});
