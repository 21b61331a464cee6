import type { Drawing } from "../../src/plan/drawing.ts";
import { turned } from "../../src/plan/orientation.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { Point, Rect, Size } from "../../src/plan/size.ts";
import type { RasterPlan, Step } from "../../src/plan/steps.ts";

/** A survey looks at no more than this (src/plan/content.ts). */
const SURVEY_SIDE = 128;
/** Windows are computed by a few products of coordinates up to 1e9: an edge may be off by this part of a pixel. */
const SLACK = 1e-3;

/** A length, an area or a rectangle that is wrong, and where in the plan. */
type Complain = (what: string) => void;

/**
 * What is wrong with a plan, whoever carries it out; empty where nothing is.
 *
 * Rasters have whole sizes, and those of the last one are the reply's; what is drawn lies inside of its raster, and the
 * window it comes from on its source; steps work inside of the raster that they find; every number is one.
 */
export function complaintsAbout(plan: Plan, budget: number): readonly string[] {
  const complaints: string[] = [];
  const complain = (what: string) => void complaints.push(what);
  checkNumbers(plan, "plan", complain);
  checkSize(plan.size, "reply", complain);
  checkSize(plan.composite, "composite", complain);
  const last = checkRaster(plan, "", complain);
  if (!sameSize(last, plan.size)) complain(`the last raster has ${text(last)}, the reply ${text(plan.size)}`);
  for (const [name, bytes] of Object.entries(plan.peak)) {
    if (!(Number.isSafeInteger(bytes) && bytes >= 0)) complain(`peak.${name} is ${bytes} bytes`);
  }
  if (plan.peak.total > budget) complain(`peak.total is ${plan.peak.total}, the budget ${budget}`);
  return complaints;
}

/** Walks the steps; the size of the last raster. */
function checkRaster({ canvas, drawing, mask, steps }: RasterPlan, path: string, complain: Complain): Size {
  checkSize(canvas.size, `${path}canvas`, complain);
  if (drawing !== undefined) checkDrawing(drawing, canvas.size, `${path}drawing`, complain);
  if (mask !== undefined) checkDrawing(mask, canvas.size, `${path}mask`, complain);
  if (mask !== undefined && drawing === undefined) complain(`${path}mask: there is nothing to be masked`);
  let size = canvas.size;
  for (const [at, step] of steps.entries()) {
    checkStep(step, size, `${path}steps[${at}] ${step.step}`, complain);
    if ("size" in step) size = step.size;
  }
  return size;
}

function checkDrawing(drawing: Drawing, canvas: Size, path: string, complain: Complain): void {
  const { source, decode, resample, at, orientation } = drawing;
  checkSize(resample.size, `${path}.resample`, complain);
  const laid = { ...at, ...turned(resample.size, orientation) };
  if (!isWhole(laid) || !isInside(laid, canvas)) complain(`${path}: lies at ${text(laid)} in ${text(canvas)}`);
  const file = turned(source.size, source.orientation);
  const { width, height } = resample.source;
  if (width * decode.shrink !== file.width || height * decode.shrink !== file.height) {
    complain(`${path}: ${text(file)} decoded by ${decode.shrink} is ${text(resample.source)}`);
  }
  // A picture may end within an output pixel, which then looks beyond it: by less than itself.
  const { window } = resample;
  const across = window.width / resample.size.width + SLACK;
  const down = window.height / resample.size.height + SLACK;
  if (!(window.width > 0 && window.height > 0)) complain(`${path}: the window is ${text(window)}`);
  if (window.x < -across || window.x + window.width > width + across) complain(`${path}: ${text(window)} is beside it`);
  if (window.y < -down || window.y + window.height > height + down) complain(`${path}: ${text(window)} is beside it`);
}

function checkStep(step: Step, raster: Size, path: string, complain: Complain): void {
  if ("within" in step) {
    const { within } = step;
    if (!isWhole(within) || !isInside(within, raster)) complain(`${path}: ${text(within)} in ${text(raster)}`);
  }
  if ("size" in step) checkSize(step.size, path, complain);
  switch (step.step) {
    case "blur":
      checkSigma(step.sigma, path, complain);
      break;
    case "sharpen":
      if (step.against !== "box3") checkSigma(step.against.sigma, path, complain);
      checkRange(step.amount, 0, 5, `${path} amount`, complain);
      break;
    case "tone":
      if (step.survey !== undefined) checkSurvey(step.survey, path, complain);
      break;
    case "fade":
      checkRange(step.opacity, 0, 1, `${path} opacity`, complain);
      break;
    case "fill":
      checkRange(step.alpha, 0, 1, `${path} alpha`, complain);
      break;
    case "trim":
      checkLengths(step.to, path, complain);
      break;
    case "turn":
      checkLengths(step.seen, path, complain);
      break;
    case "rescale":
      checkLengths(step.window, path, complain);
      if (!isWhole(step.to) || !isInside(step.to, step.size)) complain(`${path}: to ${text(step.to)}`);
      break;
    case "cut":
      if (![step.at.x, step.at.y].every(Number.isSafeInteger)) complain(`${path}: at ${step.at.x}, ${step.at.y}`);
      break;
  }
}

function checkSurvey(survey: RasterPlan, path: string, complain: Complain): void {
  const { width, height } = checkRaster(survey, `${path}.survey.`, complain);
  if (Math.max(width, height) > SURVEY_SIDE) complain(`${path}: a survey of ${width} × ${height}`);
}

/** A raster's: whole pixels, at least one. */
function checkSize({ width, height }: Size, path: string, complain: Complain): void {
  const right = (length: number) => Number.isSafeInteger(length) && length >= 1;
  if (!right(width) || !right(height)) complain(`${path}: a raster of ${width} × ${height}`);
}

function checkSigma({ x, y }: Point, path: string, complain: Complain): void {
  // No radius is above 250 pixels, and none is enlarged by more than the largest reply over a single pixel.
  checkRange(x, 0, 1e9, `${path} sigma.x`, complain);
  checkRange(y, 0, 1e9, `${path} sigma.y`, complain);
}

function checkRange(value: number, low: number, high: number, path: string, complain: Complain): void {
  if (!(value >= low && value <= high)) complain(`${path} is ${value}, not ${low}..${high}`);
}

function checkLengths(rect: Rect, path: string, complain: Complain): void {
  if (!(rect.width >= 0 && rect.height >= 0)) complain(`${path}: ${text(rect)} has a negative side`);
}

/** Every number of the plan is finite, and none −0, which does not survive JSON. */
function checkNumbers(value: unknown, path: string, complain: Complain): void {
  if (typeof value === "number") {
    if (!Number.isFinite(value) || Object.is(value, -0)) complain(`${path} is ${Object.is(value, -0) ? "−0" : value}`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, each] of Object.entries(value)) checkNumbers(each, `${path}.${key}`, complain);
  }
}

function isWhole({ x, y, width, height }: Rect): boolean {
  return [x, y, width, height].every(Number.isSafeInteger);
}

function isInside({ x, y, width, height }: Rect, { width: across, height: down }: Size): boolean {
  return x >= 0 && y >= 0 && width >= 0 && height >= 0 && x + width <= across && y + height <= down;
}

function sameSize(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}

function text({ x, y, width, height }: Partial<Rect>): string {
  return x === undefined ? `${width} × ${height}` : `${width} × ${height} at ${x}, ${y}`;
}
