import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { consume } from "../../../src/jobs/consume.ts";
import type { Site } from "../../../src/serve/site.ts";
import { bucketWith } from "../../support/doubles.ts";
import { ask, buckets, savedKeys, site, siteWith } from "../../support/site.ts";
import { bulkSite, notedBulk } from "./bulk-site.ts";
import { CONTEXT, consumed, jobOf, prepared, queued, stateOf } from "./consuming.ts";
import { batchOf, messageOf } from "./queue-batch.ts";

beforeEach(prepared);
afterEach(() => {
  vi.restoreAllMocks();
});

describe("a save out of the queue", () => {
  test.each<[access: string, secrets: Partial<Site>, vars?: Readonly<Record<string, string>>]>([
    ["public", {}],
    ["token", { saveToken: "correct horse" }],
    ["signed", { signKey: "battery staple" }],
    ["signed", { signKey: "battery staple" }, { MaxSignedLife: "1" }],
  ])("is made where SaveAccess = %s, and the picture is that of a request", async (SaveAccess, secrets, vars = {}) => {
    const job = await jobOf(2);
    const on = bulkSite(notedBulk(), { SaveAccess, ...vars }, secrets);
    const messages = await consumed([queued(job, 0), queued(job, 1)], on);
    expect(messages.map(({ became }) => became)).toEqual(["taken", "taken"]);
    expect(await stateOf(job)).toEqual({ total: 2, done: 2, failed: 0, failures: [] });
    const { "renditions/0.jpg": etag } = await savedKeys();
    await ask("quarters?wid=9&req=saveToFile&name=alone.jpg");
    expect(etag).toBe((await savedKeys())["renditions/alone.jpg"]);
  });

  test.each([
    ["token", {}, "tokenUnset"],
    ["signed", {}, "signKeyUnset"],
  ])("is refused like any other where SaveAccess = %s and there is no secret", async (SaveAccess, secrets, error) => {
    const job = await jobOf(1);
    const [message] = await consumed([queued(job, 0)], bulkSite(notedBulk(), { SaveAccess }, secrets));
    expect(message?.became).toBe("taken");
    expect(await stateOf(job)).toMatchObject({ failed: 1, failures: [{ error }] });
  });

  test("is that of the address from which its list came", async () => {
    const job = await jobOf(2);
    const { bulk } = notedBulk();
    const on = siteWith({ default: { attributes: { ClientAddressFilter: "192.0.2.0/24" } } }, {}, { bulk });
    await consumed([queued(job, 0, { from: "192.0.2.7" }), queued(job, 1, { from: "203.0.113.7" })], on);
    expect(await stateOf(job)).toMatchObject({ done: 1, failures: [{ index: 1, error: "addressRefused" }] });
  });

  test.each([
    ["whose source is not there", "/is/image/nothing?req=saveToFile&name=a.jpg", "sourceMissing"],
    ["whose folder is not there", "/is/image/quarters?req=saveToFile&name=none/a.jpg", "folderMissing"],
    ["that cannot be read any more", "/is/image/quarters?req=saveToFile&name=a.jpg&wid=x", "badRequest"],
    ["that is none any more", "/is/image/quarters?wid=9", "badRequest"],
    ["of another path", "/elsewhere", "badRequest"],
  ])("%s fails at once, and its job is told why", async (_, url, error) => {
    const job = await jobOf(1);
    const [message] = await consumed([queued(job, 0, { url })], bulkSite(notedBulk()));
    expect(message?.became).toBe("taken");
    const state = await stateOf(job);
    expect(state).toMatchObject({ done: 0, failed: 1, failures: [{ index: 0, url, error }] });
    expect(state?.failures[0]?.message).not.toBe("");
  });

  test("tells what the answer says, as it was before it was escaped", async () => {
    const job = await jobOf(1);
    const url = `/is/image/${encodeURIComponent("été: a=b")}?req=saveToFile&name=a.jpg`;
    await consumed([queued(job, 0, { url })], bulkSite(notedBulk()));
    expect((await stateOf(job))?.failures[0]?.message).toContain("été: a=b");
  });

  test("that comes twice is made twice, and counts once", async () => {
    const job = await jobOf(2);
    const on = bulkSite(notedBulk());
    await consumed([queued(job, 0), queued(job, 0)], on);
    await consumed([queued(job, 0)], on);
    expect(await stateOf(job)).toMatchObject({ total: 2, done: 1, failed: 0 });
  });
});

