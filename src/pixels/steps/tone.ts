import { pixelCount } from "../../plan/size.ts";
import type { ToneChange } from "../../plan/steps.ts";
import { blockBytes, type Kernels } from "../kernels.ts";
import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";
import type { Curve } from "./curve.ts";
import { bandBytes, changeRowsInto } from "./rows.ts";
import { recipeOf, type ToneStage } from "./tone-recipe.ts";

/** Pixels that are taken apart at once: with their planes they stay in the cache nearest to the processor. */
const MOST = 2048;
const PIXEL = 4;
/** Four pixels of three planes. */
const VECTOR = 16;
const PLANES = 3;
const CURVE = 5 * 4;

/** Carries a stage out on so many vectors of each plane. */
type Prepared = (vectors: number) => void;

/**
 * Changes the colours of a part of a raster; its alpha stays.
 *
 * Components are floats between the stages and are rounded once, at the end.
 *
 * @param median of the luma behind brightness and contrast, 0..255 (median-luma.ts); the middle where it is not given
 */
export function toneInto(
  kernels: Kernels,
  raster: Raster,
  { within, tone }: ToneChange,
  median: number | undefined,
): Work {
  const recipe = recipeOf(tone, median);
  const most = Math.min(MOST, pixelCount(within));
  const planes = kernels.reserve(planesBytes(most));
  const stages = recipe.map((stage) => prepared(kernels, stage, planes));
  return changeRowsInto(kernels, raster, within, (address, pixels) => {
    for (let done = 0; done < pixels; done += most) {
      const count = Math.min(most, pixels - done);
      kernels.run.splitPixels(address + done * PIXEL, count, planes);
      for (const stage of stages) stage(vectorsOf(count));
      kernels.run.joinPixels(planes, address + done * PIXEL, count);
    }
  });
}

/** Bytes of kernel memory that the step reserves. */
export function toneBytes({ within, tone }: ToneChange): number {
  const curves = recipeOf(tone).flatMap(curvesOf).length;
  return bandBytes(within) + planesBytes(Math.min(MOST, pixelCount(within))) + curves * blockBytes(CURVE);
}

function curvesOf(stage: ToneStage): readonly Curve[] {
  if (stage.stage === "levels") return stage.curves;
  return stage.stage === "ramp" ? [stage.luma] : [];
}

function prepared(kernels: Kernels, stage: ToneStage, planes: number): Prepared {
  const { run } = kernels;
  const [red = 0, green = 0, blue = 0] = curvesOf(stage).map((curve) => placedCurve(kernels, curve));
  switch (stage.stage) {
    case "levels":
      return (vectors) => {
        for (const [plane, curve] of [red, green, blue].entries()) {
          run.levelPlane(planes + plane * vectors * VECTOR, vectors, curve);
        }
      };
    case "ramp":
      return (vectors) => {
        run.lumaPlane(planes, vectors);
        run.levelPlane(planes, vectors, red);
        run.rampPlanes(planes, vectors, ...stage.colour);
      };
    case "hue":
      return (vectors) => run.huePlanes(planes, vectors, stage.by);
    case "saturate":
      return (vectors) => run.saturatePlanes(planes, vectors, stage.factor);
  }
}

function placedCurve(kernels: Kernels, { pivot, factor, offset, low, high }: Curve): number {
  return kernels.place(Float32Array.of(pivot, factor, offset, low, high));
}

function vectorsOf(pixels: number): number {
  return Math.ceil(pixels / 4);
}

function planesBytes(pixels: number): number {
  return vectorsOf(pixels) * VECTOR * PLANES;
}
