import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inFile, type Orientation, turned } from "../../src/plan/orientation.ts";
import { SPECIFIED } from "../support/pictures.ts";
import { CRAFT, drawn, facts, faultOf, plan } from "./planning.ts";

const EXACT = { ScaleQuality: "exact" };

describe("what is seen", () => {
  test("a crop reads only the part of the source that it shows", () => {
    const { resample, at } = drawn("wid=200&hei=200&fit=crop", undefined, EXACT);
    expect(resample.window).toEqual({ x: 250, y: 0, width: 500, height: 500 });
    expect(resample.size).toEqual({ width: 200, height: 200 });
    expect(at).toEqual({ x: 0, y: 0 });
  });

  test("bars are not resampled", () => {
    const { resample, at } = drawn("wid=200&hei=200");
    expect(resample.size).toEqual({ width: 200, height: 100 });
    expect(at).toEqual({ x: 0, y: 50 });
    expect(plan("wid=200&hei=200").size).toEqual({ width: 200, height: 200 });
  });

  test("the source is stretched to the whole pixels of the scaled picture, so that its edges are filled", () => {
    const { resample } = drawn("wid=300", facts(1000, 667), EXACT);
    expect(resample.window).toEqual({ x: 0, y: 0, width: 1000, height: 667 });
    expect(resample.size).toEqual({ width: 300, height: 200 });
  });

  test("a plan is plain data: it survives JSON", () => {
    const whole = plan("wid=200&hei=200&fit=crop&bgc=ff0000");
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
  });
});

describe("the source is decoded at the smallest size that leaves the filter a shrink of 1.15", () => {
  test.each([
    ["wid=1024", 1],
    ["wid=446", 1],
    ["wid=444", 2],
    ["wid=223", 2],
    ["wid=222", 4],
    ["wid=112", 4],
    ["wid=110", 8],
    ["wid=10", 8],
    // Seen is the middle of it, scaled by less than 0.25: how small the reply is does not matter.
    ["fit=crop&wid=111&hei=111", 4],
    ["scl=2.32&wid=10&hei=10", 2],
    ["scl=2.29&wid=10&hei=10", 1],
    // By 0.1 and by 1: the direction that shrinks less decides.
    ["fit=stretch&wid=102&hei=512", 1],
    ["fit=stretch&wid=102&hei=222", 2],
    ["fit=stretch&wid=1024&hei=10", 1],
    ["wid=4000&fit=fit,1", 1],
    ["scl=0.5", 1],
    // By 0.5 across, by 2 down.
    ["fit=stretch,1&wid=512&hei=1024", 1],
  ])("%s of 1024 × 512 at 1/%i", (modifiers, shrink) => {
    expect(drawn(modifiers, facts(1024, 512)).decode).toEqual({ shrink });
  });

  const sides = fc.integer({ min: 1, max: 3000 });
  const sizes = fc.record({ width: sides, height: sides });
  const modes = fc.constantFrom("fit", "constrain", "crop", "wrap", "stretch", "hfit", "vfit", "fit,1", "stretch,1");
  const orientations = fc.constantFrom<Orientation>(1, 2, 3, 4, 5, 6, 7, 8);

  test("whatever the sizes, the mode and the orientation", () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(sizes, sizes, modes, orientations, (from, to, mode, orientation) => {
        const modifiers = `wid=${to.width}&hei=${to.height}&fit=${mode}`;
        const { decode, resample } = drawn(modifiers, facts(from.width, from.height, orientation));
        const { window, size } = resample;
        // How many pixels of the file become one.
        const across = (window.width * decode.shrink) / size.width;
        const down = (window.height * decode.shrink) / size.height;
        const possible = CRAFT.decoders.jpeg.shrinks.filter(
          (each) => each === 1 || each * 1.15 <= Math.min(across, down) * (1 + 1e-12),
        );
        expect(decode.shrink).toBe(Math.max(...possible));
        seen.add(decode.shrink);
      }),
      { numRuns: 1000 },
    );
    expect([...seen].sort()).toEqual([1, 2, 4, 8]);
  });

  test("as far as its decoder can", () => {
    const png = { ...facts(1000, 500), format: "png" } as const;
    expect(drawn("wid=10", png).decode.shrink).toBe(1);
    const jpeg = { ...CRAFT.decoders.jpeg, shrinks: [1, 4] as const };
    const halfless = { ...CRAFT, decoders: { ...CRAFT.decoders, jpeg } };
    expect(drawn("wid=251", undefined, {}, halfless).decode.shrink).toBe(1);
    expect(drawn("wid=10", undefined, {}, halfless).decode.shrink).toBe(4);
  });

  test.each([
    [{ ScaleQuality: "exact" }, { exact: true, linear: false }],
    [{ LinearLight: "1" }, { exact: false, linear: true }],
    [
      { ScaleQuality: "exact", LinearLight: "1" },
      { exact: true, linear: true },
    ],
  ])("but at its full size with %o, which says so to the resampler", (vars, said) => {
    const { decode, resample } = drawn("wid=10", facts(1001, 667), vars);
    expect(decode.shrink).toBe(1);
    expect(resample).toMatchObject({ ...said, source: { width: 1001, height: 667 } });
    expect(drawn("wid=10").resample).toMatchObject({ exact: false, linear: false });
  });

  test("source and window are in decoded pixels, fractions kept", () => {
    const { decode, resample } = drawn("wid=100", facts(1001, 667));
    expect(decode.shrink).toBe(8);
    expect(resample.source).toEqual({ width: 125.125, height: 83.375 });
    expect(resample.window).toEqual({ x: 0, y: 0, width: 125.125, height: 83.375 });

    // The middle of 401 × 267; decoded at half the size, 1001 / 2 columns become those 401.
    const crop = drawn("fit=crop&wid=267&hei=267", facts(1001, 667)).resample;
    const perPixel = 1001 / 2 / 401;
    expect(crop.source).toEqual({ width: 500.5, height: 333.5 });
    expect(crop.window.x).toBeCloseTo(67 * perPixel, 9);
    expect(crop.window.width).toBeCloseTo(267 * perPixel, 9);
    expect(crop.window).toMatchObject({ y: 0, height: 333.5 });
  });

  test("at every size the same part is seen", () => {
    const whole = drawn("fit=crop&wid=40&hei=10&align=1,-1", facts(1001, 667), EXACT).resample;
    const small = drawn("fit=crop&wid=40&hei=10&align=1,-1", facts(1001, 667));
    expect(small.decode.shrink).toBe(8);
    for (const field of ["x", "y", "width", "height"] as const) {
      expect(small.resample.window[field] * 8).toBe(whole.window[field]);
    }
    expect(small.resample.size).toEqual(whole.size);
  });
});