test("a batch is of many jobs, each of which is told of its own in one call", async () => {
  const jobs = [await jobOf(3), await jobOf(3)] as const;
  const noted = notedBulk();
  await consumed(
    [0, 1, 2].flatMap((index) => jobs.map((job) => queued(job, index))),
    bulkSite(noted),
  );
  for (const job of jobs) expect(await stateOf(job)).toMatchObject({ done: 3 });
  expect(noted.asked.toSorted()).toEqual(jobs.toSorted());
});

test("what comes again is told as soon as it has ended: it may be in the company of one that ends isolates", async () => {
  const job = await jobOf(3);
  const noted = notedBulk();
  const saves = [0, 1, 2].map((index) => queued(job, index));
  await consumed(saves, bulkSite(noted), { attempts: 2 });
  expect(noted.asked).toEqual([job, job, job]);
  expect(await stateOf(job)).toMatchObject({ done: 3 });
});

test("where a job cannot be told, its saves come again, and those of others do not", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const [deaf, other] = [await jobOf(1), await jobOf(1)];
  const { bulk } = notedBulk();
  const settle = () => Promise.reject(new Error("overloaded"));
  const job = (id: string) => (id === deaf ? { ...bulk.job(id), settle } : bulk.job(id));
  const messages = await consumed([queued(deaf, 0), queued(other, 0)], bulkSite({ bulk: { ...bulk, job } }));
  expect(messages.map(({ became }) => became)).toEqual(["again", "taken"]);
});

test("what could not be begun in time goes back into the queue as it was, untried", async () => {
  const job = await jobOf(3);
  const noted = notedBulk();
  const now = Date.now();
  vi.spyOn(Date, "now")
    .mockReturnValueOnce(now)
    .mockReturnValue(now + 41_000);
  const saves = [0, 1, 2].map((index) => queued(job, index));
  const messages = await consumed(saves, bulkSite(noted));
  expect(messages.map(({ became }) => became)).toEqual(["taken", "taken", "taken"]);
  expect(noted.calls.flat()).toEqual(saves);
  expect(await stateOf(job)).toMatchObject({ done: 0, failed: 0 });
  expect(Object.keys(await savedKeys())).toEqual(["renditions/"]);
});

test("but for what has been tried before: counted anew each time, it would never be given up", async () => {
  const job = await jobOf(1);
  const noted = notedBulk();
  const now = Date.now();
  vi.spyOn(Date, "now")
    .mockReturnValueOnce(now)
    .mockReturnValue(now + 41_000);
  await consumed([queued(job, 0)], bulkSite(noted), { attempts: 4 });
  expect(noted.calls).toEqual([]);
  expect(await stateOf(job)).toMatchObject({ done: 1 });
});

test("and stays there where the queue does not take it", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const job = await jobOf(1);
  const now = Date.now();
  vi.spyOn(Date, "now")
    .mockReturnValueOnce(now)
    .mockReturnValue(now + 41_000);
  const [message] = await consumed([queued(job, 0)], bulkSite(notedBulk(() => false)));
  expect(message?.became).toBe("again");
});

test("without anybody to tell, a batch comes again as a whole", async () => {
  const message = messageOf(queued(crypto.randomUUID(), 0));
  await expect(consume(batchOf([message]), site(), CONTEXT)).rejects.toMatchObject({ code: "jobsUnbound" });
  expect(message.became).toBe("");
});

test("no more than four of a batch are in the making at a time", async () => {
  const job = await jobOf(10);
  let [open, most] = [0, 0];
  const sources = bucketWith(buckets.SOURCES, {
    async get(key: string, options?: R2GetOptions) {
      most = Math.max(most, ++open);
      await scheduler.wait(5);
      return buckets.SOURCES.get(key, options ?? {}).finally(() => open--);
    },
  });
  const saves = Array.from({ length: 10 }, (_, index) => queued(job, index));
  await consumed(saves, bulkSite(notedBulk(), {}, { sources }));
  expect(await stateOf(job)).toMatchObject({ done: 10 });
  expect(most).toBe(4);
});
