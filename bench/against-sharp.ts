import type { BenchWorker } from "./bench-worker.ts";
import { type Output, sizeAt } from "./job.ts";
import { startInNode } from "./node-runner.ts";
import { BAR_WARM_UP, ratioText, roundsOf, timeOf } from "./pairs.ts";
import { type Bar, type Options, progress, unchecked } from "./part.ts";
import { MEASURE, textOf } from "./runners.ts";
import { type SourceName, sourceOf } from "./sources.ts";
import { inRounds, median, pairwise } from "./statistics.ts";

const WIDTH = 800;

/** A bar on the time of a rendition of 800 pixels in workerd. */
export interface SharpBar {
  readonly source: SourceName;
  readonly output: Output;
  /** Of sharp's time. */
  readonly share: number;
}

/** Each on a process of sharp that has seen nothing else: a request for one rendition, then one call of sharp. */
export async function barsAgainstSharp(
  bars: readonly SharpBar[],
  worker: BenchWorker,
  options: Options,
): Promise<readonly Bar[]> {
  const checked: Bar[] = [];
  for (const bar of bars) {
    const { source, output } = bar;
    progress(`${source} → ${WIDTH} px, ${output}, in workerd against sharp`);
    const form = output === "raster" ? output : output.toUpperCase();
    const name = `${source} → ${WIDTH} px ${form} in workerd, warm, from memory`;
    checked.push(await checkedBar(name, bar, worker, options).catch((cause) => unchecked(name, textOf(cause))));
  }
  return checked;
}

async function checkedBar(
  name: string,
  { source, output, share }: SharpBar,
  worker: BenchWorker,
  options: Options,
): Promise<Bar> {
  const sharp = await startInNode(MEASURE);
  try {
    const job = { source, size: sizeAt(sourceOf(source).size, WIDTH), output };
    const runs = [timeOf(worker, job), timeOf(sharp, job)];
    await inRounds(runs, BAR_WARM_UP);
    const [ours = [], theirs = []] = await inRounds(runs, roundsOf(options));
    const ratio = pairwise(ours, theirs);
    return {
      name,
      wants: `≤ ${share} × sharp`,
      got: `${ratioText(ratio)} (${median(ours).toFixed(1)} ms against ${median(theirs).toFixed(1)} ms)`,
      holds: ratio.lower <= share,
    };
  } finally {
    await sharp.stop();
  }
}
