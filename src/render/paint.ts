import type { Codecs } from "../codec/codecs.ts";
import type { Decoder, DecoderMaker } from "../codec/decoder.ts";
import { Fault } from "../faults.ts";
import { FROM_PIXELS, FROM_SUMS, TO_PIXELS } from "../pixels/ends.ts";
import { FILTERS } from "../pixels/filters.ts";
import type { Kernels } from "../pixels/kernels.ts";
import { needsOf } from "../pixels/needs.ts";
import { filledRaster, type Raster, releaseRaster } from "../pixels/raster.ts";
import { stageOf } from "../pixels/resampler.ts";
import { medianLuma } from "../pixels/steps/median-luma.ts";
import { decodingOf } from "../plan/decoding.ts";
import { type Drawing, mayBeTransparent } from "../plan/drawing.ts";
import type { Plan } from "../plan/plan.ts";
import { pixelCount } from "../plan/size.ts";
import { makesRaster, type RasterPlan, type Step } from "../plan/steps.ts";
import { Breath, BYTES_A_BREATH } from "./breath.ts";
import { Brush } from "./brush.ts";
import type { Deadline } from "./deadline.ts";
import { stepInto, stepOnto } from "./steps.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** A source file whose bytes can be read, from the beginning, as often as it takes. */
export interface SourceStream {
  /** How many there are. */
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** The files that a plan is made of. */
export interface SourceStreams {
  readonly picture: SourceStream;
  readonly mask: SourceStream | undefined;
}

/** What painting needs besides its plan, and what was wrong with the sources. */
export interface Studio {
  readonly sources: SourceStreams;
  readonly codecs: Codecs;
  /** Used for one thing after the other; cleared after each. */
  readonly kernels: Kernels;
  readonly deadline: Deadline;
  readonly watch: Stopwatch;
  readonly warnings: Set<string>;
  readonly truncated: Plan["truncated"];
}

/** Makes the raster of a plan: draws its sources, then takes its steps one after the other. */
export async function paint(plan: RasterPlan, studio: Studio): Promise<Raster> {
  const { sources } = studio;
  const { canvas, drawing, mask, steps } = plan;
  let raster = filledRaster(canvas.size, canvas.background);
  try {
    if (drawing !== undefined) await draw(drawing, sources.picture, raster, false, studio);
    if (mask !== undefined && sources.mask !== undefined) {
      await draw(mask, sources.mask, raster, true, studio);
    }
    for (const step of steps) raster = await taken(step, raster, studio);
    studio.watch.lap("steps");
    return raster;
  } catch (thrown) {
    releaseRaster(raster);
    throw thrown;
  }
}

/** The raster after a step: the same one, or another that takes its place. */
async function taken(step: Step, raster: Raster, studio: Studio): Promise<Raster> {
  const { kernels, deadline } = studio;
  const median =
    step.step === "tone" && step.survey !== undefined ? await medianOf(step, step.survey, studio) : undefined;
  const breath = new Breath(deadline);
  if (!makesRaster(step)) {
    await breath.through(stepOnto(kernels, raster, step, median));
    kernels.clear();
    return raster;
  }
  const next = filledRaster(step.size, undefined);
  try {
    await breath.through(stepInto(kernels, raster, next, step));
  } catch (thrown) {
    releaseRaster(next);
    throw thrown;
  }
  kernels.clear();
  releaseRaster(raster);
  return next;
}

async function medianOf(
  { tone }: Extract<Step, { step: "tone" }>,
  survey: RasterPlan,
  studio: Studio,
): Promise<number> {
  const small = await paint(survey, studio);
  const median = medianLuma(small, { x: 0, y: 0, ...small.size }, tone);
  releaseRaster(small);
  return median;
}

/** Decodes and resamples what is seen of a source, and lays it into the raster. */
async function draw(
  drawing: Drawing,
  source: SourceStream,
  raster: Raster,
  asMask: boolean,
  studio: Studio,
): Promise<void> {
  const { codecs, kernels, warnings, truncated } = studio;
  const maker = codecs.decoders[drawing.source.format];
  const { resample, source: facts } = drawing;
  const resampling = { ...resample, filter: FILTERS[resample.filter], alpha: mayBeTransparent(drawing) };
  const decoding = decodingOf(drawing, needsOf(resampling));
  const intake = maker.addsUp?.(facts, decoding) ? FROM_SUMS : FROM_PIXELS;
  const rows = stageOf(kernels, resampling, intake, TO_PIXELS);
  const decoder = maker.make(kernels, facts, source.bytes, decoding);
  try {
    await readThrough(decoder, maker, source, new Brush(kernels, rows, raster, drawing, asMask), drawing, studio);
  } finally {
    decoder.release?.();
  }
  if (truncated === "refuse" && decoder.warnings.length > 0)
    throw new Fault("sourceBroken", `${decoder.warnings.join("; ")}, and Truncated is refuse`);
  for (const warning of decoder.warnings) warnings.add(warning);
  kernels.clear();
}

/** Reads a source until the brush has all it wants of it. */
async function readThrough(
  decoder: Decoder,
  maker: DecoderMaker,
  source: SourceStream,
  brush: Brush,
  { source: facts }: Drawing,
  { deadline, watch }: Studio,
): Promise<void> {
  const breath = new Breath(deadline);
  watch.lap("decode");
  for await (const chunk of source.open()) {
    watch.lap("read");
    decoder.push(chunk);
    await breath.after(chunk.length / BYTES_A_BREATH);
    if (await drain(decoder, brush, breath, watch)) return;
  }
  await deadline.beforeBlocking((maker.blockingMsPerMegapixel * pixelCount(facts.size)) / 1e6);
  await decoder.end();
  if (!(await drain(decoder, brush, breath, watch))) throw new Fault("sourceBroken", "rows are missing");
}

/** Gives the strips that are ready to the brush; true when it has all it wants. */
async function drain(decoder: Decoder, brush: Brush, breath: Breath, watch: Stopwatch): Promise<boolean> {
  for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) {
    watch.lap("decode");
    const samples = strip.rows > 0 ? brush.take(strip) : 0;
    watch.lap("steps");
    if (brush.isComplete) return true;
    await breath.afterDecoding(decoder.steps, samples);
  }
  watch.lap("decode");
  return false;
}
