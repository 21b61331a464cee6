import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask, form } from "../support/ask.ts";
import { type CachingProxy, startCachingProxy } from "../support/caching-proxy.ts";
import { SAVE_PATH, startBundled } from "../support/local.ts";
import { pngFile, testPattern } from "../support/pixels.ts";
import { doneOf, refusedOf, savePath } from "../support/save.ts";

const HOUR = 3_600_000;
const PICTURE = "/is/image/pattern?wid=40";

let worker: LocalWorker;
let proxy: CachingProxy;
/** How far the proxy's clock runs ahead. */
let ahead = 0;

beforeAll(async () => {
  worker = await startBundled({ vars: LOCAL_VARS });
  await worker.saves.put(`${SAVE_PATH}/`, "");
});
afterAll(() => worker?.stop());

beforeEach(async () => {
  ahead = 0;
  await worker.sources.put("pattern.png", pngFile(testPattern(80, 60)));
  proxy = await startCachingProxy(worker.url, () => Date.now() + ahead);
  return () => proxy.stop();
});

const outcomes = () => proxy.log.map(({ outcome, status }) => `${outcome} ${status}`);

test("Two identical saves both reach the Worker, and both are done.", async () => {
  const path = savePath("pattern", "wid=40", "twice.png");
  const first = doneOf(await ask(proxy.url, path));
  const afterFirst = await worker.saves.head(`${SAVE_PATH}/twice.png`);
  const second = doneOf(await ask(proxy.url, path));
  const afterSecond = await worker.saves.head(`${SAVE_PATH}/twice.png`);

  expect(outcomes()).toEqual(["miss 200", "miss 200"]);
  expect(afterSecond?.version).not.toBe(afterFirst?.version);
  expect(first.lastUpdated).toBe(afterFirst?.uploaded.getTime());
  expect(second.lastUpdated).toBe(afterSecond?.uploaded.getTime());
});

test("A save reaches the Worker although the same picture without req=saveToFile is stored.", async () => {
  await ask(proxy.url, PICTURE);
  await ask(proxy.url, PICTURE);
  doneOf(await ask(proxy.url, savePath("pattern", "wid=40", "beside.png")));
  expect(outcomes()).toEqual(["miss 200", "hit 200", "miss 200"]);
});

test("No save is ever stored, whether it was done or refused, by GET or by POST.", async () => {
  const done = savePath("pattern", "wid=40", "never.png");
  const refused = savePath("pattern", "wid=abc", "never.png");
  doneOf(await ask(proxy.url, done));
  refusedOf(await ask(proxy.url, refused));
  doneOf(await ask(proxy.url, "/is/image/pattern", form("req=saveToFile&name=never.png")));
  refusedOf(await ask(proxy.url, "/is/image/pattern", form("req=saveToFile&name=never.png&wid=abc")));
  doneOf(await ask(proxy.url, done, { method: "POST" }));
  expect(proxy.stored()).toEqual([]);
});

test("A save that was refused is not remembered: the same URL saves once its folder is there.", async () => {
  const path = savePath("pattern", "wid=40", "later/a.png");
  expect(refusedOf(await ask(proxy.url, path)).error).toBe("folderMissing");
  await worker.saves.put(`${SAVE_PATH}/later/`, "");
  expect(doneOf(await ask(proxy.url, path)).name).toBe("later/a.png");
});

test("A picture that was refused is not remembered: the same URL shows it once its source is there.", async () => {
  const refused = await ask(proxy.url, "/is/image/late?wid=40");
  expect(refused.status).toBe(403);
  expect(proxy.stored()).toEqual([]);
  await worker.sources.put("late.png", pngFile(testPattern(80, 60)));
  const shown = await ask(proxy.url, "/is/image/late?wid=40");
  expect([shown.status, shown.headers["content-type"]]).toEqual([200, "image/jpeg"]);
});

test("Nothing but pictures is stored: no banner, no 404, no 405.", async () => {
  const statuses: number[] = [];
  for (const path of ["/is/image", "/elsewhere", PICTURE]) statuses.push((await ask(proxy.url, path)).status);
  statuses.push((await ask(proxy.url, PICTURE, { method: "DELETE" })).status);
  expect(statuses).toEqual([200, 404, 200, 405]);
  expect(proxy.stored()).toEqual([PICTURE]);
});

test("A picture is stored, and the Worker is not asked again while it is fresh.", async () => {
  const first = await ask(proxy.url, PICTURE);
  ahead = 10 * HOUR - 60_000;
  const second = await ask(proxy.url, PICTURE);
  expect(outcomes()).toEqual(["miss 200", "hit 200"]);
  expect(second.body.equals(first.body)).toBe(true);
  expect(second.headers.etag).toBe(first.headers.etag);
});

test("A stale picture is found unchanged by its ETag: the Worker answers 304 and the store is fresh again.", async () => {
  const first = await ask(proxy.url, PICTURE);
  ahead = 10 * HOUR;
  const second = await ask(proxy.url, PICTURE);
  ahead += 9 * HOUR;
  const third = await ask(proxy.url, PICTURE);
  expect(outcomes()).toEqual(["miss 200", "revalidated 200", "hit 200"]);
  for (const { body } of [second, third]) expect(body.equals(first.body)).toBe(true);
});

test("A stale picture whose source was replaced is replaced in the store.", async () => {
  const first = await ask(proxy.url, PICTURE);
  await worker.sources.put("pattern.png", pngFile(testPattern(160, 60)));
  const fresh = await ask(proxy.url, PICTURE);
  ahead = 10 * HOUR;
  const replaced = await ask(proxy.url, PICTURE);
  expect(outcomes()).toEqual(["miss 200", "hit 200", "miss 200"]);
  expect(fresh.headers.etag).toBe(first.headers.etag);
  expect(replaced.headers.etag).not.toBe(first.headers.etag);
});

test("A client that has the picture is answered 304 without a body, by the store as by the Worker.", async () => {
  const { headers } = await ask(proxy.url, PICTURE);
  const condition = { headers: { "If-None-Match": headers.etag ?? "" } };
  for (const server of [proxy.url, worker.url]) {
    const reply = await ask(server, PICTURE, condition);
    expect([reply.status, reply.body.length]).toEqual([304, 0]);
    // RFC 9110, 15.4.5: what a 200 would have said of these.
    expect(reply.headers).toMatchObject({ etag: headers.etag, "cache-control": headers["cache-control"] });
  }
});

test("HEAD has the status, ETag, Content-Length and Content-Type of GET, and no body.", async () => {
  const get = await ask(worker.url, PICTURE);
  const head = await ask(worker.url, PICTURE, { method: "HEAD" });
  const told = ["etag", "content-length", "content-type", "cache-control"] as const;
  expect(get.headers["content-length"]).toBe(String(get.body.length));
  expect(get.headers.etag).toMatch(/^"[0-9a-f]{32}-[0-9a-f]{8}"$/);
  expect(told.map((name) => head.headers[name])).toEqual(told.map((name) => get.headers[name]));
  expect([head.status, head.body.length]).toEqual([200, 0]);
});
