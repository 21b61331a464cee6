import { beforeAll, describe, expect, test } from "vitest";
import { Fault } from "../../../src/faults.ts";
import { lockOf } from "../../../src/protocol/lock.ts";
import { obfuscated } from "../../../src/protocol/obfuscation.ts";
import { handle } from "../../../src/serve/handle.ts";
import type { CatalogSource } from "../../../src/serve/site.ts";
import { abortable } from "../../../src/store/abortable.ts";
import { catalogs, held } from "../../support/catalogs.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import { ask, buckets, properties, savedKeys, site, siteWith, visit } from "../../support/site.ts";

beforeAll(async () => {
  await buckets.SOURCES.put("shoe.png", pngOf(quarters(20, 20)));
});

const status = async (path: string, init: RequestInit, on: Parameters<typeof ask>[2]) => {
  const reply = await ask(path, init, on);
  await reply.arrayBuffer();
  return reply.status;
};

// Source: protocol.md 1.11 to 1.13: of the main catalog, before anything is parsed.
describe("of each catalog by itself count", () => {
  const locked = `wid=7&${lockOf("wid=7")}`;

  test("its lock", async () => {
    const on = siteWith({ acme: { attributes: { RequestLock: "1" } }, bolt: {} });
    expect(await status(`acme/shoe?${locked}`, {}, on)).toBe(200);
    expect(await status("acme/shoe?wid=7", {}, on)).toBe(403);
    expect(await status("bolt/shoe?wid=7", {}, on)).toBe(200);
    expect(await status("shoe?wid=7", {}, on)).toBe(200);
    // A source of it is asked for by another's rules.
    expect(await status("bolt/x?src=acme/shoe", {}, on)).toBe(200);
  });

  test("its lock, which it may do without where all others have one", async () => {
    const on = siteWith({ default: { attributes: { RequestLock: "1" } }, acme: { attributes: { RequestLock: "0" } } });
    expect(await status("acme/shoe?wid=7", {}, on)).toBe(200);
    expect(await status("shoe?wid=7", {}, on)).toBe(403);
  });

  test("its obfuscation, of a form too", async () => {
    const on = siteWith({ acme: { attributes: { RequestObfuscation: "1", RequestLock: "1" } }, bolt: {} });
    expect(await status(`acme/shoe?${obfuscated(locked)}`, {}, on)).toBe(200);
    expect(await status(`acme/shoe?${locked}`, {}, on)).toBe(403);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    expect(await status("acme/shoe", { method: "POST", body: obfuscated(locked), headers }, on)).toBe(200);
    expect(await status("acme/shoe", { method: "POST", body: "wid=7", headers }, on)).toBe(403);
  });

  test("its clients, also when they save", async () => {
    const on = siteWith({ acme: { attributes: { ClientAddressFilter: "10.0.0.0/8" } }, bolt: {} });
    const from = (address: string) => ({ headers: { "CF-Connecting-IP": address } });
    expect(await status("acme/shoe", from("10.1.2.3"), on)).toBe(200);
    expect(await status("acme/shoe", from("11.1.2.3"), on)).toBe(403);
    expect(await status("bolt/shoe", from("11.1.2.3"), on)).toBe(200);
    const before = await savedKeys();
    const save = await ask("acme/shoe?req=saveToFile&name=a.png", from("11.1.2.3"), on);
    expect((await properties(save)).error).toBe("addressRefused");
    expect(await savedKeys()).toEqual(before);
  });

  test("its macros, which go before those of the settings", async () => {
    const specs = { default: { macros: { size: "wid=3" } }, acme: { macros: { size: "wid=4" } } };
    const width = async (path: string) => {
      const plan = await ask(`${path}?$size$&req=plan`, {}, siteWith(specs));
      return ((await plan.json()) as { size: { width: number } }).size.width;
    };
    expect([await width("shoe"), await width("acme/shoe")]).toEqual([3, 4]);
  });
});

