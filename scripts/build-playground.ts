/** Bundles the playground into playground/build/, which wrangler.toml names as assets; wrangler runs it before it publishes. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "./local/bundle.ts";

const SOURCE = join(ROOT, "playground");
const OUTPUT = join(SOURCE, "build");
/** Go as they are. */
const STATIC = ["index.html", "icon.svg"];

const { outputFiles } = await build({
  entryPoints: [join(SOURCE, "main.ts"), join(SOURCE, "main.css")],
  outdir: OUTPUT,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2024",
  logLevel: "warning",
  write: false,
});
mkdirSync(OUTPUT, { recursive: true });
for (const name of STATIC) put(name, readFileSync(join(SOURCE, name)));
for (const { path, contents } of outputFiles) put(basename(path), contents);

/** What has not changed is left alone: `wrangler dev` watches the folder, and would build for ever. */
function put(name: string, contents: Uint8Array): void {
  const path = join(OUTPUT, name);
  if (read(path)?.equals(contents) !== true) writeFileSync(path, contents);
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
