import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import type { BulkConfig } from "../../scripts/local/bulk.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { MOST_TRIES } from "../../src/jobs/tries.ts";
import { ask } from "../support/ask.ts";
import { SAVE_PATH, startBundled } from "../support/local.ts";
import { jpegFile, pngFile, testPattern } from "../support/pixels.ts";
import { doneOf, savePath } from "../support/save.ts";

const TOKEN = "a token of some length";
const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` };

/** What the Worker has logged, line by line. */
const lines: string[] = [];
let worker: LocalWorker;
beforeAll(async () => {
  const vars = { ...LOCAL_VARS, SaveAccess: "token", SAVE_TOKEN: TOKEN, JobRetryDelay: "0" };
  worker = await startBundled({ vars, quiet: true, log: (line) => lines.push(line) });
  await worker.saves.put(`${SAVE_PATH}/`, "");
  await worker.sources.put("photo.jpg", jpegFile(testPattern(400, 300)));
  await worker.sources.put("drawing.png", pngFile(testPattern(200, 150)));
});
afterAll(() => worker?.stop());

interface State {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly failures: readonly { readonly index: number; readonly url: string; readonly error: string }[];
  readonly finished: boolean;
}

async function begun(list: readonly unknown[]): Promise<string> {
  const asking = { method: "POST", headers: AUTHORIZED, body: JSON.stringify(list) };
  const { status, body } = await ask(worker.url, "/is/save", asking);
  const { job, accepted } = JSON.parse(body.toString());
  expect([status, accepted]).toEqual([202, list.length]);
  return job;
}

async function stateOf(job: string): Promise<State> {
  const { status, body } = await ask(worker.url, `/is/save/${job}`, { headers: AUTHORIZED });
  expect(status).toBe(200);
  return JSON.parse(body.toString());
}

/** The first that is so, however long it takes. */
async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    await delay(50);
  }
}

const finished = (job: string) =>
  until(
    () => stateOf(job),
    (state) => state.finished,
  );

const etagOf = async (name: string) => (await worker.saves.head(`${SAVE_PATH}/${name}`))?.etag;

test("Of fifty saves in a list all are there, as if each had been asked for, and those that fail are told with their codes.", async () => {
  const modifiers = ["wid=60", "wid=80&fmt=png", "hei=50&fmt=webp", "wid=70&op_blur=2", "fmt=png8&wid=64"];
  const saves = Array.from({ length: 50 }, (_, at) => ({
    url: `https://s7d1.scene7.com/is/image/${at % 2 ? "photo" : "drawing"}?${modifiers[at % modifiers.length]}`,
    name: `bulk-${at}`,
  }));
  const failing = [savePath("nothing", "wid=9", "c.jpg"), savePath("photo", "wid=9", "nowhere/c.jpg")];
  const job = await begun([...saves.slice(0, 25), ...failing, ...saves.slice(25)]);
  const { failures, ...counts } = await finished(job);
  expect(counts).toEqual({ job, total: 52, done: 50, failed: 2, finished: true });
  expect(failures.map(({ index, url, error }) => [index, url, error])).toEqual([
    [25, failing[0], "sourceMissing"],
    [26, failing[1], "folderMissing"],
  ]);

  const alone = new Map<string, string>();
  for (const [at, { url }] of saves.entries()) {
    const { pathname, search } = new URL(url);
    const object = pathname.split("/").at(-1) ?? "";
    const name = `alone-${object}-${at % modifiers.length}`;
    if (!alone.has(name)) {
      const reply = await ask(worker.url, savePath(object, search.slice(1), name), { headers: AUTHORIZED });
      alone.set(name, doneOf(reply).etag);
    }
    expect(await etagOf(`bulk-${at}`), `bulk-${at}`).toBe(alone.get(name));
  }
  expect(new Set(alone.values()).size).toBe(10);
});

/** Of the lines those that are JSON with these fields. */
const logged = (fields: Readonly<Record<string, unknown>>) =>
  lines
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => Object.entries(fields).every(([name, value]) => line[name] === value));

test("A save that never ends in time is tried as often as may be, told to its job, and then a dead letter.", async () => {
  const url = savePath("photo", "wid=50&timeout=1", "poison.jpg");
  const job = await begun([url, savePath("photo", "wid=50", "beside.jpg")]);
  const { done, failed, failures } = await finished(job);
  expect([done, failed]).toEqual([1, 1]);
  expect(failures).toMatchObject([{ index: 0, url, error: "saveTimeout" }]);
  const [dead] = await until(
    async () => logged({ event: "message", state: "dead", job }),
    ({ length }) => length > 0,
  );
  expect(dead).toMatchObject({ index: 0, url });
  // How far it comes in its millisecond is another each time: its key may not be known.
  expect(logged({ event: "save", outcome: "timeout" })).toHaveLength(MOST_TRIES);
  expect(logged({ event: "save", key: `${SAVE_PATH}/beside.jpg` })).toHaveLength(1);
  expect(await etagOf("poison.jpg")).toBeUndefined();
});

test("A message that nobody understands is a dead letter after as many tries.", async () => {
  await worker.send({ job: "none", index: "0" });
  const [dead] = await until(
    async () => logged({ event: "message", state: "dead" }).filter(({ job }) => job === undefined),
    ({ length }) => length > 0,
  );
  expect(logged({ event: "message", state: "unread", id: dead?.id }).map(({ tries }) => tries)).toEqual(
    Array.from({ length: MOST_TRIES }, (_, at) => at + 1),
  );
});

test("A list with a save in it that nobody may save is refused, and so is one without the token.", async () => {
  const body = JSON.stringify([savePath("photo", "wid=9", "a.jpg"), savePath("photo", "wid=9", "../a.jpg")]);
  const refused = await ask(worker.url, "/is/save", { method: "POST", headers: AUTHORIZED, body });
  expect([refused.status, JSON.parse(refused.body.toString()).error]).toEqual([403, "jobInvalid"]);
  const stranger = await ask(worker.url, "/is/save", { method: "POST", body });
  expect([stranger.status, JSON.parse(stranger.body.toString()).error]).toEqual([403, "tokenWrong"]);
  const job = await ask(worker.url, `/is/save/${crypto.randomUUID()}`, { headers: AUTHORIZED });
  expect([job.status, JSON.parse(job.body.toString()).error]).toEqual([404, "jobUnknown"]);
});

test("wrangler.toml delivers a message as often as a save is tried, and its dead letters are read by their name.", () => {
  const { queues, durable_objects, migrations }: BulkConfig = unstable_readConfig({ config: `${ROOT}/wrangler.toml` });
  const [saves, dead, ...others] = queues.consumers ?? [];
  expect(others).toEqual([]);
  expect((saves?.max_retries ?? 0) + 1).toBe(MOST_TRIES);
  expect(queues.producers?.map(({ binding, queue }) => [binding, queue])).toEqual([["SAVE_QUEUE", saves?.queue]]);
  expect(dead?.queue).toBe(saves?.dead_letter_queue);
  expect(dead?.queue).toMatch(/-dead$/);
  expect(durable_objects.bindings).toMatchObject([{ name: "SAVE_JOBS", class_name: "SaveJob" }]);
  expect(migrations.flatMap(({ new_sqlite_classes = [] }) => new_sqlite_classes)).toEqual(["SaveJob"]);
});
