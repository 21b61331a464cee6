import { post, startBenchWorker } from "./bench-worker.ts";
import { growthBy } from "./memory-growth.ts";
import { progress } from "./part.ts";
import { canMeasureMemory, workedMs } from "./process-memory.ts";

/** What a file of image data costs in a process of workerd that has loaded a small one before. */
export interface InWorkerd {
  /** Milliseconds of CPU, with those of receiving the file; where the system does not tell them, the time that loading takes. */
  readonly ms: number;
  /** Bytes by which the peak of the process grew; NaN where the system does not tell. */
  readonly peak: number;
  /** The same where the file is received and held, and nothing is made of it. */
  readonly receiving: number;
}

/** Loads a file in as many fresh processes, each with another beside it that only receives the file. */
export async function loadedInWorkerd(
  small: Uint8Array,
  file: Uint8Array,
  times: number,
): Promise<readonly InWorkerd[]> {
  progress("first loadings in workerd");
  const measured: InWorkerd[] = [];
  while (measured.length < times) {
    const receiving = await inFreshWorkerd("source", small, file);
    const { reply, peak, worked } = await inFreshWorkerd("image-data", small, file);
    const { ms } = JSON.parse(reply) as { readonly ms: number };
    measured.push({ ms: worked ?? ms, peak, receiving: receiving.peak });
  }
  return measured;
}

interface Ran {
  readonly reply: string;
  readonly peak: number;
  /** Milliseconds of CPU. */
  readonly worked: number | undefined;
}

async function inFreshWorkerd(path: string, small: Uint8Array, file: Uint8Array): Promise<Ran> {
  const worker = await startBenchWorker();
  const send = async (bytes: Uint8Array) => (await post(worker.url, path, { name: "image data" }, bytes)).text();
  try {
    if (!canMeasureMemory()) {
      await send(small);
      return { reply: await send(file), peak: Number.NaN, worked: undefined };
    }
    let [reply, worked] = ["", 0];
    const peak = await growthBy(
      worker.pid,
      () => send(small),
      async () => {
        const before = workedMs(worker.pid);
        reply = await send(file);
        worked = workedMs(worker.pid) - before;
      },
    );
    return { reply, peak, worked };
  } finally {
    await worker.stop();
  }
}
