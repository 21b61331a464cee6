import type { BenchWorker } from "./bench-worker.ts";
import { type Job, type Runner, sizeAt } from "./job.ts";
import { type Bar, type Options, progress } from "./part.ts";
import { megapixels, readSource, type SourceName, sourceOf } from "./sources.ts";
import { inRounds, median, pairwise, type Quartiles, type Rounds } from "./statistics.ts";

/** A bar is checked on at least so many pairs, and fails when their lower quartile is beyond it. */
const PAIRS: Rounds = { most: 61, budgetMs: 8000, least: 31 };
const QUICK_PAIRS: Rounds = { most: 7, budgetMs: 0, least: 7 };
/** Renditions before those that count: code is compiled better while it runs. */
const WARM_UPS = 20;

const WIDTH = 800;
/** Of sharp's time, for a rendition of the 12 MP photograph. */
const SHARE_OF_SHARP = 0.9;
/** How far the time of a megapixel at 1/8 may be from that at 12 MP. */
const EVENNESS = 0.15;
/** All by one encoder, with as many bits a pixel. */
const GROWING: readonly SourceName[] = ["12 MP of tiles", "24 MP", "50 MP", "100 MP"];

/** The 12 MP photograph to a raster in workerd, against sharp: a request for one rendition, then one call of sharp. */
export async function barAgainstSharp(worker: BenchWorker, sharp: Runner, { quick }: Options): Promise<Bar> {
  progress("12 MP → 800 px in workerd against sharp");
  const job = rasterOf("12 MP", WIDTH);
  for (let time = 0; time < WARM_UPS; time++) {
    await worker.run(job);
    await sharp.run(job);
  }
  const [ours = [], theirs = []] = await inRounds([timeOf(worker, job), timeOf(sharp, job)], roundsOf(quick));
  const ratio = pairwise(ours, theirs);
  return {
    name: "12 MP photograph → 800 px raster in workerd, warm, from memory",
    wants: `≤ ${SHARE_OF_SHARP} × sharp`,
    got: `${ratioText(ratio)} (${median(ours).toFixed(1)} ms against ${median(theirs).toFixed(1)} ms)`,
    holds: ratio.lower <= SHARE_OF_SHARP,
  };
}

/** What a megapixel takes, as pictures grow: to one width, and at one scale. */
export async function barsOfGrowth(worker: BenchWorker, { quick }: Options): Promise<readonly Bar[]> {
  progress("milliseconds a megapixel, as pictures grow");
  const toWidth = await perMegapixel(worker, ["12 MP of tiles", "100 MP"], () => WIDTH, quick);
  const toEighth = await perMegapixel(worker, GROWING, (source) => sourceOf(source).size.width / 8, quick);
  const [small, ...larger] = toWidth.ratios;
  const giant = larger[0] ?? small;
  return [
    {
      name: "milliseconds a megapixel at 100 MP, to those at 12 MP, → 800 px raster in workerd",
      wants: "≤ 1",
      got: giant === undefined ? "" : `${ratioText(giant)} (${toWidth.text})`,
      holds: giant !== undefined && giant.lower <= 1,
    },
    ...GROWING.slice(1).map((source, at): Bar => {
      const ratio = toEighth.ratios[at + 1];
      return {
        name: `milliseconds a megapixel at ${source}, to those at 12 MP, → 1/8 of its width`,
        wants: `1 ± ${EVENNESS}`,
        got: ratio === undefined ? "" : `${ratioText(ratio)} (${toEighth.text})`,
        holds: ratio !== undefined && ratio.lower <= 1 + EVENNESS && ratio.upper >= 1 - EVENNESS,
      };
    }),
  ];
}

/** What reading the 12 MP photograph from local R2 takes, in milliseconds. No bar: it is the simulator's time. */
export async function bucketTime(worker: BenchWorker, { quick }: Options): Promise<string> {
  const key = "photograph.jpg";
  const file = readSource("12 MP");
  await worker.sources.put(key, file);
  const [ours = [], pieces = []] = await inRounds(
    [() => worker.readFromBucket(key, "ours"), () => worker.readFromBucket(key, "as it comes")],
    roundsOf(quick),
  );
  return (
    `Reading the 12 MP photograph (${(file.length / 1e6).toFixed(1)} MB) from local R2 takes ` +
    `${median(ours).toFixed(1)} ms in the Worker, 64 KB at a time, and ${median(pieces).toFixed(1)} ms in pieces as they ` +
    `come (medians of ${ours.length}); that is not in the times above.`
  );
}

/** What pausing for timers adds to the work, which is all that is told elsewhere. */
export async function pauseTime(worker: BenchWorker, { quick }: Options): Promise<string> {
  const added: string[] = [];
  for (const source of ["12 MP", "100 MP"] as const) {
    const job = rasterOf(source, WIDTH);
    const [without = [], within = []] = await inRounds(
      [timeOf(worker, job), timeOf(worker.pausing, job)],
      roundsOf(quick),
    );
    const more = median(within.map((ms, round) => ms - (without[round] ?? Number.NaN)));
    added.push(`${more.toFixed(1)} ms to ${source} → ${WIDTH} px`);
  }
  return `Rendering pauses now and then, so that timers can fire. In local workerd that adds ${added.join(" and ")}.`;
}

async function perMegapixel(
  worker: BenchWorker,
  sources: readonly SourceName[],
  width: (source: SourceName) => number,
  quick: boolean,
): Promise<{ readonly ratios: readonly Quartiles[]; readonly text: string }> {
  const runs = sources.map((source) => {
    const time = timeOf(worker, rasterOf(source, width(source)));
    return async () => (await time()) / megapixels(sourceOf(source));
  });
  await inRounds(runs, { most: 3, budgetMs: 0, least: 3 });
  const times = await inRounds(runs, roundsOf(quick));
  const [first = []] = times;
  return {
    ratios: times.map((of) => pairwise(of, first)),
    text: `${times.map((of) => median(of).toFixed(2)).join(", ")} ms a megapixel`,
  };
}

function rasterOf(source: SourceName, width: number): Job {
  return { source, size: sizeAt(sourceOf(source).size, width), output: "raster" };
}

function timeOf(runner: Runner, job: Job): () => Promise<number> {
  return async () => (await runner.run(job)).ms;
}

function roundsOf(quick: boolean): Rounds {
  return quick ? QUICK_PAIRS : PAIRS;
}

function ratioText({ lower, median, upper, count }: Quartiles): string {
  return `${median.toFixed(2)} (quartiles ${lower.toFixed(2)} and ${upper.toFixed(2)}, ${count} pairs)`;
}
