import { codecsOf } from "../../src/codec/codecs.ts";
import { FAULTS, Fault } from "../../src/faults.ts";
import type { Craft } from "../../src/plan/craft.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { planPicture } from "../../src/plan/plan.ts";
import { type Size, sizeText } from "../../src/plan/size.ts";
import { craftOf } from "../../src/render/engine.ts";
import type { Settings } from "../../src/settings/settings.ts";
import { readPlain } from "../support/reading.ts";
import { MODULES } from "../support/wasm-modules.ts";
import { complaintsAbout } from "./sound.ts";

/** The craft of the real engine: what it adds up must not break on any plan either. */
const CRAFT = craftOf({ codecs: codecsOf(MODULES) });
const MASK: SourceFacts = {
  ...{ format: "png", size: { width: 33, height: 20 }, orientation: 1, alpha: false },
  png: { colourType: 0, depth: 8, interlaced: false },
};

/** What became of a request: a plan, or a refusal. */
export interface Judgement {
  readonly outcome: "misread" | "planned" | "refused";
  /** What is wrong with it; empty where nothing is. A refusal is right, if it says whose fault it is, and why. */
  readonly complaint: string;
}

/** Plans a request, and holds what comes of it against what a plan has to be. */
export function judged(modifiers: string, facts: SourceFacts, settings: Settings): Judgement {
  const asked = readPlain(modifiers);
  // What the parser complains about is refused before it comes to a plan.
  if (asked.problems.length > 0) return { outcome: "misread", complaint: "" };
  const isMasked = asked.layers.some(({ commands }) => commands.mask !== undefined);
  const files = { picture: { facts, bytes: 100_000 }, mask: isMasked ? { facts: MASK, bytes: 1000 } : undefined };
  try {
    const plan = planPicture(asked, files, settings, thrifty());
    return { outcome: "planned", complaint: complaintsAbout(plan, settings.MemoryBudget).join("; ") };
  } catch (thrown) {
    return { outcome: "refused", complaint: wrongWith(thrown) };
  }
}

/** Sides of rasters, and of what is scaled into them, about which an answer comes at once. */
const LONGEST = 131_000;
/** Pixels of a source that fall on one of a raster. */
const MOST_INTO_ONE = 400_000;

/**
 * To say what memory a step takes takes time itself, in proportion to the sides of its raster: nobody is asked about
 * rasters that are refused anyway, or an URL of forty letters is half a minute's work.
 */
function thrifty(): Craft {
  const refuse = (size: Size) => {
    if (Math.max(size.width, size.height) > LONGEST) throw new TypeError(`was asked about ${sizeText(size)}`);
  };
  return {
    ...CRAFT,
    resampling(resample, alpha) {
      refuse(resample.size);
      const { window, size } = resample;
      const most = Math.max(window.width / size.width, window.height / size.height);
      if (most > MOST_INTO_ONE) throw new TypeError(`was asked to scale by ${most}`);
      return CRAFT.resampling(resample, alpha);
    },
    stepBytes(step, size) {
      refuse(size);
      if ("size" in step) refuse(step.size);
      return CRAFT.stepBytes(step, size);
    },
  };
}

function wrongWith(thrown: unknown): string {
  if (!(thrown instanceof Fault)) return thrown instanceof Error ? thrown.message : String(thrown);
  const { who } = FAULTS[thrown.code];
  if (who !== "request" && who !== "limit") return `${who} is to blame: ${thrown.message}`;
  return /NaN|undefined/.test(thrown.message) ? thrown.message : "";
}
