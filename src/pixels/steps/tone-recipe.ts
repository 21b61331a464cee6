import type { Tone } from "../../plan/tone.ts";
import type { Rgb } from "../../protocol/rgb.ts";
import { type Curve, INVERTED, joined, MIDDLE, movedBy, shifted, stretched } from "./curve.ts";

/** One thing that is done to all pixels. */
export type ToneStage = Levels | Ramp | Hue | Saturate;

/** Red, green and blue each take a way of their own. */
interface Levels {
  readonly stage: "levels";
  readonly curves: readonly [red: Curve, green: Curve, blue: Curve];
}

/** The luma, on a curve, becomes a colour between black, `colour` in the middle, and white. */
interface Ramp {
  readonly stage: "ramp";
  readonly luma: Curve;
  readonly colour: Rgb;
}

interface Hue {
  readonly stage: "hue";
  /** Sixths of the circle. */
  readonly by: number;
}

interface Saturate {
  readonly stage: "saturate";
  /** 0 is gray, 1 changes nothing. */
  readonly factor: number;
}

/**
 * A tone as the fewest stages: what changes nothing is left out, and neighbours that look at one component at a time are
 * one stage. The order is that of the protocol, not that of the request. Source: protocol.md 3.6, A-15.
 *
 * @param median of the luma, behind brightness and contrast, where it is normalised
 */
export function recipeOf(tone: Tone, median = MIDDLE): readonly ToneStage[] {
  return [
    ...exposureOf(tone).map(alike),
    ...rampsOf(tone, median),
    ...when<ToneStage>(tone.balance.some(isOther), { stage: "levels", curves: threeOf(tone.balance) }),
    ...when<ToneStage>(isOther(tone.hue), { stage: "hue", by: tone.hue / 60 }),
    ...when<ToneStage>(isOther(tone.saturation), { stage: "saturate", factor: 1 + tone.saturation / 100 }),
    ...when<ToneStage>(tone.invert, alike(INVERTED)),
  ].reduce(folded, []);
}

/** Brightness and contrast: the curve that all three components take, or none. */
export function exposureOf({ brightness, contrast }: Pick<Tone, "brightness" | "contrast">): readonly Curve[] {
  return [...when(isOther(brightness), shifted(brightness)), ...when(isOther(contrast), stretched(contrast))];
}

function rampsOf({ colorize }: Tone, median: number): readonly Ramp[] {
  if (colorize === undefined) return [];
  const { colour, normalise, contrast } = colorize;
  const luma = normalise ? joined(movedBy(MIDDLE - median), stretched(contrast)) : movedBy(0);
  return [{ stage: "ramp", luma, colour }];
}

function alike(curve: Curve): Levels {
  return { stage: "levels", curves: [curve, curve, curve] };
}

function threeOf([red, green, blue]: Tone["balance"]): Levels["curves"] {
  return [shifted(red), shifted(green), shifted(blue)];
}

function folded(stages: readonly ToneStage[], next: ToneStage): readonly ToneStage[] {
  const last = stages.at(-1);
  if (last?.stage !== "levels" || next.stage !== "levels") return [...stages, next];
  const [red, green, blue] = last.curves;
  const curves = [joined(red, next.curves[0]), joined(green, next.curves[1]), joined(blue, next.curves[2])] as const;
  return [...stages.slice(0, -1), { stage: "levels", curves }];
}

function when<T>(condition: boolean, value: T): readonly T[] {
  return condition ? [value] : [];
}

function isOther(amount: number): boolean {
  return amount !== 0;
}
