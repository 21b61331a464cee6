import { describe, expect, test } from "vitest";
import type { StepName } from "../../src/plan/steps.ts";
import { drawn, facts, plan } from "./planning.ts";

const EXACT = { ScaleQuality: "exact" };
const ALPHA = { ...facts(1000, 500), format: "png", alpha: true } as const;
const steps = (modifiers: string, source = facts(1000, 500)): readonly StepName[] =>
  plan(modifiers, source).steps.map(({ step }) => step);

describe("what is decoded", () => {
  test("of a tile at scl=1 only the tile, at full size, however large the source", () => {
    const { decode, resample, at } = drawn("scl=1&rect=4096,2048,256,256", facts(12_000, 8000));
    expect(decode.shrink).toBe(1);
    expect(resample.window).toEqual({ x: 4096, y: 2048, width: 256, height: 256 });
    expect(resample.size).toEqual({ width: 256, height: 256 });
    expect(at).toEqual({ x: 0, y: 0 });
    expect(plan("scl=1&rect=4096,2048,256,256", facts(12_000, 8000)).peak.raster).toBe(256 * 256 * 4);
  });

  test("of a zoomed-out tile the source is decoded as small as the tile shows it", () => {
    expect(drawn("scl=1&rect=0,0,256,256,0.1", facts(12_000, 8000)).decode.shrink).toBe(8);
  });

  test("a crop and a size are one window and one scale", () => {
    const { resample } = drawn("crop=100,50,400,400&size=200,200&wid=100", undefined, EXACT);
    expect(resample.window).toEqual({ x: 100, y: 50, width: 400, height: 400 });
    expect(resample.size).toEqual({ width: 100, height: 100 });
    expect(steps("crop=100,50,400,400&size=200,200&wid=100")).toEqual([]);
  });

  test("of a crop beyond the picture only what there is", () => {
    const { resample, at } = drawn("crop=-100,-100,1200,700", undefined, EXACT);
    expect(resample.window).toEqual({ x: 0, y: 0, width: 1000, height: 500 });
    expect(at).toEqual({ x: 100, y: 100 });
  });

  test("nothing, where nothing of the picture is seen", () => {
    expect(plan("crop=2000,0,100,100").drawing).toBeUndefined();
    expect(plan("scl=1&rect=5000,0,10,10").drawing).toBeUndefined();
    expect(plan("rgn=2000,2000,10,10").drawing).toBeUndefined();
    expect(plan("scl=1&rect=5000,0,10,10").size).toEqual({ width: 10, height: 10 });
  });

  test("turns by quarters and flips are ways of laying rows, together with the orientation of the file", () => {
    expect(drawn("flip=lr").orientation).toBe(2);
    expect(drawn("rotate=90").orientation).toBe(6);
    expect(drawn("rotate=90", facts(1000, 500, 6)).orientation).toBe(3);
    expect(drawn("rotate=-90", facts(1000, 500, 6)).orientation).toBe(1);
    expect(drawn("layer=0&flip=lr&layer=comp&flip=lr").orientation).toBe(1);
    expect(drawn("rotate=90&flip=ud").orientation).toBe(7);
    expect(steps("flip=lr&rotate=180")).toEqual([]);
  });
});

