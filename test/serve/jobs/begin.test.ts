import { expect, test } from "vitest";
import { askForSaves, askJobs, bulkSite, notedBulk } from "./bulk-site.ts";

const SAVE = "/is/image/quarters?wid=9&req=saveToFile&name=";
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

test("a list is answered with its job and its length when all of it is queued, in its order", async () => {
  const noted = notedBulk();
  const list = Array.from({ length: 230 }, (_, at) => `${SAVE}${at}.jpg`);
  const reply = await askForSaves(list, bulkSite(noted));
  expect(reply.status).toBe(202);
  expect(reply.headers.get("Content-Type")).toBe("application/json; charset=utf-8");
  expect(reply.headers.get("Cache-Control")).toContain("no-store");
  const { job, accepted } = await reply.json<{ job: string; accepted: number }>();
  expect(job).toMatch(UUID);
  expect(accepted).toBe(230);
  expect(noted.calls.flat()).toEqual(list.map((url, index) => ({ job, index, url, from: "" })));
  expect(noted.calls.map(({ length }) => length)).toEqual([100, 100, 30]);
});

test("every list is a job of its own, also the same one", async () => {
  const noted = notedBulk();
  const jobs = await Promise.all(
    [0, 1].map(async () => (await (await askForSaves([`${SAVE}a`], bulkSite(noted))).json<{ job: string }>()).job),
  );
  expect(new Set(jobs).size).toBe(2);
});

test.each<[says: string, entry: unknown, url: string]>([
  ["a path", `${SAVE}a.jpg`, `${SAVE}a.jpg`],
  ["a path without its first slash", `is/image/x?req=saveToFile&name=a`, "/is/image/x?req=saveToFile&name=a"],
  ["a URL of another host", `https://s7d1.scene7.com${SAVE}a.jpg`, `${SAVE}a.jpg`],
  [
    "a URL of the original server with its preset, and a name beside it",
    { url: "https://s7d1.scene7.com/is/image/Acme/shoe_01?$pdp$&wid=80", name: "sp ring/a+b&c.jpg" },
    "/is/image/Acme/shoe_01?$pdp$&wid=80&req=saveToFile&name=sp%20ring/a%2Bb%26c.jpg",
  ],
  ["a URL without a query", { url: "/is/image/x", name: "a" }, "/is/image/x?req=saveToFile&name=a"],
  ["a name over that of the URL", { url: `${SAVE}a.jpg`, name: "b" }, `${SAVE}a.jpg&req=saveToFile&name=b`],
  ["an id that is not ASCII", "/is/image/été?req=saveToFile&name=a", "/is/image/%C3%A9t%C3%A9?req=saveToFile&name=a"],
  ["a fragment", `${SAVE}a.jpg#top`, `${SAVE}a.jpg`],
])("%s is queued as path and query", async (_, entry, url) => {
  const noted = notedBulk();
  const on = bulkSite(noted, { Macros: '{"pdp":"wid=80"}' });
  const reply = await askForSaves([entry], on);
  expect(await reply.text()).toContain('"accepted":1');
  expect(noted.calls.flat().map((save) => save.url)).toEqual([url]);
});

test("where saves are signed a list needs none, and a signature that an entry has is left out", async () => {
  const noted = notedBulk();
  const signed = `${SAVE}a.jpg&expires=1795403502&sig=${"0".repeat(64)}`;
  const on = bulkSite(noted, { SaveAccess: "signed" }, { saveToken: "correct horse" });
  const reply = await askForSaves([signed], on, { Authorization: "Bearer correct horse" });
  expect(reply.status).toBe(202);
  expect(noted.calls.flat().map(({ url }) => url)).toEqual([`${SAVE}a.jpg`]);
});

test("the address of the client goes with each save", async () => {
  const noted = notedBulk();
  await askForSaves([`${SAVE}a`], bulkSite(noted), { "CF-Connecting-IP": "192.0.2.7" });
  expect(noted.calls.flat().map(({ from }) => from)).toEqual(["192.0.2.7"]);
});

test("when its client hangs up a list that is being queued is queued to its end", async () => {
  const noted = notedBulk();
  const kept: Promise<unknown>[] = [];
  const init = { method: "POST", body: JSON.stringify([`${SAVE}a`]) };
  await askJobs("", init, bulkSite(noted), { keepAlive: (work) => void kept.push(work) });
  await Promise.all(kept);
  expect(kept).toHaveLength(1);
  expect(noted.calls).toHaveLength(1);
});
