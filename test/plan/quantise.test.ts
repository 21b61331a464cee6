import { expect, test } from "vitest";
import { quantised } from "../../src/plan/quantise.ts";
import { blank } from "../../src/plan/steps.ts";
import { faultOf } from "./planning.ts";

const RASTER = blank({ width: 9, height: 9 });

test("the last step leaves the colours of a palette: by default 256 of the picture's own, with error diffusion", () => {
  const { steps } = quantised(RASTER, { encoder: "png8", alpha: false });
  expect(steps).toEqual([{ step: "quantise", palette: "adaptive", diffuse: true, most: 256, forced: [] }]);
});

test("quantize= says nothing to other formats", () => {
  expect(quantised(RASTER, { encoder: "png", alpha: true }, { type: "mac" })).toBe(RASTER);
});

// Source: protocol.md 3.1, "`mac` not for the `-alpha` variants".
test("the palette of the Macintosh is refused with transparency", () => {
  expect(faultOf(() => quantised(RASTER, { encoder: "png8", alpha: true }, { type: "mac" }))).toMatchObject({
    code: "badRequest",
    mayBeTold: true,
  });
});
