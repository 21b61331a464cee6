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
  execFileSync(
    process.execPath,
    [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--outdir", OUTPUT],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, WRANGLER_SEND_METRICS: "false" } },
  );
  return readBundle();
}

/** The bundle that lies in dist/ since it was last made; `worker.js` comes first. */
export function readBundle(): readonly BundledModule[] {
  const read = (name: string) => ({ name, contents: readFileSync(join(OUTPUT, name)) });
  const worker = read("worker.js");
  // Modules of earlier bundles lie there as well: only those count that this one imports.
  const imported = readdirSync(OUTPUT).filter((name) => name.endsWith(".wasm") && worker.contents.includes(name));
  return [worker, ...imported.map(read)];
}
