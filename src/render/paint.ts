import { filledRaster, maskRowInto, placeRowInto, type Raster, releaseRaster } from "../pixels/raster.ts";
import { medianLuma } from "../pixels/steps/median-luma.ts";
import type { Drawing } from "../plan/drawing.ts";
import { makesRaster, type RasterPlan, type Step } from "../plan/steps.ts";
import { Breath } from "./breath.ts";
import { drawnRows } from "./drawn-rows.ts";
import { stepInto, stepOnto } from "./steps.ts";
import type { SourceStream, Studio } from "./studio.ts";

/**
 * Makes the raster of a plan: draws its sources, then takes its steps one after the other. The kernels are used for one thing
 * after the other, and cleared after each.
 */
export async function paint(plan: RasterPlan, studio: Studio): Promise<Raster> {
  const { sources } = studio;
  const { canvas, drawing, mask, steps } = plan;
  let raster = filledRaster(canvas.size, canvas.background);
  try {
    if (drawing !== undefined) await draw(drawing, sources.picture, raster, false, studio);
    if (mask !== undefined && sources.mask !== undefined) {
      await draw(mask, sources.mask, raster, true, studio);
    }
    for (const step of steps) raster = await taken(step, raster, studio);
    studio.watch.lap("steps");
    return raster;
  } catch (thrown) {
    releaseRaster(raster);
    throw thrown;
  }
}

/** Lays what is seen of a source into the raster: its pixels, or, as a mask, into the alpha of what is there. */
async function draw(
  drawing: Drawing,
  source: SourceStream,
  raster: Raster,
  asMask: boolean,
  studio: Studio,
): Promise<void> {
  const mask = { ofAlpha: drawing.source.alpha, inverted: drawing.alpha === "invert" };
  for await (const rows of drawnRows(drawing, source, asMask, studio)) {
    for (const { pixels, course } of rows) {
      if (asMask) maskRowInto(raster, pixels, course, mask);
      else placeRowInto(raster, pixels, course);
    }
  }
  studio.kernels.clear();
}

/** The raster after a step: the same one, or another that takes its place. */
async function taken(step: Step, raster: Raster, studio: Studio): Promise<Raster> {
  const { kernels, deadline } = studio;
  const median =
    step.step === "tone" && step.survey !== undefined ? await medianOf(step, step.survey, studio) : undefined;
  const breath = new Breath(deadline);
  if (!makesRaster(step)) {
    await breath.through(stepOnto(kernels, raster, step, median));
    kernels.clear();
    return raster;
  }
  const next = filledRaster(step.size, undefined);
  try {
    await breath.through(stepInto(kernels, raster, next, step));
  } catch (thrown) {
    releaseRaster(next);
    throw thrown;
  }
  kernels.clear();
  releaseRaster(raster);
  return next;
}

async function medianOf(
  { tone }: Extract<Step, { step: "tone" }>,
  survey: RasterPlan,
  studio: Studio,
): Promise<number> {
  const small = await paint(survey, studio);
  const median = medianLuma(small, { x: 0, y: 0, ...small.size }, tone);
  releaseRaster(small);
  return median;
}
