import { describe, expect, test } from "vitest";
import { outputOf } from "../../src/plan/output.ts";
import { FORMATS } from "../../src/protocol/formats.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { readPlain } from "../support/reading.ts";
import { faultOf, plan } from "./planning.ts";

const output = (modifiers: string, resolution?: number, vars: Readonly<Record<string, string>> = {}) =>
  outputOf(readPlain(modifiers).request, readSettings(vars), { resolution });

const all = { dpi: undefined, alpha: false };
const JPEG = {
  ...all,
  encoder: "jpeg",
  mime: "image/jpeg",
  quality: 80,
  fullChroma: false,
  gray: false,
  scans: "sequential",
  huffman: "optimised",
  effort: "fast",
  mostBytes: undefined,
};
const PNG = { ...all, encoder: "png", mime: "image/png", colour: "rgb", effort: "fast" };
const WEBP = { ...all, encoder: "webp", mime: "image/webp", quality: 80, lossless: false, effort: "fast" };

describe("what is asked for", () => {
  test.each([
    ["", JPEG],
    ["fmt=jpg,rgb", JPEG],
    ["fmt=jpeg,rgb,none", JPEG],
    ["fmt=png,,none", PNG],
    ["qlt=85,1", { ...JPEG, quality: 85, fullChroma: true }],
    ["fmt=jpeg,gray", { ...JPEG, gray: true }],
    ["fmt=pjpeg", { ...JPEG, scans: "progressive" }],
    ["fmt=PJPG,gray", { ...JPEG, scans: "progressive", gray: true }],
    ["fmt=p-jpg", { ...JPEG, scans: "progressive" }],
    ["fmt=pjpeg&pscan=auto", { ...JPEG, scans: "progressive" }],
    ["fmt=pjpeg&pscan=3", { ...JPEG, scans: 3 }],
    ["fmt=pjpeg&pscan=5", { ...JPEG, scans: 5 }],
    ["fmt=jpeg&pscan=4", JPEG],
    ["jpegSize=0", JPEG],
    ["jpegSize=40", { ...JPEG, mostBytes: 40 * 1024 }],
    ["jpegSize=40&pscan=4&fmt=png", PNG],
    ["jpegSize=40&fmt=webp", WEBP],
    ["fmt=PNG", PNG],
    ["fmt=png,gray&qlt=3", { ...PNG, colour: "gray" }],
    ["fmt=png-alpha,rgb", { ...PNG, alpha: true, colour: "rgba" }],
    ["fmt=png-alpha,gray", { ...PNG, alpha: true, colour: "grayAlpha" }],
    ["fmt=webp", WEBP],
    ["fmt=webp,rgb,lossy&qlt=20,1", { ...WEBP, quality: 20 }],
    ["fmt=webp,,lossless", { ...WEBP, lossless: true }],
    ["fmt=webp-alpha", { ...WEBP, alpha: true }],
    ["fmt=webp-alpha,,lossless", { ...WEBP, alpha: true, lossless: true }],
    ["req=saveToFile&name=a.png", PNG],
    ["req=saveToFile&name=a.JPEG", JPEG],
    ["req=saveToFile&name=a.webp", WEBP],
    ["req=saveToFile&name=a", JPEG],
    ["req=saveToFile&name=a.png&fmt=jpg", JPEG],
    ["req=saveToFile&name=a.bmp&fmt=webp", WEBP],
    ["name=a.png", JPEG],
  ])("%s", (modifiers, expected) => {
    expect(output(modifiers)).toEqual(expected);
  });

  test("NameDecidesFormat = 0 keeps the original rule: JPEG", () => {
    expect(output("req=saveToFile&name=a.png", undefined, { NameDecidesFormat: "0" })).toEqual(JPEG);
  });

  test("JpegQuality is that of a WebP, too", () => {
    expect(output("fmt=webp", undefined, { JpegQuality: "60,1" })).toEqual({ ...WEBP, quality: 60 });
  });
});

describe("the resolution", () => {
  test.each([
    ["printRes=300", 72, 300],
    ["printRes=0.5", undefined, 0.5],
    ["", 72, 72],
    ["", undefined, undefined],
  ])("%j of a source of %s dpi is %s", (modifiers, resolution, dpi) => {
    for (const fmt of ["jpeg", "png", "webp"]) expect(output(`fmt=${fmt}&${modifiers}`, resolution).dpi).toBe(dpi);
  });

  test("is that of the source in a plan", () => {
    const source = { format: "jpeg", orientation: 1, size: { width: 9, height: 9 }, alpha: false } as const;
    expect(plan("wid=9", { ...source, resolution: 240 }).output.dpi).toBe(240);
    expect(plan("wid=9", source).output.dpi).toBeUndefined();
    expect(plan("wid=9&printRes=96", { ...source, resolution: 240 }).output.dpi).toBe(96);
  });
});

const DONE = ["jpeg", "jpg", "pjpeg", "pjpg", "p-jpg", "png", "png-alpha", "png8", "png8-alpha", "webp", "webp-alpha"];

describe("every format of the list", () => {
  test.each(FORMATS.map(({ keyword, ...row }) => [keyword, row] as const))("%s", (keyword, row) => {
    expect(row.state).toBe(DONE.includes(keyword) ? "done" : "planned");
    if (row.state === "planned") {
      expect(faultOf(() => output(`fmt=${keyword}`))).toMatchObject({ code: "notBuilt", detail: `fmt=${keyword}` });
    } else {
      expect(output(`fmt=${keyword}`)).toMatchObject({
        encoder: row.family,
        mime: row.mime,
        alpha: keyword.endsWith("-alpha"),
      });
    }
  });
});

describe("what is refused", () => {
  test.each([
    ["fmt=tif,,lzw", "fmt=tif"],
    ["fmt=gif,cmyk", "fmt=gif"],
    ["fmt=jpeg,cmyk", "fmt=jpeg,cmyk"],
    ["fmt=pjpeg,cmyk", "fmt=pjpeg,cmyk"],
    ["req=saveToFile&name=a.avif", "fmt=avif"],
  ])("%s is known and not built", (modifiers, detail) => {
    expect(faultOf(() => output(modifiers))).toMatchObject({ code: "notBuilt", detail, mayBeTold: true });
  });

  test.each([
    ["fmt=webp,gray", 'fmt: wants rgb for webp, got "gray"'],
    ["fmt=webp-alpha,cmyk,lossless", 'fmt: wants rgb for webp-alpha, got "cmyk"'],
    ["fmt=png,cmyk", 'fmt: wants rgb or gray for png, got "cmyk"'],
    ["fmt=png,,lzw", 'fmt: wants no compression for png, got "lzw"'],
    ["fmt=png,gray,lossless", 'fmt: wants no compression for png, got "lossless"'],
    ["fmt=jpeg,,jpeg", 'fmt: wants no compression for jpeg, got "jpeg"'],
    ["fmt=pjpeg,cmyk,lossy", 'fmt: wants no compression for pjpeg, got "lossy"'],
    ["fmt=webp,,zip", 'fmt: wants lossy or lossless for webp, got "zip"'],
    ["req=saveToFile&name=a.bmp", "name: wants fmt= beside the extension .bmp, got none"],
  ])("%s goes against the rules", (modifiers, detail) => {
    expect(faultOf(() => output(modifiers))).toMatchObject({ code: "badRequest", detail, mayBeTold: true });
  });
});
