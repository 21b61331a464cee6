import { ROOT } from "../scripts/local/bundle.ts";
import type { BenchWorker } from "./bench-worker.ts";
import type { Job, Ran, Runner } from "./job.ts";
import { startInNode } from "./node-runner.ts";
import { PIPELINE_NAMES, PIPELINES, type PipelineName } from "./pipelines.ts";
import { inRounds, type Rounds } from "./statistics.ts";

/** What everything is compared with. */
export const MEASURE: PipelineName = "sharp";
export const WORKERD = "ours in workerd";

export type RunnerName = PipelineName | typeof WORKERD;

/** In the order of the tables. */
const NAMES: readonly RunnerName[] = [MEASURE, WORKERD, ...PIPELINE_NAMES.filter((name) => name !== MEASURE)];

/** The pipelines that run here. One that fails leaves, with a sentence about why. */
export class Runners {
  readonly troubles: string[] = [];
  readonly #runners = new Map<RunnerName, Runner>();

  /** Starts a process for every pipeline; the Worker is the caller's, who stops it. */
  async start(worker: BenchWorker): Promise<void> {
    this.#runners.set(WORKERD, worker);
    for (const name of PIPELINE_NAMES) {
      try {
        this.#runners.set(name, await startInNode(name));
      } catch (cause) {
        this.troubles.push(`${name} does not run here: ${textOf(cause)}.`);
      }
    }
  }

  get names(): readonly RunnerName[] {
    return NAMES.filter((name) => this.#runners.has(name));
  }

  /** @throws Error where the pipeline has left */
  run(name: RunnerName, job: Job, keep = false): Promise<Ran> {
    const runner = this.#runners.get(name);
    if (runner === undefined) throw new Error(`${name} does not run here`);
    return runner.run(job, keep);
  }

  /** The first of some renditions; undefined where the pipeline cannot make one, after which it makes none at all. */
  async tryOut(name: RunnerName, job: Job, rounds: Rounds, keep: boolean): Promise<Ran | undefined> {
    try {
      const first = await this.run(name, job, keep);
      await inRounds([async () => (await this.run(name, job)).ms], rounds);
      return first;
    } catch (cause) {
      this.troubles.push(`${name} did not make ${job.source} → ${job.size.width} px: ${textOf(cause)}.`);
      await this.#leave(name);
      return undefined;
    }
  }

  async stop(): Promise<void> {
    for (const name of this.names) await this.#leave(name);
  }

  async #leave(name: RunnerName): Promise<void> {
    if (name !== WORKERD) await this.#runners.get(name)?.stop();
    this.#runners.delete(name);
  }
}

export function isSlow(name: RunnerName): boolean {
  return name !== WORKERD && PIPELINES[name].slow;
}

/** The first line of what went wrong, without where things lie on this machine. */
export function textOf(cause: unknown): string {
  const [line = ""] = (cause instanceof Error ? cause.message : String(cause)).trim().split("\n");
  return line.replaceAll(`${ROOT}/`, "");
}
