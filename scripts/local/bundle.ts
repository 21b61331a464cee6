import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");
const OUTPUT = join(ROOT, "dist");

/** A module of the published Worker. */
export interface BundledModule {
  readonly name: string;
  readonly contents: Buffer;
}

/** Bundles the Worker exactly as `wrangler deploy` would publish it, without publishing it. */
export function bundleWorker(): readonly BundledModule[] {
  return bundle("wrangler.toml", OUTPUT);
}

/** Bundles what a configuration names into a folder; both paths may be relative to the project. */
export function bundle(config: string, output: string): readonly BundledModule[] {
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const options = ["deploy", "--dry-run", "--config", config, "--outdir", output];
  execFileSync(process.execPath, [wrangler, ...options], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
  return readBundle(output);
}

/** The bundle that lies in a folder since it was last made; `worker.js` comes first. */
export function readBundle(output = OUTPUT): readonly BundledModule[] {
  const read = (name: string) => ({ name, contents: readFileSync(join(output, name)) });
  const worker = read("worker.js");
  // Modules of earlier bundles lie there as well: only those count that this one imports.
  const imported = readdirSync(output).filter((name) => name.endsWith(".wasm") && worker.contents.includes(name));
  return [worker, ...imported.map(read)];
}
