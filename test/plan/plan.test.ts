import { describe, expect, test } from "vitest";
import { Fault } from "../../src/faults.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { type Plan, planPicture } from "../../src/plan/plan.ts";
import { readSettings } from "../../src/settings.ts";
import { readPlain } from "../support/reading.ts";

const ENCODERS = {
  jpeg: { limits: { maxSide: 65_500, maxPixels: 16_000_000 } },
  png: { limits: { maxSide: 2 ** 31 - 1, maxPixels: 16_000_000 } },
};

function facts(width: number, height: number): SourceFacts {
  return { format: "jpeg", orientation: 1, size: { width, height }, alpha: false };
}

function plan(modifiers: string, source = facts(1000, 500), vars: Record<string, string> = {}): Plan {
  return planPicture(readPlain(modifiers), source, readSettings(vars), ENCODERS);
}

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

describe("what is seen", () => {
  test("a crop reads only the part of the source that it shows", () => {
    const { resample, view } = plan("wid=200&hei=200&fit=crop");
    expect(resample.window).toEqual({ x: 250, y: 0, width: 500, height: 500 });
    expect(resample.size).toEqual({ width: 200, height: 200 });
    expect(view.at).toEqual({ x: 0, y: 0 });
  });

  test("bars are not resampled", () => {
    const { resample, view } = plan("wid=200&hei=200");
    expect(resample.size).toEqual({ width: 200, height: 100 });
    expect(view).toMatchObject({ size: { width: 200, height: 200 }, at: { x: 0, y: 50 } });
  });

  test("the source is stretched to the whole pixels of the scaled picture, so that its edges are filled", () => {
    const { resample } = plan("wid=300", facts(1000, 667));
    expect(resample.window).toEqual({ x: 0, y: 0, width: 1000, height: 667 });
    expect(resample.size).toEqual({ width: 300, height: 200 });
  });

  test("a plan is plain data: it survives JSON", () => {
    const whole = plan("wid=200&hei=200&fit=crop&bgc=ff0000");
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
  });
});

describe("background", () => {
  test.each([
    ["wid=9", "", [255, 255, 255]],
    ["wid=9", "102030", [16, 32, 48]],
    ["wid=9&bgc=255,128,0", "102030", [255, 128, 0]],
    ["wid=9&bgc=50", "", [128, 128, 128]],
    ["wid=9&bgc=0,100,100,0k", "", [255, 0, 0]],
    ["wid=9&fmt=png", "", [255, 255, 255]],
    ["wid=9&fmt=png-alpha&bgc=ff0000", "", undefined],
  ])("%s with BkgColor %j is %j", (modifiers, BkgColor, expected) => {
    const vars: Record<string, string> = BkgColor === "" ? {} : { BkgColor };
    expect(plan(modifiers, facts(100, 100), vars).view.background).toEqual(expected);
  });
});

