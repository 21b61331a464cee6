import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { putSources } from "../../support/faults/faulty-sources.ts";
import { drawn, scenarioOf } from "../../support/faults/random-scenarios.ts";
import { KEY, prepare, stored } from "../../support/faults/saved.ts";
import { save } from "../../support/faults/visits.ts";

let oldEtag = "";

beforeAll(async () => {
  await putSources();
  await prepare("an old object");
  oldEtag = (await stored(KEY))?.etag ?? "";
});

/** CommitGrace, and a look at the key. */
const BEHIND_MS = 10_000 + 2000;
const RUNS = 30;

// Source: save-contract "Two outcomes".
describe("whatever goes wrong, the answer is true, comes in its time, and leaves the next save alone", () => {
  test.each([1, 2, 3, 4])(
    "seed %i",
    async (seed) => {
      const property = fc.asyncProperty(drawn, async (circumstances) => {
        const { tookMs } = await save(scenarioOf(circumstances, oldEtag), circumstances.prior);
        // Time that passes while work yields passes as if it worked: nobody can end it.
        const { timeoutMs, event } = circumstances;
        expect(tookMs).toBeLessThanOrEqual(timeoutMs + BEHIND_MS + (event?.ms ?? 0));
      });
      await fc.assert(property, { seed, numRuns: RUNS });
    },
    60_000,
  );
});
