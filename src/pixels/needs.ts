import type { BoxAxis, Boxes, ResamplingNeeds } from "../plan/craft.ts";
import { type Pass, type Passes, passesOf, sumsAreWide } from "./passes.ts";
import { resamplerBytes } from "./resampler.ts";
import type { Resampling } from "./resampling.ts";

/** What a resampler takes, and what it takes it of, before there is one. */
export function needsOf(resampling: Resampling): ResamplingNeeds {
  const passes = passesOf(resampling);
  return { bytes: resamplerBytes(resampling), wanted: passes.wanted, boxes: boxesOf(resampling, passes) };
}

/** Light is a fraction: sums of it depend on the order. */
function boxesOf({ alpha, linear }: Resampling, passes: Passes): Boxes | undefined {
  const { across, down } = passes;
  if (linear || across.axis.box * down.axis.box === 1) return undefined;
  return { across: boxAxisOf(across), down: boxAxisOf(down), wide: sumsAreWide(passes, alpha) };
}

function boxAxisOf({ axis, reach }: Pass): BoxAxis {
  const { cells, leading, trailing } = reach;
  return { box: axis.box, cells, leading, trailing };
}
