import { beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../src/faults.ts";
import { catalogBucket, putCatalog, putCatalogs } from "../support/catalog-bucket.ts";
import { firstWaits, held } from "../support/catalog-holding.ts";

const TWO = { "acme.ini": "acme.txt", "acme.txt": "shoe" };
let calls: string[] = [];

beforeEach(async () => {
  calls = [];
  await putCatalogs(TWO);
});

describe("a request that is cancelled while it refreshes", () => {
  test("ends with its reason, and the next one goes on where it was", async () => {
    const first = firstWaits();
    const it = held(catalogBucket(calls, { get: (go, path) => (path === "acme.txt" ? first.wait(go) : go()) }));
    const client = new AbortController();
    const cancelled = it.ask(client.signal);
    await first.reached;
    client.abort(new Fault("clientGone"));
    await expect(cancelled).rejects.toMatchObject({ code: "clientGone" });
    expect(it.log).toEqual([]);
    calls.length = 0;
    expect(await it.ask()).toBe("acme");
    expect(calls).toEqual(["list", "get acme.txt"]);
    first.letGo();
  });

  test("and of which nothing more is heard, is taken for cancelled after a while; not for as long as the bucket answers", async () => {
    const first = firstWaits();
    const second = firstWaits();
    const waits = new Map([
      ["acme.ini", first.wait],
      ["acme.txt", second.wait],
    ]);
    const it = held(catalogBucket(calls, { get: (go, path) => waits.get(path)?.(go) ?? go() }));
    const lost = it.ask();
    await first.reached;
    it.now += 5000;
    const waiting = it.ask();
    first.letGo();
    await second.reached;
    // It was heard of a moment ago.
    it.now += 5000;
    await scheduler.wait(50);
    expect(calls.filter((call) => call === "list")).toHaveLength(1);

    it.now += 1;
    expect(await waiting).toBe("acme");
    expect(calls).toEqual(["list", "get acme.ini", "get acme.txt", "list", "get acme.txt"]);
    second.letGo();
    await lost;
  });

  test("and comes back after all, puts nothing in force that is older", async () => {
    const first = firstWaits();
    const it = held(catalogBucket(calls, { get: (go, path) => (path === "acme.ini" ? first.wait(go) : go()) }));
    const late = it.ask();
    await first.reached;
    it.now += 5001;
    await putCatalog("beta.ini", "");
    expect(await it.ask()).toBe("acme beta");
    first.letGo();
    expect(await late).toBe("acme beta");
    expect(await it.ask()).toBe("acme beta");
    expect(it.reader.reads).toHaveLength(1);
  });
});

describe("files that are replaced between the list and their reading", () => {
  test("are never read beside older ones: all is listed again", async () => {
    let replaced = false;
    const get = async (go: () => Promise<unknown>, path: string) => {
      if (path === "acme.txt" && !replaced) {
        replaced = true;
        await putCatalog("acme.txt", "coat");
        await putCatalog("acme.ini", "acme.txt");
      }
      return go();
    };
    const { ask, reader } = held(catalogBucket(calls, { get }));
    await ask();
    expect(reader.reads.map(({ files }) => files)).toEqual([["acme.ini=acme.txt", "acme.txt=coat"]]);
    expect(calls.filter((call) => call === "list")).toHaveLength(2);
  });

  test("or deleted, likewise", async () => {
    const get = async (go: () => Promise<unknown>, path: string) => {
      if (path === "acme.txt") await putCatalogs({ "acme.ini": "" });
      return go();
    };
    const { ask, reader } = held(catalogBucket(calls, { get }));
    await ask();
    expect(reader.reads.map(({ files }) => files)).toEqual([["acme.ini="]]);
  });

  test("again and again, wait for the next refresh", async () => {
    let changing = true;
    let version = 0;
    const get = async (go: () => Promise<unknown>, path: string) => {
      if (path === "acme.txt" && changing) await putCatalog("acme.txt", `${version++}`);
      return go();
    };
    const it = held(catalogBucket(calls, { get }));
    await expect(it.ask()).rejects.toMatchObject({ code: "storage" });
    changing = false;
    expect(await it.ask()).toBe("acme");

    changing = true;
    await putCatalogs({ ...TWO, "beta.ini": "" });
    await putCatalog("acme.txt", "other");
    it.now += 10_000;
    expect(await it.ask()).toBe("acme");
    expect(it.reader.reads).toHaveLength(1);
  });
});
