import type { Claimed } from "../pixels/pool.ts";
import { releaseRaster } from "../pixels/raster.ts";
import { bytesAsked } from "../plan/output.ts";
import type { Plan } from "../plan/plan.ts";
import type { Deadline } from "./deadline.ts";
import { encoded } from "./encode.ts";
import type { Engine } from "./engine.ts";
import { orInOneScan } from "./one-scan.ts";
import { paint } from "./paint.ts";
import type { Stopwatch } from "./stopwatch.ts";
import { streamed } from "./stream.ts";
import type { Pieces, SourceStreams, Studio } from "./studio.ts";
import { withinBytes } from "./within-bytes.ts";

/** What carrying a plan out needs besides it. */
export interface Rendering {
  readonly engine: Pick<Engine, "codecs" | "kernels">;
  readonly deadline: Deadline;
  readonly watch: Stopwatch;
  /** Is told what was wrong with the sources of which the picture was made nevertheless, and what was written otherwise than asked. */
  readonly warnings: Set<string>;
  /** The room that it has, where it waits for room. */
  readonly claimed?: Claimed;
}

/**
 * Carries a plan out: the pieces of the file, as they are made. Warnings are complete when it is through; whoever wants no more
 * of it says `return`, and everything that it holds is given back.
 */
export function renderPicture(
  plan: Plan,
  sources: SourceStreams,
  { engine, deadline, watch, warnings, claimed }: Rendering,
): Pieces {
  const { codecs } = engine;
  const { truncated } = plan;
  for (const warning of plan.warnings) warnings.add(warning);
  // One instance from the beginning to the end: another for each step would be as much memory again.
  return engine.kernels.lendTo((kernels) => {
    const studio = { sources, codecs, kernels, deadline, watch, warnings, truncated };
    return plan.streams
      ? orInOneScan(plan, warnings, (output) => streamed(plan, output, studio))
      : paintedAndEncoded(plan, studio);
  }, claimed);
}

async function* paintedAndEncoded(plan: Plan, studio: Studio): Pieces {
  const { codecs, warnings } = studio;
  const raster = await paint(plan, studio);
  const desk = { ...studio, encoders: codecs.encoders };
  try {
    if (bytesAsked(plan.output) !== undefined) yield* withinBytes(plan, raster, warnings, desk);
    else yield* orInOneScan(plan, warnings, (output) => encoded(output, raster, desk));
  } finally {
    releaseRaster(raster);
  }
}
