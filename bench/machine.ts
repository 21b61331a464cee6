import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, totalmem } from "node:os";

/** `2 cores of …, 24 GiB, Node …, workerd …`: nothing in it says whose machine it is. */
export function machine(): string {
  const require = createRequire(import.meta.url);
  const { version } = JSON.parse(readFileSync(require.resolve("workerd/package.json"), "utf8")) as { version: string };
  const memory = Math.round(totalmem() / 2 ** 30);
  const processor = cpus()[0]?.model.trim() ?? "an unknown processor";
  return `${availableParallelism()} cores of ${processor}, ${memory} GiB, Node ${process.versions.node}, workerd ${version}`;
}
