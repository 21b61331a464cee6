import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { KEPT_MS, MOST_FAILURES } from "../../../src/jobs/save-job.ts";
import type { Outcome } from "../../../src/serve/jobs/bulk.ts";
import { askJobs, bulkSite, jobObjects, notedBulk } from "./bulk-site.ts";

const done = (index: number): Outcome => ({ index, url: `/is/image/${index}`, fault: undefined });
const failed = (index: number, error = "sourceMissing"): Outcome => ({
  ...done(index),
  fault: { error, message: `${index} failed` },
});

async function begun(total: number) {
  const id = crypto.randomUUID();
  const record = jobObjects().getByName(id);
  await record.begin(total);
  return { id, record };
}

/** As a client sees it. */
async function seen(id: string) {
  const reply = await askJobs(`/${id}`, {}, bulkSite(notedBulk()));
  return { status: reply.status, body: await reply.json<Record<string, unknown>>() };
}

test("a job is counted from its beginning to its end", async () => {
  const { id, record } = await begun(3);
  const none = { job: id, total: 3, done: 0, failed: 0, failures: [], finished: false };
  expect(await seen(id)).toEqual({ status: 200, body: none });
  await record.settle([done(2), failed(0)]);
  const failures = [{ index: 0, url: "/is/image/0", error: "sourceMissing", message: "0 failed" }];
  expect((await seen(id)).body).toEqual({ ...none, done: 1, failed: 1, failures });
  await record.settle([done(1)]);
  expect((await seen(id)).body).toEqual({ ...none, done: 2, failed: 1, failures, finished: true });
});

test("what is told twice counts once, and who is told that a save is done believes it", async () => {
  const { record } = await begun(4);
  for (let round = 0; round < 3; round++) await record.settle([done(0), failed(1), done(0)]);
  expect(await record.state()).toMatchObject({ done: 1, failed: 1 });
  // Another message of the same save, that has come to another end.
  await record.settle([failed(0, "saveConflict"), done(1), failed(2, "storage")]);
  await record.settle([failed(2, "saveGivenUp")]);
  const { failures, ...counts } = (await record.state()) ?? {};
  expect(counts).toEqual({ total: 4, done: 2, failed: 1 });
  expect(failures).toMatchObject([{ index: 2, error: "storage" }]);
});

test("of many failures the first are told, in the order of the list", async () => {
  const { record } = await begun(1000);
  const all = Array.from({ length: 250 }, (_, at) => failed(999 - at));
  await record.settle(all);
  const { failed: count, failures = [] } = (await record.state()) ?? {};
  expect(count).toBe(250);
  expect(failures.map(({ index }) => index)).toEqual(Array.from({ length: MOST_FAILURES }, (_, at) => 750 + at));
});

test("a save beyond the end of a job that was shortened does not count", async () => {
  const { record } = await begun(3);
  await record.shorten(2);
  await record.settle([done(0), failed(1), failed(2), done(3)]);
  expect(await record.state()).toMatchObject({ total: 2, done: 1, failed: 1, failures: [{ index: 1 }] });
});

test.each([
  ["that was never begun", crypto.randomUUID()],
  ["whose name is none", "x"],
  ["below another one", `${crypto.randomUUID()}/1`],
  ["without a name", ""],
])("a job %s is not known", async (_, id) => {
  const { status, body } = await seen(id);
  expect([status, body.error]).toEqual([404, "jobUnknown"]);
});

test("who asks for a job that is not there leaves nothing behind, nor who tells of it", async () => {
  const record = jobObjects().getByName(crypto.randomUUID());
  expect(await record.state()).toBeUndefined();
  await record.settle([done(0)]);
  await record.shorten(1);
  const left = await runInDurableObject(record, async (_, { storage }) => [
    ...(await storage.list()).keys(),
    await storage.getAlarm(),
  ]);
  expect(left).toEqual([null]);
});

test("a job is forgotten after seven days", async () => {
  const { id, record } = await begun(1);
  await record.settle([failed(0)]);
  const alarm = await runInDurableObject(record, (_, { storage }) => storage.getAlarm());
  expect(KEPT_MS).toBe(7 * 24 * 60 * 60 * 1000);
  expect(Math.abs((alarm ?? 0) - Date.now() - KEPT_MS)).toBeLessThan(60_000);
  expect(await runDurableObjectAlarm(record)).toBe(true);
  expect((await seen(id)).status).toBe(404);
});

test("a HEAD of a job has no body", async () => {
  const { id } = await begun(1);
  const reply = await askJobs(`/${id}`, { method: "HEAD" }, bulkSite(notedBulk()));
  expect([reply.status, await reply.text()]).toEqual([200, ""]);
});
