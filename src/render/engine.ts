import type { Codecs } from "../codec/codecs.ts";
import { FILTERS } from "../pixels/filters.ts";
import type { KernelPool } from "../pixels/pool.ts";
import { resamplerBytes } from "../pixels/resampler.ts";
import type { Craft } from "../plan/craft.ts";
import { stepBytes } from "./steps.ts";

/** What rendering needs besides its plan. */
export interface Engine {
  readonly codecs: Codecs;
  readonly kernels: KernelPool;
}

/** What the engine can do, and what it takes, as the planner asks for it. */
export function craftOf({ codecs }: Engine): Craft {
  return {
    ...codecs,
    resamplerBytes: (resample, alpha) => resamplerBytes({ ...resample, filter: FILTERS[resample.filter], alpha }),
    stepBytes,
  };
}
