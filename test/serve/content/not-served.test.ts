import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { bucketWith, notedBucket } from "../../support/doubles.ts";
import { hostileNames } from "../../support/hostile-paths.ts";
import { buckets, site, siteWith } from "../../support/site.ts";
import { askPath, headersOf } from "../paths.ts";
import { FILE, serving, stored } from "./stored.ts";

beforeAll(stored);

describe("what is not served", () => {
  const MISSING = "Nothing is saved under this name\n";

  test("switched off it answers as if nothing were there, and asks nobody", async () => {
    const none = await askPath("/is/content/nothing.jpg", {}, serving);
    const calls: string[] = [];
    const off = site({}, { saves: notedBucket(buckets.SAVES, calls) });
    const reply = await askPath(FILE, {}, off);
    expect([reply.status, headersOf(reply), await reply.text()]).toEqual([404, headersOf(none), MISSING]);
    expect(await none.text()).toBe(MISSING);
    expect(calls).toEqual([]);
  });

  // Source: save-contract "Where it goes": what a name may not be.
  test.each([
    ["..%2fhero.jpg", "a segment that is .."],
    ["..%2Felsewhere%2fhero.jpg", "a segment that is .."],
    ["%252e%252e/hero.jpg", undefined],
    ["spring%2f..%2f..%2fhero.jpg", "a segment that is .."],
    ["a/..%2f..%2fhero.jpg", "a segment that is .."],
    ["..%5chero.jpg", "a backslash"],
    ["%2fhero.jpg", "a slash at its beginning"],
    ["/hero.jpg", "a slash at its beginning"],
    ["spring//hero.jpg", "an empty segment"],
    ["spring/", "a slash at its end"],
    ["spring%2f", "a slash at its end"],
    ["", "it is empty"],
    ["hero.jpg%00", "a control character"],
    ["hero.jpg%00.html", "a control character"],
    ["%ff.jpg", "not UTF-8"],
    ["%c0%ae%c0%ae/hero.jpg", "not UTF-8"],
    [".provenance/0abc", ".provenance"],
    [".provenance/0abc.jpg", ".provenance"],
    [".PROVENANCE/0abc.jpg", ".provenance"],
    ["%2eprovenance%2f0abc.jpg", ".provenance"],
    ["page.html", "its extension is not an image's"],
    ["file:hero.jpg", "a scheme"],
    ["a%E2%80%AEgpj.jpg", "a bidirectional control character"],
    [`${"a".repeat(1100)}.jpg`, "at most 1024"],
    [`${"%CC%81".repeat(1500)}.jpg`, "1024"],
    ["spring", undefined],
    ["SPRING/hero.jpg", undefined],
    ["spring/hero.jpg.jpg", undefined],
  ])("%s is not there, and says why where no name is like it", async (name, why) => {
    const reply = await askPath(`/is/content/${name}`, {}, serving);
    const text = await reply.text();
    expect([reply.status, reply.headers.get("content-type")]).toEqual([404, "text/plain; charset=utf-8"]);
    if (why === undefined) expect(text).toBe(MISSING);
    else expect(text).toContain(why);
  });

  test("whatever is asked for, nothing is read but what lies below SavePath and is no marker or provenance", async () => {
    const keys: string[] = [];
    const saves = bucketWith(buckets.SAVES, {
      async get(key: string) {
        keys.push(key);
        return null;
      },
    });
    const on = site({ ServeSaved: "1" }, { saves });
    const paths = fc.oneof(
      hostileNames,
      hostileNames.map((name) => name.replaceAll("/", "%2f")),
    );
    await fc.assert(
      fc.asyncProperty(paths, async (name) => {
        const before = keys.length;
        const reply = await askPath(`/is/content/${name.replaceAll(/[?#]/g, encodeURIComponent)}`, {}, on);
        expect([200, 403, 404]).toContain(reply.status);
        await reply.text();
        for (const key of keys.slice(before)) {
          expect(key).toMatch(/^renditions\/[^/]/);
          expect(key.normalize("NFC")).toBe(key);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant
          expect(key).not.toMatch(/(?:^|\/)(?:\.{0,2}|\.provenance)(?:\/|$)|[\u0000-\u001f\\]/i);
        }
      }),
      { numRuns: 500 },
    );
    expect(keys.length).toBeGreaterThan(20);
  });

  test("other methods are refused, and said which are not", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      const reply = await askPath(FILE, { method }, serving);
      expect([reply.status, reply.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
      await reply.text();
    }
    expect(await buckets.SAVES.head("renditions/spring/hero.jpg")).not.toBeNull();
  });

  test("clients outside of ClientAddressFilter are refused, as they are for pictures", async () => {
    const on = site({ ServeSaved: "1", ClientAddressFilter: "192.0.2.0/24" });
    const from = async (address: string) => {
      const reply = await askPath(FILE, { headers: { "CF-Connecting-IP": address } }, on);
      await reply.arrayBuffer();
      return reply.status;
    };
    expect([await from("192.0.2.7"), await from("198.51.100.7")]).toEqual([200, 403]);
  });

  test("where SavePath is empty nothing is there, and where it names no folder the operator is told", async () => {
    const asked = async (SavePath: string) => {
      const reply = await askPath(FILE, {}, site({ ServeSaved: "1", SavePath }));
      return [reply.status, await reply.text()];
    };
    expect(await asked("")).toEqual([404, "Nothing is saved under this name: SavePath is empty\n"]);
    expect(await asked("../x")).toEqual([500, expect.stringContaining("SaveDirectory and SavePath")]);
  });
});

test("SavePath is that of the default catalog", async () => {
  const on = siteWith({ default: { attributes: { SavePath: "elsewhere" } } }, { ServeSaved: "1" });
  expect(await (await askPath("/is/content/hero.jpg", {}, on)).text()).toBe("not below SavePath");
  const missing = await askPath(FILE, {}, on);
  expect(missing.status).toBe(404);
  await missing.text();
});

test("a bucket that fails is not taken for one without the file", async () => {
  const saves = bucketWith(buckets.SAVES, {
    get: async () => {
      throw new Error("get: We encountered an internal error. Please try again. (10001)");
    },
  });
  const reply = await askPath(FILE, {}, site({ ServeSaved: "1" }, { saves }));
  expect([reply.status, await reply.text()]).toEqual([
    500,
    "The storage did not answer as it should: the file could not be looked up\n",
  ]);
});
