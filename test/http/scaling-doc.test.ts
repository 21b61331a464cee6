import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seed } from "../../scripts/local/seed.ts";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { asShown, blocksOf, examplesIn, hasCurl, printed } from "../support/documents.ts";
import { startBundled } from "../support/local.ts";

describe.skipIf(!hasCurl())("docs/scaling.md (where curl is installed)", () => {
  const SAVE_TOKEN = "a secret";
  let worker: LocalWorker;
  beforeAll(async () => {
    worker = await startBundled({ vars: { ErrorDetail: "2", SAVE_TOKEN }, quiet: true });
    await seed(worker);
  });
  afterAll(() => worker.stop());

  /** The job comes to its end. */
  async function finished(job: string): Promise<void> {
    const headers = { Authorization: `Bearer ${SAVE_TOKEN}` };
    for (;;) {
      const reply = await fetch(new URL(`/is/save/${job}`, worker.url), { headers });
      const state = (await reply.json()) as { readonly finished: boolean };
      if (state.finished) return;
      await delay(50);
    }
  }

  test("every example gives what it shows", async () => {
    const examples = examplesIn(blocksOf("docs/scaling.md"), "console");
    expect(examples).toHaveLength(3);
    let job = "";
    for (const example of examples) {
      const got = await printed(example.command, { SAVE_TOKEN, FIXATIVE: worker.url.origin, JOB: job });
      expect(`$ ${example.command}\n${got}`).toMatch(asShown(example));
      const { job: begun } = JSON.parse(got) as { readonly job?: string };
      if (begun === undefined || begun === job) continue;
      job = begun;
      await finished(job);
    }
  });
});
