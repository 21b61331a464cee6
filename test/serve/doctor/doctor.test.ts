import { beforeEach, describe, expect, test } from "vitest";
import { isAttributeFile, namesIn } from "../../../src/catalog/files/attribute-file.ts";
import { readCatalogs } from "../../../src/catalog/read-catalogs.ts";
import { Fault } from "../../../src/faults.ts";
import { CatalogHolder } from "../../../src/resolve/catalogs.ts";
import { CHECKS } from "../../../src/serve/doctor/checks.ts";
import { refuseWithoutSettings } from "../../../src/serve/handle.ts";
import { readSettings } from "../../../src/settings/settings.ts";
import { r2CatalogFiles } from "../../../src/store/catalog-files.ts";
import { VERSION } from "../../../src/version.ts";
import { bucketWith } from "../../support/doubles.ts";
import { saveable } from "../../support/refusing.ts";
import { buckets, site, siteWith, visit } from "../../support/site.ts";
import { askDoctor, findings } from "./asking.ts";

beforeEach(saveable);

const TOKEN = "correct horse battery staple";
const deployed = site({ SaveAccess: "token" }, { saveToken: TOKEN });
const withToken = { headers: { Authorization: `Bearer ${TOKEN}` } };

describe("GET /is/doctor", () => {
  test("answers with the version and every check by its name, which no two have in common", async () => {
    const reply = await askDoctor(deployed, { init: withToken });
    const { version, checks } = await reply.json<{ version: string; checks: readonly { name: string }[] }>();
    const names = checks.map(({ name }) => name);
    expect([reply.status, version]).toEqual([200, VERSION]);
    expect(names).toEqual(CHECKS.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });

  test("finds nothing wrong with a deployment that can save", async () => {
    const found = Object.values(await findings(deployed, { init: withToken }));
    expect(found.filter(({ ok }) => !ok)).toEqual([]);
  });

  test("is kept by nobody, and to a HEAD has no body", async () => {
    const got = await askDoctor(deployed, { init: withToken });
    await got.arrayBuffer();
    const head = await askDoctor(deployed, { init: { ...withToken, method: "HEAD" } });
    expect(got.headers.get("Cache-Control")).toBe("no-cache, no-store");
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("takes no other method, and says which ones it takes", async () => {
    const reply = await askDoctor(deployed, { init: { ...withToken, method: "POST" } });
    expect([reply.status, reply.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
    expect(await reply.json()).toMatchObject({ error: "methodRefused" });
  });
});

describe("only who may manage is told anything", () => {
  test.each([
    ["no token", site({ SaveAccess: "token" }, { saveToken: TOKEN }), {}, "tokenWrong"],
    ["no secret", site({ SaveAccess: "token" }), withToken, "tokenUnset"],
    ["no token where URLs are signed", site({ SaveAccess: "signed" }, { saveToken: TOKEN }), {}, "tokenWrong"],
    [
      "another address",
      site({ ClientAddressFilter: "192.0.2.7" }),
      { headers: { "CF-Connecting-IP": "203.0.113.9" } },
      "addressRefused",
    ],
    [
      "another address than the default catalog names",
      siteWith({ default: { attributes: { ClientAddressFilter: "192.0.2.7" } } }),
      { headers: { "CF-Connecting-IP": "203.0.113.9" } },
      "addressRefused",
    ],
    ["a page of another site", site(), { headers: { "Sec-Fetch-Site": "cross-site" } }, "saveFromBrowser"],
    ["a prefetch", site(), { headers: { "Sec-Purpose": "prefetch" } }, "savePrefetch"],
  ] as const)("with %s nobody is", async (_, on, init, error) => {
    const reply = await askDoctor(on, { init: init as RequestInit });
    const answer = await reply.json<Record<string, unknown>>();
    expect(answer.error).toBe(error);
    expect(answer).not.toHaveProperty("checks");
  });

  test("no secret is in the answer, whatever it is about", async () => {
    const both = site({ SaveAccess: "signed" }, { saveToken: TOKEN, signKey: "a key that nobody knows" });
    const text = await (await askDoctor(both, { init: withToken })).text();
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain("a key that nobody knows");
  });
});

test("where the settings cannot be read, the one that is wrong is told in JSON", async () => {
  const fault = new Fault("settings", 'MaxPix: wants width,height, got "abc"');
  const request = new Request("https://pictures.example/is/doctor");
  const { telemetry } = site();
  const reply = await refuseWithoutSettings(visit("", {}, { request }), fault, telemetry);
  expect([reply.status, await reply.json()]).toEqual([
    500,
    { error: "settings", title: expect.any(String), message: expect.stringContaining("MaxPix") },
  ]);
});

describe("what fails is told beside the rest", () => {
  test("a bucket that throws: its check says so, and what to mend", async () => {
    const failing = bucketWith(buckets.SAVES, { list: () => Promise.reject(new Error("10001")) });
    const { saves, sources, memory } = await findings(site({}, { saves: failing }));
    expect(saves).toMatchObject({ ok: false, says: expect.stringContaining("SAVES could not be looked up") });
    expect(saves?.mend).toContain("wrangler r2 bucket list");
    expect([sources?.ok, memory?.ok]).toEqual([true, true]);
  });

  test("a bucket that is silent: its checks end when the time is up, and the others have been made", async () => {
    const silent = bucketWith(buckets.SOURCES, { list: () => new Promise(() => {}) });
    const reader = { read: readCatalogs, isAttributeFile, namesIn };
    const catalogs = new CatalogHolder(r2CatalogFiles(silent), readSettings({}), () => {}, reader);
    // The time is up as soon as the other bucket has answered.
    const time = new AbortController();
    const answering = bucketWith(buckets.SAVES, {
      async list(options: R2ListOptions) {
        const listed = await buckets.SAVES.list(options);
        setTimeout(() => time.abort(), 0);
        return listed;
      },
    });
    const on = site({}, { sources: silent, saves: answering, catalogs });
    const found = await findings(on, { hungUp: time.signal });
    for (const name of ["sources", "catalogs"]) {
      expect(found[name]).toMatchObject({ ok: false, says: "No answer within 10000 ms" });
    }
    expect([found.saves?.ok, found.switches?.ok]).toEqual([true, true]);
  });
});
