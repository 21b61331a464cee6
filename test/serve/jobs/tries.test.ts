import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FAULTS } from "../../../src/faults.ts";
import { isWorthAnother, MOST_TRIES } from "../../../src/jobs/tries.ts";
import type { QueuedSave } from "../../../src/serve/jobs/bulk.ts";
import { bucketWith } from "../../support/doubles.ts";
import { buckets } from "../../support/site.ts";
import { bulkSite, notedBulk } from "./bulk-site.ts";
import { consumed, jobOf, prepared, queued, stateOf } from "./consuming.ts";

const DEAD = "fixative-saves-dead";

beforeEach(prepared);
afterEach(() => {
  vi.restoreAllMocks();
});

/** A bucket that fails whenever it is asked for the source. */
const failing = () => ({
  sources: bucketWith(buckets.SOURCES, { get: () => Promise.reject(new Error("internal error (10001)")) }),
});

function silenced(): void {
  vi.spyOn(console, "error").mockImplementation(() => {});
}

describe("a save that fails for no fault of its own", () => {
  test.each([
    ["as it comes by default", {}, [10, 20, 40, 80]],
    ["as JobRetryDelay says", { JobRetryDelay: "3" }, [3, 6, 12, 24]],
    ["at once", { JobRetryDelay: "0" }, [0, 0, 0, 0]],
  ])("comes again later and later, %s, and its job is not told", async (_, vars, delays) => {
    silenced();
    const job = await jobOf(1);
    const on = bulkSite(notedBulk(), vars, failing());
    for (const [before, delay] of delays.entries()) {
      const [message] = await consumed([queued(job, 0)], on, { attempts: before + 1 });
      expect(message).toMatchObject({ became: "again", delay });
    }
    expect(await stateOf(job)).toMatchObject({ done: 0, failed: 0 });
  });

  test("is given up after its last try: the job is told, and the message goes where dead letters go", async () => {
    silenced();
    const job = await jobOf(1);
    const [message] = await consumed([queued(job, 0)], bulkSite(notedBulk(), {}, failing()), { attempts: MOST_TRIES });
    expect(message).toMatchObject({ became: "again", delay: undefined });
    expect(await stateOf(job)).toMatchObject({ failed: 1, failures: [{ error: "storage" }] });
  });

  test("is done when a later try is", async () => {
    silenced();
    const job = await jobOf(1);
    await consumed([queued(job, 0)], bulkSite(notedBulk(), {}, failing()), { attempts: MOST_TRIES });
    const [message] = await consumed([queued(job, 0)], bulkSite(notedBulk()), { attempts: MOST_TRIES + 1 });
    expect(message?.became).toBe("taken");
    expect(await stateOf(job)).toMatchObject({ done: 1, failed: 0, failures: [] });
  });

  test("may have run out of time", async () => {
    const job = await jobOf(1);
    const save = queued(job, 0, { url: "/is/image/quarters?req=saveToFile&name=a.jpg&timeout=1" });
    const now = Date.now();
    let looks = 0;
    // When the batch and the save begin, and from then on a second has passed.
    vi.spyOn(Date, "now").mockImplementation(() => (looks++ < 3 ? now : now + 1000));
    const [message] = await consumed([save], bulkSite(notedBulk()), { attempts: 2 });
    expect(message).toMatchObject({ became: "again", delay: 20 });
  });
});

test("no fault of the client's or the operator's is worth another try, but for time that ran out", () => {
  const worth = Object.keys(FAULTS).filter(isWorthAnother);
  expect(worth.toSorted()).toEqual(
    [
      ...["sourceChanged", "storage", "imageTimeout", "saveTimeout", "saveFailed", "saveUnknown", "internal"],
      ...["jobBroken", "saveGivenUp"],
    ].toSorted(),
  );
  for (const none of ["", "constructor", "nothing"]) expect(isWorthAnother(none)).toBe(false);
});

describe("dead letters", () => {
  /** What is logged while dead letters are read. */
  async function read(bodies: readonly unknown[]) {
    const lines: Record<string, unknown>[] = [];
    const telemetry = { log: (line: string) => void lines.push(JSON.parse(line)), saveEvents: undefined };
    const messages = await consumed(bodies, bulkSite(notedBulk(), {}, { telemetry }), { queue: DEAD });
    return { lines, messages };
  }

  test("are told to their jobs, which end by that, and are logged", async () => {
    const job = await jobOf(1);
    const save: QueuedSave = queued(job, 0);
    const { lines, messages } = await read([save]);
    expect(messages.map(({ became }) => became)).toEqual(["taken"]);
    expect(await stateOf(job)).toMatchObject({ failed: 1, failures: [{ index: 0, error: "saveGivenUp" }] });
    const { id } = messages[0] ?? {};
    expect(lines).toEqual([{ event: "message", state: "dead", id, job, index: 0, url: save.url }]);
  });

  test("change nothing of what a job was told before", async () => {
    silenced();
    const job = await jobOf(2);
    await consumed([queued(job, 0)], bulkSite(notedBulk(), {}, failing()), { attempts: MOST_TRIES });
    await consumed([queued(job, 1)], bulkSite(notedBulk()));
    await read([queued(job, 0), queued(job, 1)]);
    expect(await stateOf(job)).toMatchObject({ done: 1, failed: 1, failures: [{ index: 0, error: "storage" }] });
  });

  test.each([
    null,
    7,
    "text",
    {},
    { job: "x", index: 0, url: "elsewhere", from: "" },
    { ...queued("x", 0), index: "0" },
  ])("may be messages that nobody understands: %j goes there, is logged, and is gone", async (body) => {
    const lines: string[] = [];
    const telemetry = { log: (line: string) => void lines.push(line), saveEvents: undefined };
    const on = bulkSite(notedBulk(), {}, { telemetry });
    const [message] = await consumed([body], on, { attempts: 2 });
    expect(message?.became).toBe("again");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { event: "message", state: "unread", id: message?.id, tries: 2 },
    ]);
    const dead = await read([body]);
    expect(dead.messages[0]?.became).toBe("taken");
    expect(dead.lines).toEqual([{ event: "message", state: "dead", id: dead.messages[0]?.id }]);
  });
});
