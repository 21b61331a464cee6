import { sizeAt } from "./job.ts";
import { startInNode } from "./node-runner.ts";
import { type Options, progress } from "./part.ts";
import type { PipelineName } from "./pipelines.ts";
import { forgetPeak, peakBytes, residentBytes } from "./process-memory.ts";
import type { RealWorkers } from "./real-worker.ts";
import { isSlow, textOf, type WORKERD } from "./runners.ts";
import { type SourceName, sourceOf } from "./sources.ts";
import { median } from "./statistics.ts";

export const WIDTH = 800;
export const RENDITION = `wid=${WIDTH}`;
/** Fresh processes, of which the median counts; one of what is slow. */
export const PROCESSES = 3;

/** Bytes by which the peak of a process grew. */
export type Growth = ReadonlyMap<SourceName, number>;

/** Does something small, then this: by how many bytes the peak grew. */
export async function growthBy(pid: number, small: () => Promise<unknown>, work: () => Promise<unknown>) {
  await small();
  forgetPeak(pid);
  const before = residentBytes(pid);
  await work();
  return peakBytes(pid) - before;
}

export async function inRealWorker(
  workers: RealWorkers,
  source: SourceName,
  modifiers: string = RENDITION,
): Promise<number> {
  const worker = await workers.start();
  try {
    const small = () => worker.render(tinyOf(source), RENDITION);
    return await growthBy(worker.pid, small, () => worker.render(source, modifiers));
  } finally {
    await worker.stop();
  }
}

export async function inNode(
  name: PipelineName,
  source: SourceName,
  kernels: Map<SourceName, number>,
): Promise<number> {
  const runner = await startInNode(name);
  const render = (one: SourceName) =>
    runner.run({ source: one, size: sizeAt(sourceOf(one).size, WIDTH), output: "jpeg" });
  try {
    return await growthBy(
      runner.pid,
      () => render(tinyOf(source)),
      async () => {
        const { kernelBytes } = await render(source);
        if (kernelBytes !== undefined) kernels.set(source, kernelBytes);
      },
    );
  } finally {
    await runner.stop();
  }
}

function tinyOf(source: SourceName): SourceName {
  return sourceOf(source).format === "png" ? "tiny PNG" : "tiny";
}

/** The median growth for each source; a source that cannot be rendered is left out, and noted. */
export async function growthOfEach(
  sources: readonly SourceName[],
  { quick }: Options,
  notes: string[],
  name: PipelineName | typeof WORKERD,
  measure: (source: SourceName) => Promise<number>,
): Promise<Growth> {
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
