import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../scripts/local/bundle.ts";
import { COMMANDS } from "../src/protocol/commands/table.ts";
import { post, startBenchWorker } from "./bench-worker.ts";
import type { Part } from "./part.ts";
import { quartiles } from "./statistics.ts";

const BAR_US = 50;
const ROUNDS = 31;
const QUICK_ROUNDS = 5;
const SAMPLE = join(ROOT, "../shared/urls/public-sample.txt");

/**
 * What reading a URL costs in the Workers runtime. The URLs are those of ../shared/urls where they are, else the
 * examples of the command table. The bar is on the median URL; the dearest is named.
 */
export const read: Part = {
  title: "Reading a URL",
  async run({ quick }) {
    const examples = Object.values(COMMANDS).map(
      ({ example }) => `https://pictures.example/is/image/shop/shoe?${example}`,
    );
    const urls = existsSync(SAMPLE) ? readFileSync(SAMPLE, "utf8").split("\n").filter(Boolean) : examples;
    const rounds = quick ? QUICK_ROUNDS : ROUNDS;
    const worker = await startBenchWorker();
    try {
      const reply = await post(worker.url, "read-urls", { rounds: String(rounds) }, urls.join("\n"));
      const micros = (await reply.json()) as number[];
      const { lower, median, upper } = quartiles(micros);
      const most = Math.max(...micros);
      const dearest = urls[micros.indexOf(most)] ?? "";
      return {
        markdown:
          `Microseconds in workerd over ${urls.length} URLs, each the median of ${rounds} samples of 500 readings: ` +
          `lower quartile ${lower.toFixed(1)}, median ${median.toFixed(1)}, upper quartile ${upper.toFixed(1)}, ` +
          `most ${most.toFixed(1)} (a URL of ${dearest.length} characters).`,
        bars: [
          {
            name: "reading the median URL",
            wants: `≤ ${BAR_US} µs`,
            got: `${median.toFixed(1)} µs`,
            holds: median <= BAR_US,
          },
        ],
      };
    } finally {
      await worker.stop();
    }
  },
};
