/**
 * A process that runs one pipeline, whose name is its argument: takes jobs as messages, answers each with what it cost.
 * node-runner.ts starts it. It ends with the process that started it.
 */
import type { Job } from "./job.ts";
import { PIPELINES, type PipelineName } from "./pipelines.ts";
import { readSource } from "./sources.ts";

export interface Asked {
  readonly job: Job;
  readonly keep: boolean;
}

export type Answer =
  | { readonly ready: true }
  | { readonly ms: number; readonly bytes: number; readonly kernelBytes?: number; readonly kept?: Uint8Array }
  | { readonly error: string };

const answer = (message: Answer) => process.send?.(message);

/** The file of the last job: the next one is usually of the same source, and is to find it in memory. */
let last: { readonly source: string; readonly file: Buffer } | undefined;

try {
  const pipeline = await PIPELINES[process.argv[2] as PipelineName].load();
  process.on("message", async ({ job, keep }: Asked) => {
    try {
      if (last?.source !== job.source) last = { source: job.source, file: readSource(job.source) };
      const started = performance.now();
      const { bytes, kernelBytes } = await pipeline(last.file, job);
      const ms = performance.now() - started;
      answer({
        ms,
        bytes: bytes.length,
        ...(kernelBytes === undefined ? {} : { kernelBytes }),
        ...(keep ? { kept: bytes } : {}),
      });
    } catch (cause) {
      answer({ error: textOf(cause) });
    }
  });
  process.on("disconnect", () => process.exit());
  answer({ ready: true });
} catch (cause) {
  answer({ error: textOf(cause) });
}

function textOf(cause: unknown): string {
  // What C++ throws comes out as the address of it.
  return cause instanceof Error ? cause.message : `it threw ${String(cause)}`;
}
