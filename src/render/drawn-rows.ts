import type { Decoder, DecoderMaker } from "../codec/decoder.ts";
import { Fault } from "../faults.ts";
import { FROM_PIXELS, FROM_SUMS, TO_PIXELS } from "../pixels/ends.ts";
import { FILTERS } from "../pixels/filters.ts";
import { needsOf } from "../pixels/needs.ts";
import { stageOf } from "../pixels/resampler.ts";
import { decodingOf } from "../plan/decoding.ts";
import { type Drawing, mayBeTransparent } from "../plan/drawing.ts";
import type { SourceFacts } from "../plan/facts.ts";
import { pixelCount } from "../plan/size.ts";
import { Breath } from "./breath.ts";
import { Brush, type DrawnRow } from "./brush.ts";
import type { SourceStream, Studio } from "./studio.ts";

/** Rows of one strip: all must be taken before the next ones. */
export type StripRows = Iterable<DrawnRow>;

/**
 * Decodes and resamples what is seen of a source: its rows, strip by strip, in the order of the file.
 *
 * What it reserves of the kernels is there until its caller frees it.
 *
 * @throws Fault where the source is damaged in a way that is not accepted, before or behind the last row
 */
export async function* drawnRows(
  drawing: Drawing,
  source: SourceStream,
  asMask: boolean,
  studio: Studio,
): AsyncGenerator<StripRows, void, undefined> {
  const { codecs, kernels, warnings, truncated } = studio;
  const maker = codecs.decoders[drawing.source.format];
  const { resample, source: facts } = drawing;
  const resampling = { ...resample, filter: FILTERS[resample.filter], alpha: mayBeTransparent(drawing) };
  const decoding = decodingOf(drawing, needsOf(resampling));
  const intake = maker.addsUp?.(facts, decoding) ? FROM_SUMS : FROM_PIXELS;
  const rows = stageOf(kernels, resampling, intake, TO_PIXELS);
  const decoder = maker.make(kernels, facts, source.bytes, decoding);
  try {
    yield* pulled(decoder, maker, source, new Brush(kernels, rows, drawing, asMask), facts, studio);
  } finally {
    decoder.release?.();
  }
  if (truncated === "refuse" && decoder.warnings.length > 0)
    throw new Fault("sourceBroken", `${decoder.warnings.join("; ")}, and Truncated is refuse`);
  for (const warning of decoder.warnings) warnings.add(warning);
}

/** Pulls strips for a brush until that has all it wants of the source. */
async function* pulled(
  decoder: Decoder,
  maker: DecoderMaker,
  source: SourceStream,
  brush: Brush,
  facts: SourceFacts,
  studio: Studio,
): AsyncGenerator<StripRows, void, undefined> {
  const { deadline, watch } = studio;
  const breath = new Breath(deadline);
  for await (const _ of fed(decoder, maker, source, breath, facts, studio)) {
    for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) {
      watch.lap("decode");
      if (strip.rows > 0) yield brush.take(strip);
      watch.lap("steps");
      if (brush.isComplete) return;
      await breath.afterDecoding(decoder.steps, brush.countSamples());
    }
    watch.lap("decode");
  }
  throw new Fault("sourceBroken", "rows are missing");
}

/** Gives a decoder the bytes of its source; after each of its turns there may be something to pull. */
async function* fed(
  decoder: Decoder,
  { blockingMsPerMegapixel }: DecoderMaker,
  source: SourceStream,
  breath: Breath,
  { size }: SourceFacts,
  { deadline, watch }: Studio,
): AsyncGenerator<undefined, void, undefined> {
  watch.lap("decode");
  for await (const chunk of source.open()) {
    watch.lap("read");
    decoder.push(chunk);
    await breath.afterReading(chunk.length);
    yield;
  }
  await deadline.beforeBlocking((blockingMsPerMegapixel * pixelCount(size)) / 1e6);
  await decoder.end();
  yield;
}
