import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBenchWorker } from "./bench-worker.ts";
import { growthBy, RENDITION } from "./memory-growth.ts";
import { type Bar, megabytes, type Options, progress, unchecked } from "./part.ts";
import { residentBytes } from "./process-memory.ts";
import type { RealWorkers } from "./real-worker.ts";
import { textOf } from "./runners.ts";
import { readSource, type SourceName } from "./sources.ts";

/** Renditions one after another, and the one after which memory should have stopped growing. */
const MANY = 300;
const QUICK_MANY = 100;
const SETTLED = 20;
/** What is held after a rendition is told by the least of so many in a row: what one has just let go of differs. */
const LOOKS = 5;
/** 30 KB left behind by every rendition is more. */
const MOST_MORE = 8e6;

/** The 12 MP photograph again and again: what our isolate holds must settle. */
export async function barOfMany(workers: RealWorkers, { quick }: Options): Promise<Bar> {
  const many = quick ? QUICK_MANY : MANY;
  const name = `what our isolate holds after ${many} renditions of 12 MP, and after ${SETTLED}, garbage collected`;
  progress(`memory: ${many} renditions of 12 MP, looked into`);
  const worker = await workers.start({}, { inspected: true });
  const held = { settled: Number.POSITIVE_INFINITY, last: Number.POSITIVE_INFINITY };
  try {
    for (let time = 1; time <= many; time++) {
      await worker.render("12 MP", RENDITION);
      for (const [when, end] of [
        ["settled", SETTLED],
        ["last", many],
      ] as const) {
        if (time > end - LOOKS && time <= end) held[when] = Math.min(held[when], await worker.heldBytes());
      }
    }
    return {
      name,
      wants: `≤ ${MOST_MORE / 1e6} MB more`,
      got: `${megabytes(held.last)}, and ${megabytes(held.settled)}`,
      holds: held.last <= held.settled + MOST_MORE,
    };
  } catch (cause) {
    return unchecked(name, textOf(cause));
  } finally {
    await worker.stop();
  }
}

/** What is resident meanwhile, of all that runs in the process and before anybody collects garbage. */
export async function growthOfMany(workers: RealWorkers, { quick }: Options): Promise<string> {
  const many = quick ? QUICK_MANY : MANY;
  progress(`memory: ${many} renditions of 12 MP`);
  const worker = await workers.start();
  try {
    const { settled, last } = await residentAfter(many, worker.pid, () => worker.render("12 MP", RENDITION));
    return (
      `The process that renders the 12 MP photograph (${RENDITION}) again and again has ${megabytes(settled)} resident after ` +
      `${SETTLED} renditions and ${megabytes(last)} after ${many}.`
    );
  } finally {
    await worker.stop();
  }
}

/** As many reads of the photograph, with nothing made of it: what of the growth is the simulated R2's. */
export async function growthOfReading({ quick }: Options): Promise<string> {
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

/** One read of a file to its end, with nothing made of it: what of the growth over a rendition is nobody's work. */
export async function growthOfStreaming(source: SourceName): Promise<string> {
  progress(`memory: one read of ${source}`);
  const folder = mkdtempSync(join(tmpdir(), "fixative-bench-"));
  try {
    const file = readSource(source);
    const filling = await startBenchWorker(folder);
    await filling.sources.put("tiny", readSource("tiny"));
    await filling.sources.put("picture", file);
    await filling.stop();
    const worker = await startBenchWorker(folder);
    const read = (key: string) => () => worker.readFromBucket(key, "ours");
    const growth = await growthBy(worker.pid, read("tiny"), read("picture")).finally(() => worker.stop());
    return (
      `A Worker that reads ${source} (${megabytes(file.length)}) from the simulated R2 to its end, and does nothing else, ` +
      `grows by ${megabytes(growth)}: that much of the figures above is the reading's.`
    );
  } finally {
    rmSync(folder, { recursive: true });
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
