import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BundledModule, bundle } from "../scripts/local/bundle.ts";
import { openLocalBuckets, startLocal } from "../scripts/local/worker.ts";
import { withChild } from "./process-memory.ts";
import { fileName, readSource, type SourceName } from "./sources.ts";

/** No picture here is refused for its size, nor for the time that a busy machine takes. */
const VARS = { MaxSourcePixels: "300000000", ImageTimeout: "120000", ErrorDetail: "2" } as const;

/** A process of workerd that runs the Worker as it is published. */
export interface RealWorker {
  readonly pid: number;
  /** Asks for the rendition that some modifiers describe, and waits for its last byte. */
  render(source: SourceName, modifiers: string): Promise<void>;
  stop(): Promise<void>;
}

/** The bundle of the Worker, and buckets on disk: a process that starts with them has not had the sources in memory. */
export class RealWorkers {
  readonly #folder = mkdtempSync(join(tmpdir(), "fixative-bench-"));
  readonly #modules: readonly BundledModule[] = bundle("wrangler.toml", join(this.#folder, "bundle"));

  async put(sources: readonly SourceName[]): Promise<void> {
    const buckets = await openLocalBuckets(this.#buckets);
    for (const source of sources) await buckets.sources.put(fileName(source), readSource(source));
    await buckets.stop();
  }

  async start(): Promise<RealWorker> {
    const options = { modules: this.#modules, vars: VARS, persist: this.#buckets };
    const [worker, pid] = await withChild("workerd", () => startLocal(options));
    return {
      pid,
      stop: () => worker.stop(),
      async render(source, modifiers) {
        const reply = await fetch(new URL(`/is/image/${fileName(source)}?${modifiers}`, worker.url));
        const body = await reply.arrayBuffer();
        if (!reply.ok) throw new Error(`${reply.status} ${new TextDecoder().decode(body).slice(0, 200)}`);
      },
    };
  }

  /** Removes what lies on disk. */
  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  get #buckets(): string {
    return join(this.#folder, "buckets");
  }
}