describe("a catalog whose files cannot be read", () => {
  const specs = {
    acme: { attributes: { ErrorDetail: "2" }, broken: "acme.ini:3:1: line: wants name=value, got nothing" },
    bolt: { records: { shoe: { Path: "shoe" } } },
  };

  test("answers nothing, in the words of each request type, and others work", async () => {
    const on = siteWith(specs);
    const title = "The catalog cannot be used: its files cannot be read";
    const reply = await ask("acme/shoe", {}, on);
    expect([reply.status, await reply.text()]).toEqual([500, `${title}: ${specs.acme.broken}\n`]);
    const save = await ask("acme/shoe?req=saveToFile&name=a.png", {}, on);
    expect([save.status, (await properties(save)).error]).toEqual([403, "catalogBroken"]);
    expect(await status("acme/shoe?req=validate", {}, on)).toBe(500);
    expect(await status("bolt/shoe", {}, on)).toBe(200);
    // Nor does what takes a part of it, whatever else is wrong.
    for (const client of ["src=acme/shoe", "layer=1&mask=acme/shoe", "template=acme/shoe", "src=is{acme/shoe}&wid=x"]) {
      const part = await ask(`bolt/shoe?${client}`, {}, on);
      expect([part.status, await part.text()]).toEqual([500, `${title}: ${specs.acme.broken}\n`]);
    }
    const partly = await ask("bolt/shoe?req=saveToFile&name=a.png&src=acme/shoe", {}, on);
    expect([partly.status, (await properties(partly)).error]).toEqual([403, "catalogBroken"]);
  });

  test("does not tell strangers what is wrong with it. Source: save-contract Who may save; protocol.md 6.2", async () => {
    const fenced = siteWith({ ...specs, acme: { ...specs.acme, attributes: { ClientAddressFilter: "10.0.0.0/8" } } });
    const outside = { headers: { "CF-Connecting-IP": "11.1.1.1" } };
    const refused = await ask("acme/shoe", outside, fenced);
    expect([refused.status, await refused.text()]).toEqual([403, expect.not.stringContaining("acme.ini")]);
    const guarded = site({ SaveAccess: "token" }, { catalogs: held(catalogs(specs)), saveToken: "secret" });
    const save = await ask("acme/shoe?req=saveToFile&name=a.png", {}, guarded);
    expect((await properties(save)).error).toBe("tokenWrong");
  });

  test("refuses a save by a form as a save, and it is recorded", async () => {
    const lines: string[] = [];
    const telemetry = { log: (line: string) => lines.push(line), saveEvents: undefined };
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const form = { method: "POST", body: "req=saveToFile&name=a.png", headers };
    const reply = await ask("acme/shoe", form, siteWith(specs, {}, { telemetry }));
    expect([reply.status, (await properties(reply)).error]).toEqual([403, "catalogBroken"]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ event: "save", error: "catalogBroken" }]);
  });

  test("does not say how much may be told of it: the default catalog does", async () => {
    const quiet = await ask("acme/shoe", {}, siteWith({ ...specs, default: { attributes: { ErrorDetail: "0" } } }));
    expect(await quiet.text()).toBe("The catalog cannot be used: its files cannot be read\n");
  });
});

describe("catalogs that cannot be loaded", () => {
  const failing = (fault: Fault): CatalogSource => ({
    current: async () => {
      throw fault;
    },
  });

  test("are an error in the words of the request, which is recorded where it is a save", async () => {
    const lines: string[] = [];
    const telemetry = { log: (line: string) => lines.push(line), saveEvents: undefined };
    const on = site({}, { catalogs: failing(new Fault("storage", "the catalogs")), telemetry });
    const reply = await ask("shoe", {}, on);
    expect([reply.status, await reply.text()]).toEqual([
      500,
      "The storage did not answer as it should: the catalogs\n",
    ]);
    const save = await ask("shoe?req=saveToFile&name=a.png", {}, on);
    expect([save.status, (await properties(save)).error]).toEqual([403, "storage"]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { outcome: "failed", error: "storage", object: "shoe" },
    ]);
  });

  /** A source that never answers. */
  const silent = (): CatalogSource => ({ current: (signal) => abortable(new Promise<never>(() => {}), signal) });

  test("are waited for as long as the request has time", async () => {
    const on = site({ ImageTimeout: "20", SaveTimeout: "30" }, { catalogs: silent() });
    expect(await status("shoe", {}, on)).toBe(503);
    const save = await ask("shoe?req=saveToFile&name=a.png", {}, on);
    expect(await properties(save)).toMatchObject({ status: "timeout", error: "saveTimeout" });
    const short = await ask("shoe?req=saveToFile&name=a.png&timeout=5", {}, site({}, { catalogs: silent() }));
    expect(await properties(short)).toMatchObject({ status: "timeout", error: "saveTimeout" });
  });

  test("are not waited for when the client has hung up", async () => {
    const client = new AbortController();
    const answer = handle(visit("shoe", {}, { hungUp: client.signal }), site({}, { catalogs: silent() }));
    client.abort();
    expect((await answer).status).toBe(503);
  });

  test("are not asked for where nothing of them is", async () => {
    const on = site({}, { catalogs: failing(new Fault("storage")) });
    const elsewhere = visit("");
    const other = new Request("https://pictures.example/favicon.ico");
    expect((await handle({ ...elsewhere, request: other }, on)).status).toBe(404);
    const commands = new Request("https://pictures.example/commands.json");
    expect((await handle({ ...elsewhere, request: commands }, on)).status).toBe(200);
  });
});

describe("memory that catalogs hold", () => {
  const holding = (bytes: number) => site({}, { catalogs: held(catalogs({ acme: {} }, bytes)) });

  test("is taken off MemoryBudget beyond four megabytes, twice, since they are read anew beside what there is", async () => {
    const MB = 1_048_576;
    expect(await status("shoe?wid=500&hei=500", {}, holding(4 * MB))).toBe(200);
    const reply = await ask("shoe?wid=500&hei=500", {}, holding((4 + 99 / 2) * MB));
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining(`at most ${MB}`)]);
    expect(await status("shoe", {}, holding(1000 * MB))).toBe(403);
  });
});
