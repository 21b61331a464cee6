import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BundledModule, bundle } from "../scripts/local/bundle.ts";
import { openLocalBuckets, startLocal } from "../scripts/local/worker.ts";
import { heapOfWorker, type IsolateHeap } from "./isolate-heap.ts";
import { withChild } from "./process-memory.ts";
import { fileName, readSource, type SourceName } from "./sources.ts";
import type { Writing } from "./writing.ts";

/** No picture here is refused for its size, nor for the time that a busy machine takes. */
const VARS: Vars = {
  ...{ MaxSourcePixels: "300000000", ImageTimeout: "120000" },
  ...{ SaveAccess: "public", ErrorDetail: "2" },
};

/** Where saves go, by the SavePath of wrangler.toml: nothing is saved in a folder that is not there. */
const SAVE_FOLDER = "renditions/";

/** R2 tells the number of parts in the etag. */
const IN_PARTS = /-\d+$/;

/** Settings beside those as shipped, and over them. */
export type Vars = Readonly<Record<string, string>>;

/** A process of workerd that runs the Worker as it is published. */
export interface RealWorker {
  readonly pid: number;
  /**
   * Asks for what some modifiers describe, a rendition or a save, and waits for the last byte of the answer.
   *
   * @throws Error where it is refused
   */
  render(source: SourceName, modifiers: string): Promise<void>;
  /** What was written by a save of this name. */
  saved(name: string): Promise<Writing>;
  /** Bytes that the isolate of the Worker holds, once its garbage is collected; of a Worker that is inspected. */
  heldBytes(): Promise<number>;
  stop(): Promise<void>;
}

/** The bundle of the Worker, and buckets on disk: a process that starts with them has not had the sources in memory. */
export class RealWorkers {
  readonly #folder = mkdtempSync(join(tmpdir(), "fixative-bench-"));
  readonly #modules: readonly BundledModule[] = bundle("wrangler.toml", join(this.#folder, "bundle"));

  async put(sources: readonly SourceName[]): Promise<void> {
    const buckets = await openLocalBuckets(this.#buckets);
    for (const source of sources) await buckets.sources.put(fileName(source), readSource(source));
    await buckets.saves.put(SAVE_FOLDER, "");
    await buckets.stop();
  }

  async start(vars: Vars = {}, { inspected = false } = {}): Promise<RealWorker> {
    const options = {
      modules: this.#modules,
      vars: { ...VARS, ...vars },
      persist: this.#buckets,
      quiet: true,
      inspected,
    };
    const [worker, pid] = await withChild("workerd", () => startLocal(options));
    let heap: IsolateHeap | undefined;
    return {
      pid,
      async stop() {
        heap?.close();
        await worker.stop();
      },
      async heldBytes() {
        if (worker.inspector === undefined) throw new Error("nobody may look into this process");
        heap ??= await heapOfWorker(worker.inspector);
        return heap.heldBytes();
      },
      async saved(name) {
        const object = await worker.saves.head(SAVE_FOLDER + name);
        if (object === null) throw new Error(`${name} was not saved`);
        return { bytes: object.size, way: IN_PARTS.test(object.etag) ? "in parts" : "at once" };
      },
      async render(source, modifiers) {
        const url = new URL(`/is/image/${fileName(source)}?${modifiers}`, worker.url);
        const reply = await fetch(url, { headers: { "Cache-Control": "no-cache" } });
        if (!reply.ok) throw new Error(`${reply.status} ${reasonIn(await reply.text())}`);
        // Nobody needs it, and it may be of any size.
        await reply.body?.pipeTo(new WritableStream());
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

/** What is said of a refusal: by properties where it is that of a save, in a line of its own. */
export function reasonIn(body: string): string {
  return (/^message=(.*)$/m.exec(body)?.[1] ?? body).slice(0, MOST_REASON);
}

const MOST_REASON = 200;
