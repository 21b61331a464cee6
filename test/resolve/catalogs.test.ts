import { beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../src/faults.ts";
import { catalogBucket, putCatalog, putCatalogs } from "../support/catalog-bucket.ts";
import { firstWaits, held, MACROS } from "../support/catalog-holding.ts";
import { buckets } from "../support/site.ts";

const ACME = { "acme.ini": "acme.txt sub/macros.txt", "acme.txt": "shoe", "sub/macros.txt": "view" };
const LOADED = ["list", "get acme.ini", "get acme.txt", "get sub/macros.txt"];
let calls: string[] = [];

beforeEach(async () => {
  calls = [];
  await putCatalogs(ACME);
});

describe("what is loaded", () => {
  test("is attribute files and what they name, as it is listed; nothing else that lies there", async () => {
    const more = {
      "": "",
      "sub/": "",
      "other.txt": "not named",
      "sub/acme.ini": "not a catalog",
      "b.ini": "gone.txt acme.ini",
    };
    await putCatalogs({ ...ACME, ...more });
    const { ask, reader } = held(catalogBucket(calls));
    expect(await ask()).toBe("acme b");
    expect(calls.toSorted()).toEqual([...LOADED, "get b.ini"].toSorted());
    expect(reader.reads.map(({ files }) => files)).toEqual([
      ["acme.ini=acme.txt sub/macros.txt", "acme.txt=shoe", "b.ini=gone.txt acme.ini", "sub/macros.txt=view"],
    ]);
    expect(reader.reads[0]).toMatchObject({ before: undefined });
    expect(reader.reads[0]?.macros).toBe(MACROS);
  });

  test("is nothing where there is nothing, at one list operation for each refresh", async () => {
    await putCatalogs({});
    const it = held(catalogBucket(calls));
    for (const seconds of [0, 9, 1, 9, 1]) {
      it.now += seconds * 1000;
      expect(await it.ask()).toBe("");
    }
    expect(calls).toEqual(["list", "list", "list"]);
    expect(it.reader.reads).toHaveLength(1);
  });

  test("is read of all pages of the list", async () => {
    const { SOURCES } = buckets;
    const list = (_: unknown, cursor: string) =>
      SOURCES.list({ prefix: "catalogs/", limit: 1, ...(cursor !== "" && { cursor }) });
    const { ask, reader } = held(catalogBucket(calls, { list }));
    expect(await ask()).toBe("acme");
    expect(calls.filter((call) => call === "list")).toHaveLength(3);
    expect(reader.reads[0]?.files).toHaveLength(3);
  });
});

describe("a refresh", () => {
  test("comes when CatalogRefresh seconds have gone by, and fetches nothing that has not changed", async () => {
    const it = held(catalogBucket(calls));
    await it.ask();
    it.now += 9999;
    await it.ask();
    expect(calls).toHaveLength(LOADED.length);

    it.now += 1;
    await it.ask();
    expect(calls.splice(0)).toEqual([...LOADED, "list"]);
    expect(it.reader.reads).toHaveLength(1);
    expect(it.reader.asked).toEqual(["acme.ini"]);

    await putCatalog("acme.txt", "coat");
    it.now += 10_000;
    await it.ask();
    expect(calls).toEqual(["list", "get acme.txt"]);
    const [first, second] = it.reader.reads;
    expect(second?.before).toBe(first?.reading);
    expect(second?.files).toEqual(["acme.ini=acme.txt sub/macros.txt", "acme.txt=coat", "sub/macros.txt=view"]);
  });

  test("sees files that are new, and those that are gone", async () => {
    const it = held(catalogBucket(calls));
    await it.ask();
    await putCatalogs({ "beta.ini": "beta.txt", "beta.txt": "hat" });
    it.now += 10_000;
    expect(await it.ask()).toBe("beta");
    await putCatalogs({});
    it.now += 10_000;
    expect(await it.ask()).toBe("");
  });

  test("sees that a file was written again, without fetching it: its time may be a time stamp", async () => {
    const it = held(catalogBucket(calls));
    await it.ask();
    calls = [];
    await scheduler.wait(2);
    await putCatalog("acme.ini", ACME["acme.ini"]);
    it.now += 10_000;
    await it.ask();
    expect(calls).toEqual([]);
    expect(it.reader.reads).toHaveLength(2);
  });

  test("is that of each request where CatalogRefresh is 0, and none is answered by what was before it came", async () => {
    const it = held(catalogBucket(calls), { CatalogRefresh: 0 });
    expect(await it.ask()).toBe("acme");
    await putCatalog("beta.ini", "");
    const answers = [it.ask(), it.ask(), it.ask()];
    expect(await Promise.all(answers)).toEqual(["acme beta", "acme beta", "acme beta"]);
    // The first of them asks for itself, and the second for all who came before it asked.
    expect(calls.filter((call) => call === "list")).toHaveLength(3);
  });

  test("keeps nobody from what there is, for as long again", async () => {
    const first = firstWaits();
    const it = held(catalogBucket(calls, { get: (go, path) => (path === "beta.ini" ? first.wait(go) : go()) }));
    await it.ask();
    await putCatalog("beta.ini", "");
    it.now += 10_000;
    const refreshing = it.ask();
    await first.reached;
    it.now += 4000;
    expect(await it.ask()).toBe("acme");
    expect(calls.filter((call) => call === "list")).toHaveLength(2);

    first.letGo();
    expect(await refreshing).toBe("acme beta");
    expect(await it.ask()).toBe("acme beta");
  });

  test("is waited for where what there is has not been looked at for longer", async () => {
    const first = firstWaits();
    const it = held(catalogBucket(calls, { get: (go, path) => (path === "beta.ini" ? first.wait(go) : go()) }));
    await it.ask();
    await putCatalog("beta.ini", "");
    it.now += 3_600_000;
    const refreshing = it.ask();
    await first.reached;
    const waiting = it.ask();
    first.letGo();
    expect([await refreshing, await waiting]).toEqual(["acme beta", "acme beta"]);
    expect(calls.filter((call) => call === "list")).toHaveLength(2);
  });
});

describe("requests that come before there is anything", () => {
  test("have one of them load it, and all get it", async () => {
    const first = firstWaits();
    const it = held(catalogBucket(calls, { list: first.wait }));
    const asking = [it.ask(), it.ask(), it.ask()];
    await first.reached;
    first.letGo();
    expect(await Promise.all(asking)).toEqual(["acme", "acme", "acme"]);
    expect(calls).toEqual(LOADED);
    expect(it.reader.reads).toHaveLength(1);
  });

  test("end with their own time, and the others go on", async () => {
    const first = firstWaits();
    const it = held(catalogBucket(calls, { list: first.wait }));
    const patient = it.ask();
    await first.reached;
    const client = new AbortController();
    const hurried = it.ask(client.signal);
    client.abort(new Fault("imageTimeout"));
    await expect(hurried).rejects.toMatchObject({ code: "imageTimeout" });
    first.letGo();
    expect(await patient).toBe("acme");
  });

  test.each(["list", "get"] as const)("are told that the storage fails, all by one attempt: %s", async (call) => {
    const first = firstWaits();
    let failing = true;
    const fails = async (go: () => Promise<unknown>) => {
      await first.wait(async () => {});
      if (failing) throw new Error("R2 is down");
      return go();
    };
    const it = held(catalogBucket(calls, { [call]: fails }));
    const asking = [it.ask(), it.ask(), it.ask()].map((one) => one.catch((cause: unknown) => cause));
    await first.reached;
    first.letGo();
    for (const cause of await Promise.all(asking)) expect(cause).toMatchObject({ code: "storage" });
    expect(calls.filter((made) => made === "list")).toHaveLength(2);
    expect(it.log).toHaveLength(2);
    expect(it.log[0]).toMatch(/^\{"event":"catalogs","error":"storage","says":/);

    // It is looked again at the next request, not after CatalogRefresh.
    failing = false;
    expect(await it.ask()).toBe("acme");
  });
});

test("where the storage fails later, what there is stays in force until the next refresh is due", async () => {
  let failing = false;
  const fails = (go: () => Promise<unknown>) => (failing ? Promise.reject(new Error("R2 is down")) : go());
  const it = held(catalogBucket(calls, { list: fails }));
  await it.ask();
  await putCatalog("beta.ini", "");
  failing = true;
  calls = [];
  it.now += 100_000;
  expect(await it.ask()).toBe("acme");
  it.now += 9999;
  expect(await it.ask()).toBe("acme");
  expect(calls).toEqual([]);
  expect(it.log).toHaveLength(1);

  failing = false;
  it.now += 1;
  expect(await it.ask()).toBe("acme beta");
});
