import * as fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { QueuedSave } from "../../../src/serve/jobs/bulk.ts";
import { batchesOf } from "../../../src/serve/jobs/enqueue.ts";
import { LONGEST_URL } from "../../../src/serve/jobs/entries.ts";
import { askForSaves, bulkSite, type NotedBulk, notedBulk } from "./bulk-site.ts";

const save = (index: number, length: number): QueuedSave => ({
  job: crypto.randomUUID(),
  index,
  url: `/${"a".repeat(length)}`,
  from: "2001:db8::1",
});

// Source: Cloudflare, "Queues", Limits: 100 messages or 256 KB a call, of 1,000 bytes, some 100 of them beside the body.
test("no call has more than a queue takes, and none is made for nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(LONGEST_URL), { maxLength: 400 }), (lengths) => {
      const saves = lengths.map((length, index) => save(index, length));
      const batches = batchesOf(saves);
      expect(batches.flat()).toEqual(saves);
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(100);
        const bytes = batch.map((one) => new TextEncoder().encode(JSON.stringify(one)).length + 100);
        expect(bytes.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(256_000);
      }
    }),
  );
});

describe("a queue that does not take what it is given", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  const LIST = Array.from({ length: 250 }, (_, at) => `/is/image/quarters?req=saveToFile&name=${at}.jpg`);

  /** Gives the list to a queue, and nobody waits in truth. */
  async function given(noted: NotedBulk) {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const waits: number[] = [];
    vi.stubGlobal("scheduler", { wait: async (ms: number) => void (ms > 0 && waits.push(ms)) });
    const reply = await askForSaves(LIST, bulkSite(noted));
    return { status: reply.status, waits, body: await reply.json<{ job: string; error: string; message: string }>() };
  }

  test("is asked again, after longer and longer", async () => {
    const noted = notedBulk((call) => call === 0 || call > 3);
    const { status, waits } = await given(noted);
    expect(status).toBe(202);
    expect(waits).toEqual([250, 1000, 4000]);
    expect(noted.calls.flat().map(({ index }) => index)).toEqual(LIST.map((_, at) => at));
  });

  test("makes a job of what it has taken, and it is told how many that are", async () => {
    const noted = notedBulk((call) => call < 2);
    const { status, body } = await given(noted);
    expect([status, body.error]).toEqual([500, "jobBroken"]);
    const [job = ""] = noted.asked;
    expect(body.message).toContain(`queued are the first 200, as the job ${job}`);
    expect(await noted.bulk.job(job).state()).toMatchObject({ total: 200, done: 0, failed: 0 });
  });

  test("has nothing of the list where the job could not be begun", async () => {
    const noted = notedBulk(() => true, { begin: () => Promise.reject(new Error("overloaded")) });
    const { status, body } = await given(noted);
    expect([status, body.error]).toEqual([500, "jobBroken"]);
    expect(noted.calls).toEqual([]);
  });
});
