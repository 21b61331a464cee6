// `npm install` runs this, whatever else it installs: where the tools for building are left out, there is nothing to build.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const node = join(root, "node_modules/node/bin/node");
if (existsSync(join(root, "node_modules/esbuild")) && existsSync(node)) {
  const { status } = spawnSync(node, ["scripts/build-cli.ts"], { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
} else {
  console.log("fixative: the command-line tool is not built, since development packages are left out");
}
