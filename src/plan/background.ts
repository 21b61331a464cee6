import type { Rgb } from "../protocol/rgb.ts";
import { type Drawing, mayBeTransparent } from "./drawing.ts";
import { turned } from "./orientation.ts";
import { whole } from "./rect.ts";
import type { Size } from "./size.ts";
import type { RasterPlan, Step } from "./steps.ts";

/**
 * Lays a picture on a colour, for formats that know no transparency: as the last step, or as what the canvas begins with
 * where an opaque picture is all that comes upon it. Nothing, where nothing of the canvas is seen.
 */
export function onBackground(raster: RasterPlan, size: Size, background: Rgb | undefined): RasterPlan {
  const { canvas, drawing, mask, steps } = raster;
  if (background === undefined) return raster;
  const isOpaque = mask === undefined && (drawing === undefined || !mayBeTransparent(drawing));
  if (isOpaque && steps.length === 0) return { ...raster, canvas: { ...canvas, background } };
  if (isOpaque && drawing !== undefined && covers(drawing, canvas.size) && steps.every(keepsOpaque)) return raster;
  return { ...raster, steps: [...steps, { step: "fill", within: whole(size), colour: background, alpha: 1 }] };
}

function covers({ resample, orientation }: Drawing, { width, height }: Size): boolean {
  const drawn = turned(resample.size, orientation);
  return drawn.width === width && drawn.height === height;
}

function keepsOpaque(step: Step): boolean {
  if (step.step === "rescale") return step.to.width === step.size.width && step.to.height === step.size.height;
  return step.step !== "fade" && step.step !== "trim" && step.step !== "turn";
}
