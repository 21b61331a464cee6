import { statSync } from "node:fs";
import { startBenchWorker } from "./bench-worker.ts";
import { sizeAt } from "./job.ts";
import { makeSources } from "./make-sources.ts";
import { startInNode } from "./node-runner.ts";
import { type Bar, megabytes, type Options, type Part, progress, table, unchecked } from "./part.ts";
import { installPeers } from "./peers/load.ts";
import { PIPELINE_NAMES, type PipelineName } from "./pipelines.ts";
import { canMeasureMemory, forgetPeak, peakBytes, residentBytes } from "./process-memory.ts";
import { RealWorkers } from "./real-worker.ts";
import { isSlow, textOf, WORKERD } from "./runners.ts";
import { comparedSources, pathOf, readSource, type SourceName, sourceOf } from "./sources.ts";
import { median } from "./statistics.ts";

const WIDTH = 800;
const RENDITION = `wid=${WIDTH}`;
/** A tile, and the source that it is of. */
const TILE = 256;
const TILED: SourceName = "100 MP";
/** The sources whose renditions have bars. */
const BARRED: readonly SourceName[] = ["12 MP", "100 MP", "50 MP progressive", "280 MP gray"];
/** Fresh processes, of which the median counts; one of what is slow. */
const PROCESSES = 3;
const MOST_BESIDE_SOURCE = 24e6;
const MOST_KERNELS = 2e6;

/** Renditions one after another, and the one after which memory should have stopped growing. */
const MANY = 300;
const QUICK_MANY = 60;
const SETTLED = 20;

/** What renditions cost in memory: in the real Worker, and in a process with nothing but the pipeline. */
export const memory: Part = {
  title: "Memory",
  async run(options) {
    if (!canMeasureMemory()) {
      return { markdown: "", bars: [unchecked("memory", "this system does not tell what processes hold")] };
    }
    const notes = [installPeers(), ...(await makeSources())].filter((note) => note !== undefined);
    const sources = options.quick ? BARRED : comparedSources();
    const workers = new RealWorkers();
    try {
      await workers.put(["tiny", ...sources]);
      const inWorkerd = await growthOfEach(sources, options, notes, WORKERD, (source) => inRealWorker(workers, source));
      const tile = await barOfTile(workers, options, notes);
      const bars = [...growthBars(inWorkerd), tile, await barOfMany(workers, options)];
      notes.push(await growthOfReading(options));
      const rows = [rowOf(WORKERD, sources, inWorkerd)];
      const kernels = new Map<SourceName, number>();
      for (const name of PIPELINE_NAMES.filter((one) => one !== "sharp, mozjpeg")) {
        const some = options.quick && isSlow(name) ? [] : sources;
        const growth = await growthOfEach(some, options, notes, name, (source) => inNode(name, source, kernels));
        rows.push(rowOf(name, sources, growth));
      }
      bars.push(...kernelBars(kernels));
      rows.push(rowOf("memory of our kernels", sources, kernels));
      const head = [`→ ${WIDTH} px JPEG`, ...sources];
      return { markdown: [METHOD, table(head, rows), notes.map((note) => `- ${note}`).join("\n")].join("\n\n"), bars };
    } finally {
      workers.remove();
    }
  },
};

const METHOD = `How much the peak resident size of a process exceeds what was resident after a tiny rendition: the median of
${PROCESSES} fresh processes, but one process where a rendition takes long. workerd runs the Worker as it is published, over
HTTP, and the simulated R2 as well; the others are Node processes with nothing but the pipeline and the source file.`;

/** Renders a tiny picture, then this one: by how many bytes the peak grew. */
async function growthBy(pid: number, render: (source: SourceName) => Promise<unknown>, source: SourceName) {
  await render("tiny");
  forgetPeak(pid);
  const before = residentBytes(pid);
  await render(source);
  return peakBytes(pid) - before;
}

async function inRealWorker(
  workers: RealWorkers,
  source: SourceName,
  modifiersOf: (source: SourceName) => string = () => RENDITION,
): Promise<number> {
  const worker = await workers.start();
  try {
    return await growthBy(worker.pid, (one) => worker.render(one, modifiersOf(one)), source);
  } finally {
    await worker.stop();
  }
}

async function inNode(name: PipelineName, source: SourceName, kernels: Map<SourceName, number>): Promise<number> {
  const runner = await startInNode(name);
  const render = async (one: SourceName) => {
    const { kernelBytes } = await runner.run({ source: one, size: sizeAt(sourceOf(one).size, WIDTH), output: "jpeg" });
    if (kernelBytes !== undefined) kernels.set(source, kernelBytes);
  };
  try {
    return await growthBy(runner.pid, render, source);
  } finally {
    await runner.stop();
  }
}

