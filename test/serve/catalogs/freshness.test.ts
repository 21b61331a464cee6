import { beforeAll, describe, expect, test } from "vitest";
import type { CatalogSpec } from "../../support/catalogs.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import { ask, buckets, siteWith } from "../../support/site.ts";

beforeAll(async () => {
  await buckets.SOURCES.put("shoe.png", pngOf(quarters(20, 20)));
  await buckets.SOURCES.put("veil.png", pngOf(quarters(20, 20)));
});

const on = siteWith({
  acme: {
    attributes: { Expiration: "2" },
    records: {
      hour: { Path: "shoe", Expiration: "1" },
      never: { Path: "shoe", Expiration: "-1" },
      now: { Path: "shoe", Expiration: "0" },
      asAttribute: { Path: "shoe", Expiration: "-2" },
      silent: { Path: "shoe" },
      half: { Path: "shoe", Expiration: "0.5" },
    },
  },
  bolt: { attributes: { Expiration: "-1" }, records: { silent: { Path: "shoe" } } },
});

const HOUR = 3600;

// Source: protocol.md 6.4, `Expiration`; 7.6: "TTL = minimum of the layers' catalog::Expiration".
describe("a picture may be cached", () => {
  test.each([
    ["as its record says", "acme/hour", HOUR],
    ["for ever, which is a year, where that says so", "acme/never", 365 * 24 * HOUR],
    ["not at all, where that says so", "acme/now", 0],
    ["as its catalog says, where the record leaves it to that", "acme/asAttribute", 2 * HOUR],
    ["as its catalog says, where the record says nothing", "acme/silent", 2 * HOUR],
    ["as its catalog says, without a record", "acme/shoe", 2 * HOUR],
    ["as the catalog of its source says, whatever that of the path is", "bolt/x?src=acme/silent", 2 * HOUR],
    ["as that says, the other way", "acme/x?src=bolt/silent", 365 * 24 * HOUR],
    ["as the setting says, without a catalog", "shoe", 10 * HOUR],
    ["for the least time of picture and mask", "acme/hour?mask=half", HOUR / 2],
    ["for that, the other way", "acme/half?mask=hour", HOUR / 2],
    ["for the finite time of both", "acme/never?mask=hour", HOUR],
    ["for ever, where neither has an end", "acme/never?mask=never", 365 * 24 * HOUR],
    ["as its picture says, where the mask is not used", "acme/hour?mask=now&maskUse=off", HOUR],
  ])("%s: %s", async (_, path, seconds) => {
    const reply = await ask(path, {}, on);
    expect([reply.status, reply.headers.get("Cache-Control")]).toEqual([200, `public, max-age=${seconds}`]);
    await reply.arrayBuffer();
  });
});

const DAY = 24 * 3_600_000;
const AT = Date.UTC(2026, 5, 1, 12, 0, 0);

