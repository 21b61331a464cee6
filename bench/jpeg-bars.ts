import type { SharpBar } from "./against-sharp.ts";
import type { BenchWorker } from "./bench-worker.ts";
import { rasterAt, ratioText, roundsOf, timeOf } from "./pairs.ts";
import { type Bar, type Options, progress } from "./part.ts";
import { megapixels, readSource, type SourceName, sourceOf } from "./sources.ts";
import { inRounds, median, pairwise, type Quartiles } from "./statistics.ts";

const WIDTH = 800;
/** The photograph as it comes from a telephone. */
export const SHARP_BARS: readonly SharpBar[] = [{ source: "12 MP", output: "raster", share: 0.9 }];
/** How far the time of a megapixel at 1/8 may be from that at 12 MP. */
const EVENNESS = 0.15;
/** All by one encoder, with as many bits a pixel. */
const GROWING: readonly SourceName[] = ["12 MP of tiles", "24 MP", "50 MP", "100 MP"];

/** What a megapixel takes, as pictures grow: to one width, and at one scale. */
export async function barsOfGrowth(worker: BenchWorker, options: Options): Promise<readonly Bar[]> {
  progress("milliseconds a megapixel, as pictures grow");
  const toWidth = await perMegapixel(worker, ["12 MP of tiles", "100 MP"], () => WIDTH, options);
  const toEighth = await perMegapixel(worker, GROWING, (source) => sourceOf(source).size.width / 8, options);
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
export async function bucketTime(worker: BenchWorker, options: Options): Promise<string> {
  const key = "photograph.jpg";
  const file = readSource("12 MP");
  await worker.sources.put(key, file);
  const [ours = [], pieces = []] = await inRounds(
    [() => worker.readFromBucket(key, "ours"), () => worker.readFromBucket(key, "as it comes")],
    roundsOf(options),
  );
  return (
    `Reading the 12 MP photograph (${(file.length / 1e6).toFixed(1)} MB) from local R2 takes ` +
    `${median(ours).toFixed(1)} ms in the Worker, 64 KB at a time, and ${median(pieces).toFixed(1)} ms in pieces as they ` +
    `come (medians of ${ours.length}); that is not in the times above.`
  );
}

/** What pausing for timers adds to the work, which is all that is told elsewhere. */
export async function pauseTime(worker: BenchWorker, options: Options): Promise<string> {
  const added: string[] = [];
  for (const source of ["12 MP", "100 MP"] as const) {
    const job = rasterAt(source, WIDTH);
    const [without = [], within = []] = await inRounds(
      [timeOf(worker, job), timeOf(worker.pausing, job)],
      roundsOf(options),
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
  options: Options,
): Promise<{ readonly ratios: readonly Quartiles[]; readonly text: string }> {
  const runs = sources.map((source) => {
    const time = timeOf(worker, rasterAt(source, width(source)));
    return async () => (await time()) / megapixels(sourceOf(source));
  });
  await inRounds(runs, { most: 3, budgetMs: 0, least: 3 });
  const times = await inRounds(runs, roundsOf(options));
  const [first = []] = times;
  return {
    ratios: times.map((of) => pairwise(of, first)),
    text: `${times.map((of) => median(of).toFixed(2)).join(", ")} ms a megapixel`,
  };
}
