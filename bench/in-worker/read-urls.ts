import { withoutCatalogs } from "../../src/protocol/catalog-view.ts";
import { defineMacros } from "../../src/protocol/macros.ts";
import { readObject } from "../../src/protocol/path.ts";
import { readRequest } from "../../src/protocol/read.ts";

/** Real URLs call presets that only their shops know. */
const context = { catalogs: withoutCatalogs(defineMacros([]).macros), unknownMacro: "ignore" } as const;

/** Readings a sample: the clock of the runtime steps by whole milliseconds, which makes 2 µs a reading. */
const READINGS = 500;

/** The microseconds that reading each of these takes, the median of `rounds` samples. */
export function readUrls(urls: readonly URL[], rounds: number): readonly number[] {
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
  return samples.map((list) => list.sort((a, b) => a - b)[list.length >> 1] ?? 0);
}