describe("orientation", () => {
  const MODIFIERS = [
    "wid=100",
    "fit=crop&wid=100&hei=90&align=1,-0.5",
    "wid=300&hei=300",
    "fit=stretch&wid=50&hei=490",
  ];

  test.each(SPECIFIED)("%i: everything but the resampling is planned for the upright picture", (orientation) => {
    for (const modifiers of MODIFIERS) {
      const { drawing, ...upright } = plan(modifiers, facts(1001, 667));
      const { drawing: turnedOver, ...rest } = plan(modifiers, facts(1001, 667, orientation));
      expect(rest).toEqual(upright);
      const source = { ...drawing?.source, orientation };
      expect({ ...turnedOver, resample: undefined }).toEqual({ ...drawing, source, orientation, resample: undefined });
    }
  });

  test.each(SPECIFIED)("%i: resampled is what lies in the file, from 5 on with sides exchanged", (orientation) => {
    for (const modifiers of MODIFIERS) {
      const upright = drawn(modifiers, facts(1001, 667)).resample;
      const { source, window, size } = drawn(modifiers, facts(1001, 667, orientation)).resample;
      expect(source).toEqual(turned(upright.source, orientation));
      expect(size).toEqual(turned(upright.size, orientation));
      const wanted = inFile(upright.window, upright.source, orientation);
      for (const field of ["x", "y", "width", "height"] as const) expect(window[field]).toBeCloseTo(wanted[field], 9);
    }
  });

  test("6: the left of the picture is the bottom of the file", () => {
    const { resample, orientation } = drawn("fit=crop&wid=200&hei=200&align=-1,0", facts(1000, 500, 6), EXACT);
    expect(resample.source).toEqual({ width: 500, height: 1000 });
    expect(resample.window).toEqual({ x: 0, y: 500, width: 500, height: 500 });
    expect(orientation).toBe(6);
  });

  test("AutoOrient = 0 leaves every picture as it lies in its file", () => {
    for (const [orientation] of SPECIFIED) {
      const inItsFile = turned({ width: 1000, height: 500 }, orientation);
      const asIs = plan("wid=100", facts(1000, 500, orientation), { AutoOrient: "0" });
      expect(asIs).toEqual(plan("wid=100", facts(inItsFile.width, inItsFile.height)));
      expect(asIs.drawing?.orientation).toBe(1);
    }
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
    ["wid=9&fmt=webp", "", [255, 255, 255]],
    ["wid=9&fmt=webp-alpha&bgc=ff0000", "", undefined],
  ])("%s with BkgColor %j is %j", (modifiers, BkgColor, expected) => {
    const vars: Record<string, string> = BkgColor === "" ? {} : { BkgColor };
    expect(plan(modifiers, facts(100, 100), vars).canvas.background).toEqual(expected);
  });
});

