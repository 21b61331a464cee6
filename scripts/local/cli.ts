import { chmodSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { ROOT } from "./bundle.ts";

/** Where `bin` of package.json looks for it. */
export const CLI = join(ROOT, "dist/fixative.js");

/** Some of the libraries are CommonJS, and ask for Node's modules by `require`, which modules do not have. */
const BANNER = `#!/usr/bin/env node
import { createRequire as requireOfNode } from "node:module";
const require = requireOfNode(import.meta.url);`;

/** Bundles the command-line tool into one file, which runs where only Node 20 is. */
export function buildCli(output = CLI): void {
  buildSync({
    entryPoints: [join(ROOT, "cli/main.ts")],
    outfile: output,
    ...{ bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning" },
    banner: { js: BANNER },
  });
  chmodSync(output, 0o755);
}
