import type { Encoding, Output } from "../plan/output.ts";
import type { RasterPlan, Step } from "../plan/steps.ts";
import { inBand, keepsRowsApart } from "../plan/streaming.ts";
import { Band } from "./band.ts";
import { Breath } from "./breath.ts";
import { drawnRows } from "./drawn-rows.ts";
import { ended, pushed } from "./encode.ts";
import { stepOnto } from "./steps.ts";
import type { Pieces, Studio } from "./studio.ts";

/**
 * The file of a plan that streams: rows go through a band, in which its steps are taken on them, to the encoder.
 *
 * Decoder, resampler and encoder are in the kernels at one time; the encoder first, and what it needs more of on the way above
 * the others. Only steps give back what they reserve.
 */
export async function* streamed<Kind extends Encoding>(
  { canvas, drawing, steps }: RasterPlan,
  output: Output<Kind>,
  studio: Studio,
): Pieces {
  const { sources, codecs, kernels, deadline, watch } = studio;
  const encoder = codecs.encoders[output.encoder];
  if (encoder.takes !== "rows") throw new TypeError(`${output.encoder} takes no rows`);
  await deadline.beforeBlocking(encoder.blockingMs(canvas.size, output));
  const band = new Band(canvas);
  const breath = new Breath(deadline);
  try {
    const file = encoder.make(kernels, canvas.size, output);
    async function* finished(): Pieces {
      await takeSteps(steps, band, breath, studio);
      yield* pushed(file, band.rows.data, output, breath, watch);
      band.advance();
    }
    if (drawing !== undefined) {
      while (band.end <= drawing.at.y) yield* finished();
      for await (const rows of drawnRows(drawing, sources.picture, false, studio)) {
        for (const { pixels, course } of rows) {
          band.lay(pixels, course);
          // At once: the row is a view, which the encoder may detach when it reserves memory.
          if (course.start.y + 1 === band.end) yield* finished();
        }
      }
    }
    while (!band.isThrough) yield* finished();
    yield* ended(file, breath, watch);
  } finally {
    band.release();
    kernels.clear();
  }
}

async function takeSteps(
  steps: readonly Step[],
  band: Band,
  breath: Breath,
  { kernels, watch }: Studio,
): Promise<void> {
  const { rows, top } = band;
  for (const step of steps) {
    if (!keepsRowsApart(step)) throw new TypeError(`${step.step} in a plan that streams`);
    const part = inBand(step, top, rows.size);
    if (part === undefined) continue;
    const mark = kernels.mark();
    await breath.through(stepOnto(kernels, rows, part, undefined, top));
    kernels.freeTo(mark);
  }
  watch.lap("steps");
}
