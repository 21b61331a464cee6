/**
 * Compiles the kernels: wasm/index.ts → wasm/build/kernels.wasm.
 *
 * Skipped while the output is newer than every source, so that `npm run check`, `test` and `dev` may all call it.
 */
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";

const root = join(import.meta.dirname, "..");
const output = "wasm/build/kernels.wasm";

const changed = (path: string): number => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const sources = readdirSync(join(root, "wasm"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.startsWith("build"))
  .map((path) => join("wasm", path));

if ([...sources, "scripts/build-wasm.ts", "package-lock.json"].some((path) => changed(path) > changed(output))) {
  mkdirSync(join(root, "wasm/build"), { recursive: true });
  // `--noAssert`: kernels take addresses that `pixels/` has checked. An abort without a host function is a trap.
  const flags = `-O3 --noAssert --runtime stub --enable simd --initialMemory 1 --use abort=`;
  const { error, stderr } = await asc.main(["wasm/index.ts", "-o", output, "--baseDir", root, ...flags.split(" ")], {});
  if (error) {
    console.error(stderr.toString());
    process.exit(1);
  }
}