/** The median growth for each source; a source that cannot be rendered is left out, and noted. */
async function growthOfEach(
  sources: readonly SourceName[],
  { quick }: Options,
  notes: string[],
  name: PipelineName | typeof WORKERD,
  measure: (source: SourceName) => Promise<number>,
): Promise<ReadonlyMap<SourceName, number>> {
  const growth = new Map<SourceName, number>();
  for (const source of sources) {
    progress(`memory: ${name}, ${source}`);
    try {
      const samples: number[] = [];
      const processes = quick || isSlow(name) ? 1 : PROCESSES;
      while (samples.length < processes) samples.push(await measure(source));
      growth.set(source, median(samples));
    } catch (cause) {
      notes.push(`${name} did not make ${source} → ${WIDTH} px: ${textOf(cause)}.`);
    }
  }
  return growth;
}

function growthBars(growth: ReadonlyMap<SourceName, number>): readonly Bar[] {
  return BARRED.map((source): Bar => {
    const name = `growth of workerd's peak, ${source} → ${WIDTH} px`;
    const got = growth.get(source);
    if (got === undefined) return unchecked(name, "it was not rendered");
    const most = statSync(pathOf(source)).size + MOST_BESIDE_SOURCE;
    return { name, wants: `≤ ${megabytes(most)} (source + 24 MB)`, got: megabytes(got), holds: got <= most };
  });
}

function kernelBars(kernels: ReadonlyMap<SourceName, number>): readonly Bar[] {
  return BARRED.map((source): Bar => {
    const name = `WebAssembly memory of our kernels, ${source} → ${WIDTH} px`;
    const bytes = kernels.get(source);
    if (bytes === undefined) return unchecked(name, "it was not rendered");
    return { name, wants: "≤ 2 MB", got: megabytes(bytes), holds: bytes <= MOST_KERNELS };
  });
}

/** A tile at full size of a large picture, from its far corner: nothing but the tile is to be there. */
async function barOfTile(workers: RealWorkers, options: Options, notes: string[]): Promise<Bar> {
  const { width, height } = sourceOf(TILED).size;
  const name = `growth of workerd's peak, a tile of ${TILE} × ${TILE} at scl=1 of ${TILED}`;
  const tile = `scl=1&rect=${width - TILE},${height - TILE},${TILE},${TILE}`;
  const modifiersOf = (source: SourceName) => (source === TILED ? tile : RENDITION);
  const growth = await growthOfEach([TILED], options, notes, WORKERD, (source) =>
    inRealWorker(workers, source, modifiersOf),
  );
  const got = growth.get(TILED);
  if (got === undefined) return unchecked(name, "it was not rendered");
  const most = statSync(pathOf(TILED)).size + MOST_BESIDE_SOURCE;
  return { name, wants: `≤ ${megabytes(most)} (source + 24 MB)`, got: megabytes(got), holds: got <= most };
}

/** The 12 MP photograph again and again: memory must settle. */
async function barOfMany(workers: RealWorkers, { quick }: Options): Promise<Bar> {
  const many = quick ? QUICK_MANY : MANY;
  const name = `what is resident after ${many} renditions of 12 MP, and after ${SETTLED}`;
  progress(`memory: ${many} renditions of 12 MP`);
  const worker = await workers.start();
  try {
    const { settled, last } = await residentAfter(many, worker.pid, () => worker.render("12 MP", RENDITION));
    return {
      name,
      wants: "≤ 24 MB more",
      got: `${megabytes(last)}, and ${megabytes(settled)}`,
      holds: last <= settled + MOST_BESIDE_SOURCE,
    };
  } catch (cause) {
    return unchecked(name, textOf(cause));
  } finally {
    await worker.stop();
  }
}

/** As many reads of the photograph, with nothing made of it: what of the growth is the simulated R2's. */
async function growthOfReading({ quick }: Options): Promise<string> {
  const many = quick ? QUICK_MANY : MANY;
  progress(`memory: ${many} reads of 12 MP`);
  const worker = await startBenchWorker();
  try {
    await worker.sources.put("photograph.jpg", readSource("12 MP"));
    const { settled, last } = await residentAfter(many, worker.pid, () =>
      worker.readFromBucket("photograph.jpg", "ours"),
    );
    return (
      `For comparison, a Worker that reads the 12 MP photograph from the simulated R2 and does nothing else has ` +
      `${megabytes(settled)} resident after ${SETTLED} reads and ${megabytes(last)} after ${many}.`
    );
  } finally {
    await worker.stop();
  }
}

async function residentAfter(many: number, pid: number, work: () => Promise<unknown>) {
  let settled = 0;
  for (let time = 1; time <= many; time++) {
    await work();
    if (time === SETTLED) settled = residentBytes(pid);
  }
  return { settled, last: residentBytes(pid) };
}

function rowOf(name: string, sources: readonly SourceName[], bytes: ReadonlyMap<SourceName, number>) {
  return [name, ...sources.map((source) => (bytes.has(source) ? megabytes(bytes.get(source) ?? 0) : "–"))];
}
