import { MODULES } from "../test/support/wasm-modules.ts";
import { type BenchWorker, startBenchWorker } from "./bench-worker.ts";
import type { Job, Runner } from "./job.ts";
import { machine } from "./machine.ts";
import { makeSources } from "./make-sources.ts";
import { startInNode } from "./node-runner.ts";
import { BUDGET, weighing } from "./ours-held.ts";
import { listText, megabytes, type Options, type Part, progress } from "./part.ts";
import { installPeers } from "./peers/load.ts";
import { PRICE_JOBS } from "./price-jobs.ts";
import { type Price, priceTable, type Time } from "./price-table.ts";
import { MEASURE, textOf } from "./runners.ts";
import { readSource } from "./sources.ts";
import { inRounds, median, pairwise, type Rounds } from "./statistics.ts";

const WARM_UP: Rounds = { most: 20, budgetMs: 800, least: 1 };
const ROUNDS: Rounds = { most: 15, budgetMs: 4000, least: 5 };
const QUICK: Rounds = { most: 3, budgetMs: 500, least: 1 };

/** What common renditions cost: time, and room in an isolate. For the README; no bars. */
export const prices: Part = {
  title: "What renditions cost",
  async run(options) {
    const notes = [installPeers(), ...(await makeSources())].filter((note) => note !== undefined);
    const weigh = weighing(MODULES);
    const worker = await startBenchWorker();
    try {
      const list: Price[] = [];
      for (const { from, to, job } of PRICE_JOBS) {
        progress(`${from} → ${to}`);
        const held = weigh(readSource(job.source), job);
        const time = held.refused ? undefined : await timeOf(job, worker, options, notes);
        list.push({ from, to, held, time });
      }
      const lines = priceTable(list);
      return {
        markdown: [METHOD, lines, listText(notes)].filter(Boolean).join("\n\n"),
        bars: [],
        readme: { mark: "prices", markdown: [INTRODUCTION, lines].join("\n\n") },
      };
    } finally {
      await worker.stop();
    }
  },
};

/** In turns with sharp, in a process that has seen nothing else; undefined where it failed, which is noted. */
async function timeOf(job: Job, worker: BenchWorker, options: Options, notes: string[]): Promise<Time | undefined> {
  const sharp = await startInNode(MEASURE).catch((cause: unknown) => {
    notes.push(`sharp does not run here: ${textOf(cause)}.`);
  });
  const runners: readonly Runner[] = sharp === undefined ? [worker] : [worker, sharp];
  const runs = runners.map((runner) => async () => (await runner.run(job)).ms);
  try {
    await inRounds(runs, options.quick ? QUICK : WARM_UP);
    const [ours = [], theirs] = await inRounds(runs, options.quick ? QUICK : ROUNDS);
    return { ms: median(ours), ofSharp: theirs && pairwise(ours, theirs).median };
  } catch (cause) {
    notes.push(`${job.output} of ${job.source} was not made: ${textOf(cause)}.`);
    return undefined;
  } finally {
    await sharp?.stop();
  }
}

const METHOD = `Whole renditions as saves make them, from a file that lies in memory, without the pauses for timers: the median time in
workerd, the median of its ratios to sharp's time in the same round, and what the planner adds up, which the gate holds against
\`MemoryBudget\`. JPEG and WebP have quality 80. Ours takes the time that a save may take: it encodes by MozJPEG and
the png crate, in WebAssembly, what has at most \`MozjpegMaxPixels\`, larger pictures by encoders of its own, and WebP by libwebp; sharp encodes by native libraries, as it does where it is asked for nothing but the format and
the quality. What is above the budget is refused before anything is decoded.`;

/** What stands above the table in the README. */
const INTRODUCTION = `What common renditions cost, as saves make them, of a source that lies in memory: milliseconds of one core in local workerd,
warm (${machine()}); that time divided by
sharp's, which is native, on one thread; and the most bytes that a rendition holds, as the planner counts them. \`MemoryBudget\`, ${megabytes(BUDGET)}
as shipped, is for all renditions that an isolate makes at a time; what alone is above it is refused before anything is decoded.
Measured by \`npm run bench\`; [docs/bench.md](docs/bench.md) says how.`;