describe("what else is done", () => {
  test.each<[string, readonly StepName[]]>([
    ["wid=100", []],
    ["wid=100&hei=100", []],
    ["op_usm=1,4&wid=500", ["sharpen"]],
    // A radius of 4 pixels of a thousand is nothing any more in a picture of ten.
    ["op_usm=1,4&wid=10", []],
    ["op_usmR=1,4&wid=10", ["sharpen"]],
    ["op_sharpen=1", ["sharpen"]],
    ["op_brightness=0&op_hue=0", []],
    ["op_invert=1&op_blur=4&op_usmR=1,1&op_sharpen=1", ["blur", "tone", "sharpen", "sharpen"]],
    ["opac=50", ["fade", "fill"]],
    ["opac=50&fmt=png-alpha", ["fade"]],
    ["extend=10,10,10,10", []],
    ["extend=10,10,10,10&bgColor=ff0000", ["fill", "fill"]],
    ["extend=10,10,10,10&bgColor=ff0000&fmt=png-alpha", ["fill"]],
    ["rotate=30&fmt=png-alpha", ["turn"]],
    ["rotate=30", ["turn", "fill"]],
    ["layer=0&op_blur=5&op_invert=1", ["blur", "tone"]],
  ])("%s: %j", (modifiers, expected) => {
    expect(steps(modifiers)).toEqual(expected);
  });

  test("an opaque picture that fills the view needs no background", () => {
    expect(steps("op_invert=1")).toEqual(["tone"]);
    expect(steps("op_invert=1", ALPHA)).toEqual(["tone", "fill"]);
    expect(steps("op_invert=1&wid=100&hei=100")).toEqual(["tone", "fill"]);
    expect(steps("maskUse=off&op_invert=1", ALPHA)).toEqual(["tone"]);
    expect(steps("maskUse=invert&op_invert=1")).toEqual(["tone", "fill"]);
  });

  test("E47: a radius refers to the composite, unless it is said to be that of the view", () => {
    const sigma = (modifiers: string) => {
      const [step] = plan(modifiers, facts(2000, 1000)).steps;
      return step?.step === "sharpen" && step.against !== "box3" ? step.against.sigma.x : undefined;
    };
    expect(sigma("wid=500&op_usm=1,4")).toBe(0.5);
    expect(sigma("wid=500&op_usmR=1,4")).toBe(2);
    // Enlarged pictures are not blurred by more than was said.
    expect(sigma("scl=0.5&op_usm=1,4")).toBe(2);
    expect(sigma("layer=0&size=1000,0&op_usm=1,4&layer=comp&scl=1")).toBe(1);
    expect(sigma("layer=0&size=1000,0&op_usmR=1,4&layer=comp&scl=1")).toBe(2);
  });

  test("of a tile as much more is made as the operations look at, and cut off again", () => {
    const { canvas, size, steps: taken } = plan("scl=1&rect=100,100,50,50&op_usmR=1,4");
    expect(size).toEqual({ width: 50, height: 50 });
    expect(canvas.size).toEqual({ width: 68, height: 68 });
    expect(taken.at(-1)).toEqual({ step: "cut", size, at: { x: 9, y: 9 } });
    // At the corner of the view there is nothing more.
    expect(plan("scl=1&rect=0,0,50,50&op_usmR=1,4").canvas.size).toEqual({ width: 59, height: 59 });
  });

  test("edges that end within pixels are trimmed", () => {
    const trims = (modifiers: string) => plan(modifiers).steps.filter(({ step }) => step === "trim").length;
    expect(trims("extend=2,2,2,2&wid=502")).toBe(0);
    expect(trims("extend=1,1,1,1&wid=500")).toBe(1);
    expect(trims("rgn=0,0,300,500&wid=100&hei=300")).toBe(0);
    expect(trims("rgn=-10,0,300,500&wid=100")).toBe(1);
  });

  test("a layer that was made smaller is not shown with the detail of its source when the view enlarges it", () => {
    const { drawing, steps: taken, size } = plan("size=100,0&wid=400&fit=fit,1", undefined, EXACT);
    expect(drawing?.resample.size).toEqual({ width: 100, height: 50 });
    expect(taken).toMatchObject([{ step: "rescale", size: { width: 400, height: 200 } }]);
    expect(size).toEqual({ width: 400, height: 200 });
    expect(steps("wid=2000&fit=fit,1")).toEqual([]);
  });

  test("a layer that is turned freely is stretched only then", () => {
    expect(steps("rotate=30&wid=100&hei=100&fit=stretch&fmt=png-alpha")).toEqual(["turn", "rescale"]);
  });

  test("what a median is needed for is looked at first, small", () => {
    const [step] = plan("op_colorize=ff0000&scl=1&rect=0,0,10,10").steps;
    const survey = step?.step === "tone" ? step.survey : undefined;
    expect(survey?.canvas.size).toEqual({ width: 128, height: 64 });
    expect(survey?.drawing?.decode.shrink).toBe(4);
    expect(plan("op_colorize=ff0000,off").steps).toMatchObject([{ step: "tone" }]);
    expect(plan("op_colorize=ff0000,off").steps[0]).not.toHaveProperty("survey");
  });
});

describe("a mask", () => {
  const MASK = { ...facts(10, 10), format: "png" } as const;
  const masked = (modifiers: string, source: Parameters<typeof plan>[1] = ALPHA) =>
    plan(modifiers, source, EXACT, undefined, undefined, MASK);

  test("is stretched to the whole source, and takes the place of its alpha", () => {
    const { drawing, mask } = masked("mask=m&crop=500,0,500,500&wid=100");
    expect(drawing).toMatchObject({ alpha: "off", resample: { window: { x: 500, y: 0, width: 500, height: 500 } } });
    expect(mask).toMatchObject({ alpha: "norm", resample: { window: { x: 5, y: 0, width: 5, height: 10 } } });
    expect(mask?.resample.size).toEqual(drawing?.resample.size);
  });

  test("may be turned about, or not used", () => {
    expect(masked("mask=m&maskUse=invert")).toMatchObject({ drawing: { alpha: "off" }, mask: { alpha: "invert" } });
    const unused = masked("mask=m&maskUse=off");
    expect(unused.drawing?.alpha).toBe("off");
    expect(unused.mask).toBeUndefined();
  });
});

test("a plan is plain data, whatever it is of: it survives JSON", () => {
  const modifiers = "rotate=10&op_colorize=ff0000&extend=1,2,3,4&bgColor=ff000080&op_usmR=1,3&wid=100&hei=90&fit=crop";
  const whole = plan(modifiers);
  expect(JSON.parse(JSON.stringify(whole))).toEqual({ ...whole, mask: undefined });
});

describe("what is smaller than a pixel", () => {
  test.each([
    "crop=-10000000,-10000000,20000000,20000000&wid=30",
    "rgn=-50000000,-50000000,100000000,100000000&wid=10",
    "extend=100000000,100000000,100000000,100000000&wid=3900&op_colorize=ff0000&rotate=45",
    "scl=1000000",
    "scl=1&rect=0,0,10,10,1e-7",
  ])("is seen as a whole, and nothing around it: %s", (modifiers) => {
    const whole = plan(modifiers, facts(320, 240));
    const surveys = whole.steps.flatMap((step) => (step.step === "tone" && step.survey ? [step.survey] : []));
    for (const { drawing } of [whole, ...surveys]) {
      if (drawing === undefined) continue;
      const { source, window } = drawing.resample;
      expect(window.width).toBeLessThanOrEqual(3 * source.width);
      expect(window.height).toBeLessThanOrEqual(3 * source.height);
    }
  });
});
