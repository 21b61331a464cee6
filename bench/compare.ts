import type { BenchWorker } from "./bench-worker.ts";
import { type Job, type Output, type Ran, sizeAt } from "./job.ts";
import { type Options, progress } from "./part.ts";
import { decodeFile, decodeSource, psnr, reference } from "./reference.ts";
import { isSlow, MEASURE, type RunnerName, Runners } from "./runners.ts";
import { megapixels, type SourceName, sourceOf } from "./sources.ts";
import { inRounds, median, pairwise, type Quartiles, type Rounds } from "./statistics.ts";

export const WIDTHS = [400, 800, 2000] as const;
/** The one width that is made where all would take too long. */
const ONE_WIDTH = 800;
/** From here on what is slow makes one width only; so it does of a PNG, which costs the same at every width. */
const GIANT_MP = 20;
/** Up to here a reference is computed. */
const REFERENCE_MP = 13;
/** Renditions before those that count, and how long they go on at least: code is compiled better while it runs. */
const WARM_UP: Rounds = { most: 20, budgetMs: 200, least: 1 };
/** The first rendition, of which the result is kept, is warming up enough. */
const SLOW_WARM_UP: Rounds = { most: 0, budgetMs: 0, least: 0 };

/** No bar depends on these: what is fast runs less often than for one; what is slow in pairs. */
const ROUNDS: Rounds = { most: 21, budgetMs: 2000, least: 5 };
const SLOW_PAIRS: Rounds = { most: 7, budgetMs: 600, least: 1 };
const QUICK: Rounds = { most: 3, budgetMs: 500, least: 1 };

/** What one pipeline made of one job. */
export interface Compared {
  readonly pipeline: RunnerName;
  readonly job: Job;
  readonly ms: number;
  /** Its time divided by sharp's in the same round. */
  readonly ratio: Quartiles;
  /** Of the file, or of the raster. */
  readonly bytes: number;
  /** Decibels; undefined where no reference is computed. */
  readonly psnr: number | undefined;
}

export interface Comparison {
  readonly rows: readonly Compared[];
  /** Sentences: which pipeline failed, and why. */
  readonly troubles: readonly string[];
}

/**
 * Makes the renditions of a source with every pipeline, in each of these forms. Each is in a process of its own, started anew for every source,
 * so that none pays for the memory that another picture left behind.
 */
export async function compare(
  source: SourceName,
  outputs: readonly Output[],
  worker: BenchWorker,
  options: Options,
): Promise<Comparison> {
  const runners = new Runners();
  const rows: Compared[] = [];
  try {
    await runners.start(worker);
    const decoded = megapixels(sourceOf(source)) > REFERENCE_MP ? undefined : await decodeSource(source);
    for (const width of options.quick ? [ONE_WIDTH] : WIDTHS) {
      // Without a measure there is nothing to compare with.
      if (!runners.names.includes(MEASURE)) break;
      const size = sizeAt(sourceOf(source).size, width);
      const wanted = decoded && reference(decoded, size);
      for (const output of outputs) {
        progress(`${source} → ${width} px, ${output}`);
        rows.push(...(await compareJob({ source, size, output }, runners, wanted, options)));
      }
    }
  } finally {
    await runners.stop();
  }
  return { rows, troubles: runners.troubles };
}

/** All that is fast runs once a round, sharp first; then each that is slow in pairs with sharp. */
async function compareJob(
  job: Job,
  runners: Runners,
  wanted: Float64Array | undefined,
  { quick }: Options,
): Promise<readonly Compared[]> {
  const firsts = new Map<RunnerName, Ran>();
  for (const name of runners.names.filter((one) => takesPart(one, job))) {
    const first = await runners.tryOut(name, job, isSlow(name) ? SLOW_WARM_UP : WARM_UP, wanted !== undefined);
    if (first !== undefined) firsts.set(name, first);
  }
  if (!firsts.has(MEASURE)) return [];
  const names = [...firsts.keys()];
  const slow = names.filter(isSlow);
  const fast = names.filter((name) => !isSlow(name));
  const run = (name: RunnerName) => async () => (await runners.run(name, job)).ms;

  const measured = new Map<RunnerName, { ms: number; ratio: Quartiles }>();
  const times = await inRounds(fast.map(run), quick ? QUICK : ROUNDS);
  const [sharp = []] = times;
  for (const [at, of] of times.entries()) {
    const name = fast[at];
    if (name !== undefined) measured.set(name, { ms: median(of), ratio: pairwise(of, sharp) });
  }
  for (const name of slow) {
    const [of = [], to = []] = await inRounds([run(name), run(MEASURE)], quick ? QUICK : SLOW_PAIRS);
    measured.set(name, { ms: median(of), ratio: pairwise(of, to) });
  }

  const rows: Compared[] = [];
  for (const [pipeline, { ms, ratio }] of measured) {
    const { bytes = 0, kept } = firsts.get(pipeline) ?? {};
    const likeness = kept === undefined || wanted === undefined ? undefined : await likenessOf(kept, job, wanted);
    rows.push({ pipeline, job, ms, ratio, bytes, psnr: likeness });
  }
  return rows;
}

function takesPart(name: RunnerName, { source, size, output }: Job): boolean {
  if (output === "raster" && name === "sharp, mozjpeg") return false;
  const isLong = sourceOf(source).format === "png" || megapixels(sourceOf(source)) >= GIANT_MP;
  return !isSlow(name) || size.width === ONE_WIDTH || !isLong;
}

async function likenessOf(kept: Uint8Array, { size, output }: Job, wanted: Float64Array): Promise<number> {
  const pixels = output === "raster" ? kept : await decodeFile(kept);
  return psnr(pixels, pixels.length / (size.width * size.height), wanted);
}
