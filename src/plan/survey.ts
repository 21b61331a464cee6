import type { Size } from "./size.ts";
import type { RasterPlan, Step } from "./steps.ts";
import type { Tone } from "./tone.ts";

/** A survey is no larger than this: a median does not need more. */
const SURVEY_SIDE = 128;

/** The size at which something is looked at for its median. */
export function surveySize({ width, height }: Size): Size {
  const factor = Math.min(1, SURVEY_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** A step on tone that looks at a median, with the survey that it is taken of; any other step as it is. */
export function withSurvey(step: Step, survey: () => RasterPlan): Step {
  return step.step === "tone" && looksAtMedian(step.tone) ? { ...step, survey: survey() } : step;
}

function looksAtMedian({ colorize }: Tone): boolean {
  return colorize?.normalise ?? false;
}
