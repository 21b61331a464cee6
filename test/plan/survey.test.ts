import { expect, test } from "vitest";
import { blank, type Step } from "../../src/plan/steps.ts";
import { surveySize, withSurvey } from "../../src/plan/survey.ts";
import { toneOf } from "../../src/plan/tone.ts";
import { readPlain } from "../support/reading.ts";

test.each([
  [4000, 2000, { width: 128, height: 64 }],
  [2000, 4000, { width: 64, height: 128 }],
  [128, 128, { width: 128, height: 128 }],
  [100, 40, { width: 100, height: 40 }],
  [60_000, 10, { width: 128, height: 1 }],
])("a survey of %i × %i is no larger than 128 pixels, and never enlarged", (width, height, size) => {
  expect(surveySize({ width, height })).toEqual(size);
});

const SURVEY = blank({ width: 128, height: 64 });
const WITHIN = { x: 0, y: 0, width: 10, height: 10 };

function toneStep(modifiers: string): Step {
  const tone = toneOf(readPlain(`layer=0&${modifiers}`).layers[0]?.commands ?? {});
  if (tone === undefined) throw new Error("nothing changes");
  return { step: "tone", within: WITHIN, tone };
}

test("a survey is taken where a tone looks at a median, and only there", () => {
  const looking = toneStep("op_colorize=ff0000,norm");
  expect(withSurvey(looking, () => SURVEY)).toEqual({ ...looking, survey: SURVEY });
  const steps: readonly Step[] = [
    toneStep("op_colorize=ff0000,off"),
    toneStep("op_brightness=10"),
    { step: "fade", within: WITHIN, opacity: 0.5 },
  ];
  const never = () => expect.fail("nobody looks at it");
  for (const step of steps) expect(withSurvey(step, never)).toBe(step);
});
