/**
 * What reading a URL costs in the Workers runtime: `npm run bench`. The URLs are those of ../shared/urls where they are,
 * else the examples of the command table. A URL whose reading takes more than the bar is named; the bar is on the median URL.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { bundle, ROOT } from "../scripts/local/bundle.ts";
import { fail } from "../scripts/local/console.ts";
import { COMMANDS } from "../src/protocol/commands/table.ts";

const BAR_US = 50;
const ROUNDS = 31;
const SAMPLE = join(ROOT, "../shared/urls/public-sample.txt");

const examples = Object.values(COMMANDS).map(({ example }) => `https://pictures.example/is/image/shop/shoe?${example}`);
const urls = existsSync(SAMPLE) ? readFileSync(SAMPLE, "utf8").split("\n").filter(Boolean) : examples;

const output = mkdtempSync(join(tmpdir(), "fixative-bench-"));
const [worker] = bundle("bench/wrangler.toml", output);
if (worker === undefined) fail("the bench could not be bundled");
const miniflare = new Miniflare({
  cf: false,
  workers: [
    {
      config: {
        name: "bench",
        compatibilityDate: "2026-10-20",
        manifest: {
          mainModule: worker.name,
          modules: { [worker.name]: { type: "esm", contents: worker.contents.toString() } },
        },
      },
    },
  ],
});
try {
  const url = new URL(`/?rounds=${ROUNDS}`, await miniflare.ready);
  const reply = await fetch(url, { method: "POST", body: urls.join("\n") });
  const micros = (await reply.json()) as number[];
  const sorted = [...micros].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const slowest = urls[micros.indexOf(at(1))] ?? "";
  console.log(
    `reading a URL, microseconds in workerd: ${urls.length} URLs, each the median of ${ROUNDS} samples of 500`,
  );
  console.log(
    `  lower quartile ${at(0.25).toFixed(1)}, median ${at(0.5).toFixed(1)}, upper quartile ${at(0.75).toFixed(1)}, ` +
      `most ${at(1).toFixed(1)} (${slowest.slice(0, 100)})`,
  );
  if (at(0.5) > BAR_US) fail(`The median URL takes more than ${BAR_US} microseconds.`);
} finally {
  await miniflare.dispose();
  rmSync(output, { recursive: true });
}