describe("limits, before anything is decoded", () => {
  test("E27: a reply larger than MaxPix is refused, one that fits is not", () => {
    const vars = { MaxPix: "2000,2000" };
    expect(faultOf(() => plan("wid=2500", facts(5000, 2500), vars))).toMatchObject({
      code: "maxPix",
      detail: "2500 × 1250, at most 2000 × 2000",
    });
    expect(plan("wid=2000", facts(5000, 2500), vars).size).toEqual({ width: 2000, height: 1000 });
  });

  test("MaxPix counts the view, bars included", () => {
    expect(faultOf(() => plan("wid=3000", facts(10, 10), { MaxPix: "2000,2000" })).code).toBe("maxPix");
  });

  test("MaxSourcePixels is the largest source, not one less", () => {
    const vars = { MaxSourcePixels: "500000" };
    expect(drawn("wid=10", facts(1000, 500), vars).source.size.width).toBe(1000);
    expect(faultOf(() => plan("wid=10", facts(1000, 501), vars)).code).toBe("sourceTooLarge");
  });

  test("saves and replies have limits of their own", () => {
    const vars = { MaxRenderRgnPixels: "100", MaxSavePixels: "400" };
    expect(faultOf(() => plan("wid=20&hei=20", facts(100, 100), vars)).code).toBe("outputTooLarge");
    expect(plan("wid=20&hei=20&req=saveToFile&name=a", facts(100, 100), vars).size.width).toBe(20);
    expect(faultOf(() => plan("wid=21&hei=20&req=saveToFile&name=a", facts(100, 100), vars)).code).toBe(
      "outputTooLarge",
    );
  });

  test.each(["jpeg", "png"])("a side over 65,500 pixels is refused, of the view and of the source (%s)", (fmt) => {
    expect(plan(`wid=65500&hei=1&fmt=${fmt}`, facts(10, 10)).size.width).toBe(65_500);
    expect(faultOf(() => plan(`wid=65501&hei=1&fmt=${fmt}`, facts(10, 10))).code).toBe("outputTooLarge");
    expect(faultOf(() => plan(`wid=10&fmt=${fmt}`, facts(65_501, 1))).code).toBe("sourceTooLarge");
  });

  test("a WebP is at most 16,383 pixels wide and high", () => {
    expect(plan("wid=16383&hei=1&fmt=webp", facts(10, 10)).size.width).toBe(16_383);
    for (const sides of ["wid=16384&hei=1", "wid=1&hei=16384"]) {
      expect(faultOf(() => plan(`${sides}&fmt=webp`, facts(10, 10)))).toMatchObject({
        code: "outputTooLarge",
        detail: expect.stringMatching(/at most 16383 pixels a side$/),
      });
    }
  });

  test.each(["1e-8", "1e-14", "1e-306", "1e-320"])("scl=%s enlarges beyond all measure and is refused", (scl) => {
    expect(faultOf(() => plan(`scl=${scl}&wid=5&hei=5&align=1,1`, facts(1000, 500))).code).toBe("outputTooLarge");
  });
});
