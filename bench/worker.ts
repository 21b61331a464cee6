import { defineMacros } from "../src/protocol/macros.ts";
import { readObject } from "../src/protocol/path.ts";
import { readRequest } from "../src/protocol/read.ts";

/** Real URLs call presets that only their shops know. */
const context = { macros: defineMacros([]).macros, unknownMacro: "ignore" } as const;

/** Readings a sample: the clock of the runtime steps by whole milliseconds, which makes 2 µs a reading. */
const READINGS = 500;

/**
 * Takes URLs, one a line, and answers with the microseconds that reading each of them takes: the median of `rounds`
 * samples, as JSON, in the order of the lines.
 */
export default {
  async fetch(request: Request): Promise<Response> {
    const rounds = Number(new URL(request.url).searchParams.get("rounds"));
    const urls = (await request.text()).split("\n").map((line) => new URL(line));
    const samples: number[][] = urls.map(() => []);
    // Round by round over all of them, so that none is measured only while the machine is warm, or busy.
    for (let round = 0; round < rounds; round++) {
      for (const [at, { pathname, search }] of urls.entries()) {
        const started = performance.now();
        for (let reading = 0; reading < READINGS; reading++) {
          readRequest(readObject(pathname) ?? "", search.slice(1), context);
        }
        samples[at]?.push(((performance.now() - started) * 1000) / READINGS);
      }
    }
    return Response.json(samples.map((list) => list.sort((a, b) => a - b)[list.length >> 1] ?? 0));
  },
} satisfies ExportedHandler;
