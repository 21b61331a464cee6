import { expect, test } from "vitest";
import { onBackground } from "../../src/plan/background.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import type { RasterPlan, Step } from "../../src/plan/steps.ts";
import { facts, plan } from "./planning.ts";

const SIZE = { width: 100, height: 50 };
const WITHIN = { x: 0, y: 0, ...SIZE };
const RED = [255, 0, 0] as const;
const FILL: Step = { step: "fill", within: WITHIN, colour: RED, alpha: 1 };
const BLUR: Step = { step: "blur", within: WITHIN, sigma: { x: 1, y: 1 } };
const FADE: Step = { step: "fade", within: WITHIN, opacity: 0.5 };

/** A picture that covers its raster, of 100 × 50, before anything is done about its background. */
function covering(source: SourceFacts, steps: readonly Step[]): RasterPlan {
  const { canvas, drawing, mask } = plan("fmt=png-alpha&wid=100", source);
  return { canvas, drawing, mask, steps };
}

const OPAQUE = facts(1000, 500);
const TRANSPARENT: SourceFacts = { ...OPAQUE, format: "png", alpha: true };

test("without a colour nothing is laid under", () => {
  const raster = covering(TRANSPARENT, [FADE]);
  expect(onBackground(raster, SIZE, undefined)).toBe(raster);
});

test("an opaque picture without steps comes upon a canvas of the colour", () => {
  const { canvas, steps } = onBackground(covering(OPAQUE, []), SIZE, RED);
  expect(canvas.background).toEqual(RED);
  expect(steps).toEqual([]);
});

test("where an opaque picture covers all, and stays opaque, nothing is laid under", () => {
  const raster = covering(OPAQUE, [BLUR]);
  expect(onBackground(raster, SIZE, RED)).toBe(raster);
});

test.each([
  ["the picture may be transparent", covering(TRANSPARENT, [])],
  ["a step makes it so", covering(OPAQUE, [BLUR, FADE])],
  ["a mask hides some of it", { ...covering(OPAQUE, []), mask: covering(OPAQUE, []).drawing }],
])("the colour is the last step where %s", (_, raster) => {
  const { canvas, steps } = onBackground(raster, SIZE, RED);
  expect(canvas.background).toBeUndefined();
  expect(steps).toEqual([...raster.steps, FILL]);
});
