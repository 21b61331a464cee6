import { Fault } from "../faults.ts";
import type { RequestValues } from "../protocol/commands/table.ts";
import { type ImageRequest, layerZero } from "../protocol/request.ts";
import { opaqueRgb, type Rgb } from "../protocol/rgb.ts";
import { onBackground } from "./background.ts";
import {
  holdingOf,
  overBudget,
  type Peak,
  type SourceFile,
  type SourceFiles,
  tooLargeForCondition,
  type Undertaking,
} from "./budget.ts";
import type { Claim } from "./claim.ts";
import type { Craft, EncoderLimits } from "./craft.ts";
import type { Delivery } from "./delivery.ts";
import type { Filter } from "./drawing.ts";
import { type EffortSettings, leanerOutputs, smallerOutputs } from "./effort.ts";
import type { SourceFacts } from "./facts.ts";
import { layerTransform } from "./layer.ts";
import { LONGEST_SIDE, longestSide, refuseBeyondCounting, tooLarge } from "./limits.ts";
import { turned } from "./orientation.ts";
import {
  inOneScan,
  isAskedInScans,
  isInOneScan,
  type Output,
  type OutputDefaults,
  outputOf,
  WRITTEN_IN_ONE_SCAN,
} from "./output.ts";
import { quantised } from "./quantise.ts";
import { replyOf } from "./reply.ts";
import type { Scene } from "./scene.ts";
import { isSameSize, pixelCount, type Size, sizeText } from "./size.ts";
import { refuseSource, type SourceLimits } from "./source-limits.ts";
import { type RasterPlan, rasterSizes } from "./steps.ts";
import { isStreamed } from "./streaming.ts";
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
  /** What is written where `output` turns out to take more memory than there is; undefined where that cannot be. */
  readonly instead: Output | undefined;
  /** Whether rows go from the decoder to the encoder, and no raster is held. */
  readonly streams: boolean;
  readonly delivery: Delivery;
  /** What is made otherwise than it was asked for. */
  readonly warnings: readonly string[];
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
export function planPicture(
  asked: Asked,
  files: SourceFiles,
  settings: PlanSettings,
  craft: Craft,
  delivery: Delivery = "pieces",
): Plan {
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
  const seen = onBackground(viewRaster(scene, reply, finalView), reply.size, output.alpha ? undefined : background);
  const raster = quantised(seen, output, request.quantize);
  const plan = { ...raster, composite, size: reply.size, delivery, truncated: settings.Truncated };
  for (const size of rasterSizes(plan)) {
    if (longestSide(size) > LONGEST_RASTER)
      throw tooLarge("outputTooLarge", size, `worked on at most ${LONGEST_RASTER} pixels a side`);
  }
  const smaller = smallerOutputs(output, reply.size, request, settings, craft);
  const outputs = [...smaller, output, ...leanerOutputs(output)].map((one) => withoutIdleBound(one, reply.size, craft));
  const decided = withinBudget(plan, outputs, files, settings.MemoryBudget, craft);
  const isLess = isAskedInScans(output) && isInOneScan(decided.output);
  return { ...decided, warnings: isLess ? [WRITTEN_IN_ONE_SCAN] : [] };
}

/** A bound that no file can reach costs a raster and further encodes, and bounds nothing. */
function withoutIdleBound(output: Output, size: Size, { encoders: { jpeg } }: Craft): Output {
  if (output.encoder !== "jpeg" || output.mostBytes === undefined) return output;
  const isIdle = jpeg.takes === "rows" && jpeg.mostBytes(size, output) <= output.mostBytes;
  return isIdle ? { ...output, mostBytes: undefined } : output;
}

/**
 * The plan with the first of these outputs for which the memory suffices.
 *
 * @throws Fault `memoryBudget` where it suffices for none, or `saveTooLargeForCondition` where it would for the same file in pieces
 */
function withinBudget(
  plan: Omit<Plan, "output" | "instead" | "streams" | "warnings" | "peak" | "claim">,
  outputs: readonly Output[],
  files: SourceFiles,
  budget: number,
  craft: Craft,
): Omit<Plan, "warnings"> {
  const undertakings = outputs.map((output) => {
    return { ...plan, output, instead: inOneScan(output), streams: isStreamed(plan, output, craft) };
  });
  let last: Peak | undefined;
  for (const undertaking of undertakings) {
    const holding = holdingOf(undertaking, files, craft);
    if (holding.peak.total <= budget) return { ...undertaking, ...holding };
    last = holding.peak;
  }
  if (last === undefined) throw new TypeError("a plan without an output");
  const fits = (undertaking: Undertaking) => holdingOf(undertaking, files, craft).peak.total <= budget;
  if (plan.delivery === "whole" && undertakings.some((one) => fits({ ...one, delivery: "pieces" })))
    throw tooLargeForCondition(budget, last);
  throw overBudget(budget, last);
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
