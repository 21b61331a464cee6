import type { Kernels } from "../pixels/kernels.ts";
import type { Raster } from "../pixels/raster.ts";
import { blurBytes, blurInto } from "../pixels/steps/blur.ts";
import { cutInto } from "../pixels/steps/cut.ts";
import { fadeBytes, fadeInto } from "../pixels/steps/fade.ts";
import { fillBytes, fillInto } from "../pixels/steps/fill.ts";
import { quantiseBytes, quantiseInto } from "../pixels/steps/quantise.ts";
import { rescaleBytes, rescaleInto } from "../pixels/steps/rescale.ts";
import { sharpenBytes, sharpenInto } from "../pixels/steps/sharpen.ts";
import { toneBytes, toneInto } from "../pixels/steps/tone.ts";
import { trimInto } from "../pixels/steps/trim.ts";
import { turnBytes, turnInto } from "../pixels/steps/turn.ts";
import type { Work } from "../pixels/work.ts";
import type { Size } from "../plan/size.ts";
import type { InPlace, Making, Step, StepName, StepNamed } from "../plan/steps.ts";

/**
 * Takes a step on a raster, in place.
 *
 * @param top row of the picture that the raster begins with
 */
export function stepOnto(kernels: Kernels, raster: Raster, step: InPlace, median: number | undefined, top = 0): Work {
  switch (step.step) {
    case "blur":
      return blurInto(kernels, raster, step);
    case "sharpen":
      return sharpenInto(kernels, raster, step);
    case "tone":
      return toneInto(kernels, raster, step, median);
    case "fade":
      return fadeInto(kernels, raster, step);
    case "fill":
      return fillInto(kernels, raster, step);
    case "trim":
      return trimInto(raster, step, top);
    case "quantise":
      return quantiseInto(kernels, raster, step);
  }
}

/** Takes a step from one raster to another, which is transparent. */
export function stepInto(kernels: Kernels, raster: Raster, into: Raster, step: Making): Work {
  switch (step.step) {
    case "turn":
      return turnInto(kernels, raster, into, step);
    case "rescale":
      return rescaleInto(kernels, raster, into, step);
    case "cut":
      return cutInto(raster, into, step);
  }
}

type Bytes = { readonly [Name in StepName]: (step: StepNamed<Name>, size: Size) => number };

const BYTES: Bytes = {
  blur: blurBytes,
  sharpen: sharpenBytes,
  tone: toneBytes,
  fade: fadeBytes,
  fill: fillBytes,
  trim: () => 0,
  quantise: quantiseBytes,
  turn: turnBytes,
  rescale: rescaleBytes,
  cut: () => 0,
};

/** Kernel memory that a step takes on a raster of this size. */
export function stepBytes(step: Step, size: Size): number {
  const bytes = BYTES[step.step] as (step: Step, size: Size) => number;
  return bytes(step, size);
}
