import type { Codecs } from "../codec/codecs.ts";
import { type Raster, releaseRaster } from "../pixels/raster.ts";
import type { Encoding, Output } from "../plan/output.ts";
import type { Plan } from "../plan/plan.ts";
import type { Deadline } from "./deadline.ts";
import type { Engine } from "./engine.ts";
import { paint, type SourceStreams } from "./paint.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** A finished file, and what was wrong with the sources of which it was made nevertheless. */
export interface Rendition {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly warnings: readonly string[];
}

/** Carries a plan out. */
export async function renderPicture(
  plan: Plan,
  sources: SourceStreams,
  engine: Pick<Engine, "codecs" | "kernels">,
  deadline: Deadline,
  watch: Stopwatch,
): Promise<Rendition> {
  const warnings = new Set<string>();
  const { truncated } = plan;
  // One instance from the beginning to the end: another for each step would be as much memory again.
  const raster = await engine.kernels.lend((kernels) =>
    paint(plan, { sources, codecs: engine.codecs, kernels, deadline, watch, warnings, truncated }),
  );
  const bytes = await encode(plan.output, raster, engine.codecs, deadline);
  await deadline.breathe();
  watch.lap("encode");
  return { bytes, warnings: [...warnings] };
}

/** Makes the file, which takes the place of the raster before it is anybody else's turn. */
async function encode<Kind extends Encoding>(
  output: Output<Kind>,
  raster: Raster,
  { encoders }: Codecs,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = encoders[output.encoder];
  try {
    await deadline.beforeBlocking(encoder.blockingMs(raster.size, output));
    return await encoder.encode(raster, output);
  } finally {
    releaseRaster(raster);
  }
}
