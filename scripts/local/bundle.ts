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

/** Bundles the Worker exactly as `wrangler deploy` would publish it, without publishing it; `worker.js` comes first. */
export function bundleWorker(): readonly BundledModule[] {
  execFileSync(
    process.execPath,
    [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--outdir", OUTPUT],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, WRANGLER_SEND_METRICS: "false" } },
  );
  return readBundle();
}

/** The bundle that lies in dist/ since it was last made. */
export function readBundle(): readonly BundledModule[] {
  const modules = readdirSync(OUTPUT)
    .filter((name) => name.endsWith(".js") || name.endsWith(".wasm"))
    .map((name) => ({ name, contents: readFileSync(join(OUTPUT, name)) }));
  return modules.sort((a, b) => Number(b.name === "worker.js") - Number(a.name === "worker.js"));
}
