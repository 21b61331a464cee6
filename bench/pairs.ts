import { type Job, type Runner, sizeAt } from "./job.ts";
import type { Options } from "./part.ts";
import { type SourceName, sourceOf } from "./sources.ts";
import type { Quartiles, Rounds } from "./statistics.ts";

/** A bar is checked on at least so many pairs, and fails when their lower quartile is beyond it. */
const PAIRS: Rounds = { most: 61, budgetMs: 8000, least: 31 };
const QUICK_PAIRS: Rounds = { most: 7, budgetMs: 0, least: 7 };
/** Pairs before those that count: code is compiled better while it runs. */
export const BAR_WARM_UP: Rounds = { most: 20, budgetMs: 2000, least: 5 };

export function roundsOf({ quick }: Options): Rounds {
  return quick ? QUICK_PAIRS : PAIRS;
}

export function rasterAt(source: SourceName, width: number): Job {
  return { source, size: sizeAt(sourceOf(source).size, width), output: "raster" };
}

/** Gives the milliseconds of one run. */
export function timeOf(runner: Runner, job: Job): () => Promise<number> {
  return async () => (await runner.run(job)).ms;
}

export function ratioText({ lower, median, upper, count }: Quartiles): string {
  return `${median.toFixed(2)} (quartiles ${lower.toFixed(2)} and ${upper.toFixed(2)}, ${count} pairs)`;
}