/** The bucket of the sources, all written at one time. */
function written(at: number): R2Bucket {
  const dated = <T extends object>(object: T | null): T | null =>
    object &&
    new Proxy(object, {
      get(target, name) {
        const value = Reflect.get(target, name, target);
        if (name === "uploaded") return new Date(at);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  const { SOURCES } = buckets;
  return new Proxy(SOURCES, {
    get(target, name) {
      if (name !== "get") return Reflect.get(target, name, target).bind(target);
      return async (key: string, options: R2GetOptions) => dated(await target.get(key, options));
    },
  });
}

const CATALOGS: Readonly<Record<string, CatalogSpec>> = {
  default: { fileTime: AT, attributes: { UseLastModified: "1" } },
  acme: {
    fileTime: AT + DAY,
    records: {
      old: { Path: "shoe", TimeStamp: `${AT - DAY}` },
      fresh: { Path: "shoe", TimeStamp: `${AT + 9 * DAY + 999}` },
      silent: { Path: "shoe" },
      body: { Modifier: "layer=0&src=old", TimeStamp: `${AT + 8 * DAY}` },
    },
  },
  bolt: { fileTime: AT + 7 * DAY, attributes: { UseLastModified: "0" }, records: { silent: { Path: "shoe" } } },
  stamped: {
    fileTime: AT + 7 * DAY,
    attributes: { TimeStamp: `${AT + 2 * DAY}` },
    records: { silent: { Path: "shoe" } },
  },
};
const dated = siteWith(CATALOGS, {}, { sources: written(AT) });

const lastModified = async (path: string, site = dated) => {
  const reply = await ask(path, {}, site);
  expect([path, reply.status]).toEqual([path, 200]);
  await reply.arrayBuffer();
  const header = reply.headers.get("Last-Modified");
  return header === null ? undefined : (Date.parse(header) - AT) / DAY;
};

// Source: protocol.md 6.2, `UseLastModified` and `TimeStamp`; 7.6.
describe("Last-Modified", () => {
  test.each([
    ["of a record is its TimeStamp, to the second", "acme/fresh", 9],
    ["of one older than the file of its catalog is that file's", "acme/old", 1],
    ["of one that says nothing is that file's", "acme/silent", 1],
    ["of a file is its catalog's", "acme/shoe", 1],
    ["without a catalog is that of default.ini", "shoe", 0],
    ["of a catalog with a TimeStamp is that", "stamped/silent", 2],
    ["is the newest of all catalogs", "acme/x?src=bolt/silent", 7],
    ["is the newest of all records", "acme/old?mask=fresh", 9],
    ["is that of a template, too", "acme/old?template=body", 8],
  ])("%s: %s", async (_, path, days) => {
    expect(await lastModified(path)).toBe(days);
  });

  test("is not told where UseLastModified is 0, or nothing has a time", async () => {
    expect(await lastModified("bolt/silent")).toBeUndefined();
    expect(await lastModified("shoe", siteWith({}, { UseLastModified: "1" }))).toBeUndefined();
  });

  const since = async (path: string, days: number, headers: Readonly<Record<string, string>> = {}) => {
    const date = new Date(AT + days * DAY).toUTCString();
    const reply = await ask(path, { headers: { "If-Modified-Since": date, ...headers } }, dated);
    await reply.arrayBuffer();
    return reply.status;
  };

  test("decides about If-Modified-Since", async () => {
    expect(await since("acme/fresh", 9)).toBe(304);
    expect(await since("acme/fresh", 10)).toBe(304);
    expect(await since("acme/fresh", 8)).toBe(200);
    expect(await since("bolt/silent", 100)).toBe(200);
  });

  test("of a file that was replaced decides as well, of which no catalog tells", async () => {
    const path = { headers: { "If-Modified-Since": new Date(AT + 9 * DAY).toUTCString() } };
    const replaced = siteWith(CATALOGS, {}, { sources: written(AT + 10 * DAY) });
    const reply = await ask("acme/fresh", path, replaced);
    expect([reply.status, (await reply.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
  });

  test("is the default catalog's, too, where that is newer: its attributes and macros are inherited", async () => {
    const specs = { ...CATALOGS, default: { fileTime: AT + 20 * DAY, attributes: { UseLastModified: "1" } } };
    expect(await lastModified("acme/fresh", siteWith(specs))).toBe(20);
  });

  test("is never in the future. Source: RFC 9110, 8.8.2.1", async () => {
    const specs = { acme: { attributes: { UseLastModified: "1", TimeStamp: "4000000000000" } } };
    const before = Math.floor(Date.now() / 1000) * 1000;
    const told = await ask("acme/shoe", {}, siteWith(specs));
    expect(Date.parse(told.headers.get("Last-Modified") ?? "")).toBeGreaterThanOrEqual(before);
    expect(Date.parse(told.headers.get("Last-Modified") ?? "")).toBeLessThanOrEqual(Date.now());
    await told.arrayBuffer();
  });

  test("is asked only where there is no tag", async () => {
    const { headers } = await ask("acme/fresh", {}, dated);
    expect(await since("acme/fresh", 100, { "If-None-Match": '"other"' })).toBe(200);
    expect(await since("acme/fresh", 0, { "If-None-Match": headers.get("ETag") ?? "" })).toBe(304);
  });

  test("is told with a 304, as is the time that it may be cached", async () => {
    const reply = await ask(
      "acme/fresh",
      { headers: { "If-Modified-Since": new Date(AT + 9 * DAY).toUTCString() } },
      dated,
    );
    expect(reply.status).toBe(304);
    expect(reply.headers.get("Last-Modified")).toBe(new Date(AT + 9 * DAY).toUTCString());
    expect(reply.headers.get("Cache-Control")).toBe("public, max-age=36000");
  });

  test("says nothing of a picture that is not there", async () => {
    expect(await since("acme/nowhere", 100)).toBe(403);
  });

  test("that is no date is passed over", async () => {
    const headers = { "If-Modified-Since": "yesterday" };
    expect((await ask("acme/fresh", { headers }, dated)).status).toBe(200);
  });
});