describe("output", () => {
  test.each([
    ["", { encoder: "jpeg", mime: "image/jpeg", quality: 80, fullChroma: false }],
    ["qlt=85,1", { encoder: "jpeg", mime: "image/jpeg", quality: 85, fullChroma: true }],
    ["fmt=PNG", { encoder: "png", mime: "image/png", alpha: false }],
    ["fmt=png-alpha,rgb", { encoder: "png", mime: "image/png", alpha: true }],
    ["req=saveToFile&name=a.png", { encoder: "png", mime: "image/png", alpha: false }],
    ["req=saveToFile&name=a.JPEG", { encoder: "jpeg", mime: "image/jpeg", quality: 80, fullChroma: false }],
    ["req=saveToFile&name=a", { encoder: "jpeg", mime: "image/jpeg", quality: 80, fullChroma: false }],
    ["req=saveToFile&name=a.png&fmt=jpg", { encoder: "jpeg", mime: "image/jpeg", quality: 80, fullChroma: false }],
    ["name=a.png", { encoder: "jpeg", mime: "image/jpeg", quality: 80, fullChroma: false }],
  ])("%s", (modifiers, expected) => {
    expect(plan(modifiers).output).toEqual(expected);
  });

  test("NameDecidesFormat = 0 keeps the original rule: JPEG", () => {
    const { output } = plan("req=saveToFile&name=a.png", facts(10, 10), { NameDecidesFormat: "0" });
    expect(output.encoder).toBe("jpeg");
  });

  test.each([
    ["fmt=tif", "fmt=tif"],
    ["fmt=jpeg,cmyk", "fmt=jpeg,cmyk"],
    ["req=saveToFile&name=a.webp", "fmt=webp"],
  ])("%s is known and refused as not built", (modifiers, says) => {
    expect(faultOf(() => plan(modifiers))).toMatchObject({ code: "notBuilt", detail: says });
  });

  test("an extension that stands for no format needs fmt beside it", () => {
    expect(faultOf(() => plan("req=saveToFile&name=a.bmp")).detail).toBe(
      "name: wants fmt= beside the extension .bmp, got none",
    );
    expect(plan("req=saveToFile&name=a.bmp&fmt=png").output.encoder).toBe("png");
  });

  test("a compression that the format does not have is refused", () => {
    expect(faultOf(() => plan("fmt=png,,lzw")).detail).toBe('fmt: wants no compression for png, got "lzw"');
  });
});

describe("limits, before anything is decoded", () => {
  test("E27: a reply larger than MaxPix is refused, one that fits is not", () => {
    const vars = { MaxPix: "2000,2000" };
    expect(faultOf(() => plan("wid=2500", facts(5000, 2500), vars))).toMatchObject({
      code: "maxPix",
      detail: "2500 × 1250, at most 2000 × 2000",
    });
    expect(plan("wid=2000", facts(5000, 2500), vars).view.size).toEqual({ width: 2000, height: 1000 });
  });

  test("MaxPix counts the view, bars included", () => {
    expect(faultOf(() => plan("wid=3000", facts(10, 10), { MaxPix: "2000,2000" })).code).toBe("maxPix");
  });

  test("MaxSourcePixels is the largest source, not one less", () => {
    const vars = { MaxSourcePixels: "500000" };
    expect(plan("wid=10", facts(1000, 500), vars).source.size.width).toBe(1000);
    expect(faultOf(() => plan("wid=10", facts(1000, 501), vars)).code).toBe("sourceTooLarge");
  });

  test("saves and replies have limits of their own", () => {
    const vars = { MaxRenderRgnPixels: "100", MaxSavePixels: "400" };
    expect(faultOf(() => plan("wid=20&hei=20", facts(100, 100), vars)).code).toBe("outputTooLarge");
    expect(plan("wid=20&hei=20&req=saveToFile&name=a", facts(100, 100), vars).view.size.width).toBe(20);
    expect(faultOf(() => plan("wid=21&hei=20&req=saveToFile&name=a", facts(100, 100), vars)).code).toBe(
      "outputTooLarge",
    );
  });

  test.each(["jpeg", "png"])("a side over 65,500 pixels is refused, of the view and of the source (%s)", (fmt) => {
    expect(plan(`wid=65500&hei=1&fmt=${fmt}`, facts(10, 10)).view.size.width).toBe(65_500);
    expect(faultOf(() => plan(`wid=65501&hei=1&fmt=${fmt}`, facts(10, 10))).code).toBe("outputTooLarge");
    expect(faultOf(() => plan(`wid=10&fmt=${fmt}`, facts(65_501, 1))).code).toBe("sourceTooLarge");
  });

  test.each(["1e-8", "1e-14", "1e-306", "1e-320"])("scl=%s enlarges beyond all measure and is refused", (scl) => {
    expect(faultOf(() => plan(`scl=${scl}&wid=5&hei=5&align=1,1`, facts(1000, 500))).code).toBe("outputTooLarge");
  });
});
