import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { type BundledModule, bundle } from "../scripts/local/bundle.ts";
import type { Job, Ran, Runner } from "./job.ts";
import { withChild } from "./process-memory.ts";
import { readSource } from "./sources.ts";
import type { Writing } from "./writing.ts";

export interface BenchWorker extends Runner {
  readonly url: URL;
  readonly pid: number;
  /** Its bucket. */
  readonly sources: Awaited<ReturnType<Miniflare["getR2Bucket"]>>;
  /** The same pipeline, pausing as it does for requests. */
  readonly pausing: Runner;
  /** Milliseconds that reading an object to its end takes in the Worker: as the Worker does, or in pieces as they come. */
  readFromBucket(key: string, way: "ours" | "as it comes"): Promise<number>;
  /** Writes so many bytes into its bucket, with nothing made for it. */
  writeToBucket(key: string, writing: Writing): Promise<void>;
}

/**
 * Bundles bench/worker.ts and starts it in workerd, on this machine alone.
 *
 * @param persist where its bucket is kept; in a folder of its own, which goes with it, where absent
 */
export async function startBenchWorker(persist?: string): Promise<BenchWorker> {
  const output = mkdtempSync(join(tmpdir(), "fixative-bench-"));
  const [worker, ...modules] = bundle("bench/wrangler.toml", output);
  rmSync(output, { recursive: true });
  if (worker === undefined) throw new Error("the bench's Worker could not be bundled");
  const [miniflare, pid] = await withChild("workerd", () => started(worker, modules, persist));
  const url = await miniflare.ready;
  const sent = new Set<string>();
  const run = async (job: Job, keep: boolean, pace: Readonly<Record<string, string>>): Promise<Ran> => {
    const { source } = job;
    if (!sent.has(source)) await post(url, "source", { name: source }, readSource(source));
    sent.add(source);
    const asked = { job: JSON.stringify(job), ...pace };
    const reply = await post(url, "render", keep ? { ...asked, keep: "" } : asked);
    const measured = JSON.parse(reply.headers.get("X-Measured") ?? "") as Omit<Ran, "kept">;
    const body = new Uint8Array(await reply.arrayBuffer());
    return { ...measured, kept: keep ? body : undefined };
  };
  const stop = () => miniflare.dispose();
  return {
    url,
    pid,
    sources: await miniflare.getR2Bucket("SOURCES"),
    run: (job, keep = false) => run(job, keep, {}),
    pausing: { run: (job, keep = false) => run(job, keep, { pace: "pausing" }), stop },
    stop,
    async readFromBucket(key, way) {
      const { ms } = (await (await post(url, "from-bucket", { key, way })).json()) as { readonly ms: number };
      return ms;
    },
    async writeToBucket(key, { bytes, way }) {
      await post(url, "to-bucket", { key, way, bytes: String(bytes) });
    },
  };
}

async function started(worker: BundledModule, modules: readonly BundledModule[], persist?: string): Promise<Miniflare> {
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    ...(persist === undefined ? {} : { resourcePersistencePath: persist }),
    workers: [
      {
        config: {
          name: "bench",
          compatibilityDate: "2026-10-20",
          manifest: {
            mainModule: worker.name,
            modules: Object.fromEntries([
              [worker.name, { type: "esm" as const, contents: worker.contents.toString() }],
              ...modules.map(({ name, contents }) => [
                name,
                { type: "wasm" as const, contents: new Uint8Array(contents) },
              ]),
            ]),
          },
          env: { SOURCES: { type: "r2" as const, name: "sources" } },
        },
      },
    ],
  });
  await miniflare.ready;
  return miniflare;
}

/** @throws Error where the Worker does not do it */
export async function post(
  url: URL,
  path: string,
  asked: Readonly<Record<string, string>>,
  body?: Uint8Array | string,
): Promise<Response> {
  const to = new URL(`/${path}?${new URLSearchParams(asked)}`, url);
  const reply = await fetch(to, { method: "POST", ...(body === undefined ? {} : { body: body as BodyInit }) });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${(await reply.text()).slice(0, 200)}`);
  return reply;
}
