/** `npm run bundle`: bundles the Worker as `wrangler deploy` would, and fails where it is too large to be published. */
import { gzipSync } from "node:zlib";
import { bundleWorker } from "./local/bundle.ts";
import { fail } from "./local/console.ts";

/** The limit of the free plan, in bytes after gzip. */
const LIMIT = 3 * 1024 * 1024;

const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
const modules = bundleWorker().map(({ name, contents }) => ({ name, gzip: gzipSync(contents).length }));
const total = modules.reduce((sum, { gzip }) => sum + gzip, 0);
for (const { name, gzip } of modules) console.log(`${kib(gzip).padStart(12)}  ${name.replace(/^[0-9a-f]{40}-/, "")}`);
console.log(`${kib(total).padStart(12)}  the published Worker after gzip, of ${kib(LIMIT)}`);
if (total > LIMIT) fail("The Worker is too large to be published on the free plan.");
