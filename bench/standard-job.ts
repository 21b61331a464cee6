import { codecsOf } from "../src/codec/codecs.ts";
import { MODULES } from "../test/support/wasm-modules.ts";
import { barsAgainstSharp, type SharpBar } from "./against-sharp.ts";
import { startBenchWorker } from "./bench-worker.ts";
import { type Job, sizeAt } from "./job.ts";
import { makeSources } from "./make-sources.ts";
import { startInNode } from "./node-runner.ts";
import { planOf, SETTINGS } from "./ours.ts";
import { BAR_WARM_UP, ratioText, roundsOf, timeOf } from "./pairs.ts";
import { type Bar, listText, type Options, type Part, progress, unchecked } from "./part.ts";
import { installPeers } from "./peers/load.ts";
import type { PipelineName } from "./pipelines.ts";
import { type RealWorker, RealWorkers } from "./real-worker.ts";
import { textOf } from "./runners.ts";
import { readSource, type SourceName, sourceOf } from "./sources.ts";
import { inRounds, median, pairwise } from "./statistics.ts";

const SOURCE: SourceName = "12 MP";
const WIDTH = 800;
const JOB: Job = { source: SOURCE, size: sizeAt(sourceOf(SOURCE).size, WIDTH), output: "jpeg" };

/** From memory, without a bucket. */
const SHARP_BARS: readonly SharpBar[] = [{ source: SOURCE, output: "jpeg", share: 0.8 }];

/** A bar on what a client waits for. */
interface HttpBar {
  readonly name: string;
  /** @param time others each time, so that nothing is answered from what was made before */
  readonly modifiers: (time: number) => string;
  readonly against: PipelineName;
  /** Of sharp's time. */
  readonly share: number;
  /** By which the plan is to have it encoded: the bar would say nothing of any other. */
  readonly encoder: string;
  readonly saved?: true;
}

const HTTP_BARS: readonly HttpBar[] = [
  {
    name: "req=img over HTTP, from local R2",
    // No command is called so: it is passed over.
    modifiers: (time) => `wid=${WIDTH}&fmt=jpeg&benchTime=${time}`,
    against: "sharp",
    share: 1.2,
    encoder: "jpeg",
  },
  {
    name: "req=saveToFile over HTTP, from local R2, stored there",
    modifiers: (time) => `wid=${WIDTH}&fmt=jpeg&req=saveToFile&name=bench-${time}.jpg`,
    against: "sharp, mozjpeg",
    share: 1.3,
    encoder: "mozjpeg",
    saved: true,
  },
];

/** The most usual job, whole: a photograph from a telephone as a JPEG for a page. */
export const standardJob: Part = {
  title: "The standard job",
  async run(options) {
    const notes = [installPeers(), ...(await makeSources())].filter((note) => note !== undefined);
    const worker = await startBenchWorker();
    const bars = [...(await barsAgainstSharp(SHARP_BARS, worker, options).finally(() => worker.stop()))];
    const workers = new RealWorkers();
    try {
      await workers.put([SOURCE]);
      const real = await workers.start();
      try {
        for (const bar of HTTP_BARS) bars.push(await checkedBar(bar, real, options));
      } finally {
        await real.stop();
      }
    } finally {
      workers.remove();
    }
    return { markdown: [METHOD, listText(notes)].filter(Boolean).join("\n\n"), bars };
  },
};

async function checkedBar(bar: HttpBar, worker: RealWorker, options: Options): Promise<Bar> {
  const name = `${SOURCE} → ${WIDTH} px JPEG by ${bar.name}, warm`;
  progress(name);
  const encoder = encoderOf(bar);
  if (encoder !== bar.encoder) return unchecked(name, `it is encoded by ${encoder}, not by ${bar.encoder}`);
  const sharp = await startInNode(bar.against).catch(textOf);
  if (typeof sharp === "string") return unchecked(name, sharp);
  let time = 0;
  const overHttp = async () => {
    time++;
    const started = performance.now();
    await worker.render(SOURCE, bar.modifiers(time));
    return performance.now() - started;
  };
  try {
    const runs = [overHttp, timeOf(sharp, JOB)];
    await inRounds(runs, BAR_WARM_UP);
    const [ours = [], theirs = []] = await inRounds(runs, roundsOf(options));
    const ratio = pairwise(ours, theirs);
    return {
      name,
      wants: `≤ ${bar.share} × ${bar.against}`,
      got: `${ratioText(ratio)} (${median(ours).toFixed(1)} ms against ${median(theirs).toFixed(1)} ms)`,
      holds: ratio.lower <= bar.share,
    };
  } catch (cause) {
    return unchecked(name, textOf(cause));
  } finally {
    await sharp.stop();
  }
}

/** As shipped. */
function encoderOf({ saved }: HttpBar): string {
  const task = saved === undefined ? JOB : { ...JOB, saved };
  return planOf(readSource(SOURCE), task, SETTINGS, { codecs: codecsOf(MODULES) }).output.encoder;
}

const METHOD = `The 12 MP photograph → 800 px JPEG of quality 80, in turns with sharp, which has the file in memory and one thread: in workerd
from memory, without URL and bucket; and by the Worker as it is published, over HTTP, until the last byte of the answer has come: its
source lies in the simulated R2, and so does what is saved. \`Cache-Control: no-cache\` is asked for, and no URL comes
twice. A save is encoded by MozJPEG as shipped, and compared with sharp's \`mozjpeg: true\`.`;
