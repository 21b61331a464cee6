import { beforeAll, describe, expect, test } from "vitest";
import { pngOf, quarters } from "../support/charts.ts";
import { notedBucket } from "../support/doubles.ts";
import { SIGN_KEY } from "../support/signing.ts";
import { buckets, site } from "../support/site.ts";
import { askPath } from "./paths.ts";

const PNG = Uint8Array.from(pngOf(quarters(20, 20)));
const TOKEN = { Authorization: "Bearer correct horse" };

/** What is for who may manage, and what is answered to who may. */
const MANAGED: readonly (readonly [what: string, path: string, init: RequestInit, status: number])[] = [
  ["the list of what was saved", "/is/content", {}, 200],
  ["the list of sources", "/is/sources", {}, 200],
  [
    "putting a source",
    "/is/sources/managed.png",
    { method: "PUT", body: PNG, headers: { "Content-Length": String(PNG.length) } },
    201,
  ],
];

beforeAll(async () => {
  await buckets.SOURCES.put("a.png", PNG);
});

// Source: save-contract "Who may save", "Browsers".
describe.each(MANAGED)("%s", (_, path, init, status) => {
  const vars = { ManageSources: "1", ServeSaved: "1" };
  const guarded = site({ ...vars, SaveAccess: "token" }, { saveToken: "correct horse" });
  /** The status, and the code of the fault. */
  const became = async (headers: Record<string, string>, on = guarded) => {
    const all = { ...(init.headers as Record<string, string> | undefined), ...headers };
    const reply = await askPath(path, { ...init, headers: all }, on);
    expect(reply.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(reply.headers.get("cache-control")).toBe("no-cache, no-store");
    expect(reply.headers.get("access-control-allow-origin")).toBeNull();
    const { error } = (await reply.json()) as { error?: string };
    return [reply.status, error];
  };

  test("is for who has the token", async () => {
    expect(await became(TOKEN)).toEqual([status, undefined]);
  });

  test.each<[string, Record<string, string>]>([
    ["no token", {}],
    ["another token", { Authorization: "Bearer correct hors" }],
    ["another scheme", { Authorization: "Basic correct horse" }],
  ])("is not for who has %s, and no bucket is asked anything", async (_, headers) => {
    const calls: string[] = [];
    const parts = {
      saveToken: "correct horse",
      sources: notedBucket(buckets.SOURCES, calls),
      saves: notedBucket(buckets.SAVES, calls),
    };
    // Whether sources are managed at all is not said either.
    for (const ManageSources of ["0", "1"]) {
      const on = site({ ...vars, ManageSources, SaveAccess: "token" }, parts);
      expect(await became(headers, on)).toEqual([403, "tokenWrong"]);
    }
    expect(calls).toEqual([]);
  });

  test("without a secret it is for nobody", async () => {
    expect(await became(TOKEN, site({ ...vars, SaveAccess: "token" }))).toEqual([500, "tokenUnset"]);
  });

  test("where everybody may save it is for everybody", async () => {
    expect(await became({}, site(vars))).toEqual([status, undefined]);
  });

  test("where saves are signed it takes the token all the same: a signature is for one save", async () => {
    const on = site({ ...vars, SaveAccess: "signed" }, { signKey: SIGN_KEY, saveToken: "correct horse" });
    expect(await became({}, on)).toEqual([403, "tokenWrong"]);
    expect(await became(TOKEN, on)).toEqual([status, undefined]);
  });

  test.each<[string, Record<string, string>, string]>([
    ["a page of another site", { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" }, "saveFromBrowser"],
    ["an <img>", { "Sec-Fetch-Dest": "image" }, "saveFromBrowser"],
    ["a prefetch", { "Sec-Purpose": "prefetch;prerender" }, "savePrefetch"],
  ])("is not for %s, with or without the token", async (_, headers, error) => {
    for (const on of [guarded, site(vars)]) {
      expect(await became({ ...TOKEN, ...headers }, on)).toEqual([403, error]);
    }
  });

  test("is not for clients outside of ClientAddressFilter", async () => {
    const on = site({ ...vars, ClientAddressFilter: "192.0.2.7" });
    expect(await became({ "CF-Connecting-IP": "198.51.100.7" }, on)).toEqual([403, "addressRefused"]);
    expect(await became({ "CF-Connecting-IP": "192.0.2.7" }, on)).toEqual([status, undefined]);
  });

  test("other methods are refused", async () => {
    const reply = await askPath(path, { method: "DELETE", headers: TOKEN }, guarded);
    expect(reply.status).toBe(405);
    expect(reply.headers.get("allow")).toBe(init.method ?? "GET, HEAD");
    expect(await reply.json()).toMatchObject({ error: "methodRefused" });
  });
});

test.each(MANAGED.slice(1))(
  "where ManageSources is off, %s is not there, and what is is said",
  async (_, path, init) => {
    const reply = await askPath(path, init, site({ ServeSaved: "1" }));
    expect(reply.status).toBe(404);
    expect(await reply.json()).toEqual({
      error: "managingOff",
      title: "Sources are not managed here: ManageSources is switched off",
      message: "Sources are not managed here: ManageSources is switched off",
    });
  },
);

test("what was saved may be listed where it is not served: by who may save", async () => {
  const reply = await askPath("/is/content", {}, site());
  expect(reply.status).toBe(200);
  await reply.json();
});
