import { Fault } from "../faults.ts";
import type { RequestValues } from "../protocol/commands/table.ts";
import { type ImageRequest, layerZero } from "../protocol/request.ts";
import { opaqueRgb, type Rgb } from "../protocol/rgb.ts";
import { onBackground } from "./background.ts";
import { holdingOf, type Peak, refuseAbove, type SourceFile, type SourceFiles } from "./budget.ts";
import type { Claim } from "./claim.ts";
import type { Craft, EncoderLimits } from "./craft.ts";
import type { Filter } from "./drawing.ts";
import { type EffortSettings, smallerOutputs } from "./effort.ts";
import type { SourceFacts } from "./facts.ts";
import { layerTransform } from "./layer.ts";
import { LONGEST_SIDE, longestSide, refuseBeyondCounting, tooLarge } from "./limits.ts";
import { turned } from "./orientation.ts";
import { type Output, type OutputDefaults, outputOf } from "./output.ts";
import { replyOf } from "./reply.ts";
import type { Scene } from "./scene.ts";
import { isSameSize, pixelCount, type Size, sizeText } from "./size.ts";
import { refuseSource, type SourceLimits } from "./source-limits.ts";
import { type RasterPlan, rasterSizes } from "./steps.ts";
import { type ViewDefaults, viewOf } from "./view.ts";
import { viewRaster } from "./view-raster.ts";

/** Longest side of a raster, which has more than the reply where operations look beyond it. */
const LONGEST_RASTER = 2 * LONGEST_SIDE;

/** The names of `resMode=`, those seen in the wild included. */
const FILTERS_BY_NAME = {
  bilin: "bilin",
  trilin: "bilin",
  bicub: "bicub",
  bisharp: "bisharp",
  sharp2: "sharp2",
  sharp: "sharp2",
} as const satisfies Record<NonNullable<RequestValues["resMode"]>, Filter>;

/** The settings that planning depends on, by their names. */
export interface PlanSettings extends ViewDefaults, OutputDefaults, EffortSettings, SourceLimits {
  readonly BkgColor: Rgb;
  readonly ResMode: Filter;
  /** What `res=` relates to. */
  readonly Resolution: number;
  /** Largest reply; 0 = unlimited. */
  readonly MaxPix: Size;
  /** Whether sources are turned upright. */
  readonly AutoOrient: boolean;
  readonly ScaleQuality: "fast" | "exact";
  readonly LinearLight: boolean;
  /** What becomes of a source of which data is missing. */
  readonly Truncated: "accept" | "refuse";
  /** Bytes. */
  readonly MemoryBudget: number;
  /** Largest output in pixels, for replies and for saves. */
  readonly MaxRenderRgnPixels: number;
  readonly MaxSavePixels: number;
}

/** Everything that will be done, as numbers. It prints as JSON; carrying it out decides nothing. */
export interface Plan extends RasterPlan {
  /** The composite, as layer 0 makes it. */
  readonly composite: Size;
  /** The reply: the size of the last raster. */
  readonly size: Size;
  readonly output: Output;
  /** What becomes of it where data of its sources is missing. */
  readonly truncated: PlanSettings["Truncated"];
  readonly peak: Peak;
  readonly claim: Claim;
}

/** The parts of a request that decide about its picture. */
export type Asked = Pick<ImageRequest, "request" | "view" | "composite" | "finalView" | "layers">;

/**
 * Decides everything about a picture from its request and the headers of its sources.
 *
 * @throws Fault for what is asked against the rules, is not built, or is over a limit; nothing has been decoded then
 */
export function planPicture(asked: Asked, files: SourceFiles, settings: PlanSettings, craft: Craft): Plan {
  const { request, view, finalView } = asked;
  const output = outputOf(request, settings, files.picture.facts);
  const scene = sceneOf(asked, files, settings, craft);
  const composite = scene.layer.size;
  const viewed = viewOf(composite, view, settings);
  refuseBeyondCounting(viewed.scaled);
  const reply = replyOf(viewed, { ...view, ...request }, settings.MaxPix);
  checkSize(reply.size, request.req?.type === "saveToFile", settings, craft.encoders[output.encoder].limits);
  refuseBeyondCounting(reply.composite);

  const background = view.bgc === undefined ? settings.BkgColor : opaqueRgb(view.bgc);
  const raster = onBackground(viewRaster(scene, reply, finalView), reply.size, output.alpha ? undefined : background);
  const plan = { ...raster, composite, size: reply.size, output, truncated: settings.Truncated };
  for (const size of rasterSizes(plan)) {
    if (longestSide(size) > LONGEST_RASTER)
      throw tooLarge("outputTooLarge", size, `worked on at most ${LONGEST_RASTER} pixels a side`);
  }
  const smaller = smallerOutputs(output, reply.size, request, settings, craft);
  return withinBudget(plan, smaller, files, settings.MemoryBudget, craft);
}

/**
 * The plan with the first of these outputs for which the memory suffices, or else with its own.
 *
 * @throws Fault `memoryBudget` where it does not suffice for that either
 */
function withinBudget(
  plan: Omit<Plan, "peak" | "claim">,
  smaller: readonly Output[],
  files: SourceFiles,
  budget: number,
  craft: Craft,
): Plan {
  for (const output of smaller) {
    const holding = holdingOf({ ...plan, output }, files, craft);
    if (holding.peak.total <= budget) return { ...plan, output, ...holding };
  }
  const holding = holdingOf(plan, files, craft);
  refuseAbove(budget, holding.peak);
  return { ...plan, ...holding };
}

function sceneOf(
  { request, layers, composite }: Asked,
  files: SourceFiles,
  settings: PlanSettings,
  craft: Craft,
): Scene {
  const { resMode } = request;
  const layerCommands = layerZero({ layers })?.commands ?? {};
  const source = admitted(files.picture, settings, craft);
  const mask = files.mask && admitted(files.mask, settings, craft);
  if (files.isOwnMask && mask !== undefined && !isSameSize(source.size, mask.size)) {
    throw new Fault("maskSize", `the picture has ${sizeText(source.size)}, its mask ${sizeText(mask.size)}`);
  }
  return {
    picture: source,
    mask,
    layer: layerTransform(source.size, layerCommands, settings.Resolution),
    layerCommands,
    compositeCommands: composite.commands,
    scaling: {
      filter: resMode === undefined ? settings.ResMode : FILTERS_BY_NAME[resMode],
      exact: settings.ScaleQuality === "exact",
      linear: settings.LinearLight,
    },
    craft,
  };
}

/** A source that can be worked with, turned upright if that is wanted. */
function admitted(file: SourceFile, settings: PlanSettings, craft: Craft): SourceFacts {
  const { facts } = file;
  refuseSource(file, settings, craft.decoders[facts.format]);
  return settings.AutoOrient ? facts : { ...facts, size: turned(facts.size, facts.orientation), orientation: 1 };
}

function checkSize(size: Size, save: boolean, settings: PlanSettings, encoder: EncoderLimits): void {
  const most = Math.min(save ? settings.MaxSavePixels : settings.MaxRenderRgnPixels, encoder.maxPixels);
  if (pixelCount(size) > most) throw tooLarge("outputTooLarge", size, `at most ${most} pixels`);
  const side = Math.min(encoder.maxSide, LONGEST_SIDE);
  if (longestSide(size) > side) throw tooLarge("outputTooLarge", size, `at most ${side} pixels a side`);
}
