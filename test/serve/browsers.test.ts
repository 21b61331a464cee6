import { beforeEach, describe, expect, test } from "vitest";
import type { Site } from "../../src/serve/site.ts";
import { SAVE, saveable, saveError } from "../support/refusing.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

beforeEach(saveable);

function errorOf(headers: Record<string, string>, on: Site, init: RequestInit = {}): Promise<string | undefined> {
  return saveError(SAVE, { ...init, headers }, on);
}

describe("a request with the token prefetch is refused, even where everybody may save (save-contract, The request)", () => {
  test.each([
    ["Sec-Purpose", "prefetch"],
    ["Sec-Purpose", "prefetch;prerender"],
    ["Sec-Purpose", "prerender, prefetch"],
    ["Purpose", "Prefetch"],
    ["Purpose", "prefetch"],
    ["X-Moz", "prefetch"],
  ])("%s: %s", async (name, value) => {
    expect(await errorOf({ [name]: value }, site())).toBe("savePrefetch");
    expect(await errorOf({ [name]: value }, site(), { method: "POST" })).toBe("savePrefetch");
    const guarded = site({ SaveAccess: "token" }, { saveToken: "correct horse" });
    expect(await errorOf({ [name]: value, Authorization: "Bearer correct horse" }, guarded)).toBe("savePrefetch");
  });

  test.each([
    ["Sec-Purpose", "prefetched"],
    ["Purpose", "preview"],
    ["X-Moz", "livebookmarks"],
    ["X-Purpose", "prefetch"],
  ])("%s: %s is another one", async (name, value) => {
    expect(await errorOf({ [name]: value }, site())).toBeUndefined();
  });

  test("pictures may be prefetched", async () => {
    const reply = await ask("quarters?wid=9", { headers: { "Sec-Purpose": "prefetch" } });
    expect(reply.status).toBe(200);
    await reply.arrayBuffer();
  });
});

describe("no page may drive a developer's localhost: Sec-Fetch-* under public and token (save-contract, Browsers)", () => {
  const guarded = site({ SaveAccess: "token" }, { saveToken: "correct horse" });

  test.each([
    ["Sec-Fetch-Site: cross-site", { "Sec-Fetch-Site": "cross-site" }, "saveFromBrowser"],
    ["Sec-Fetch-Site: Cross-Site", { "Sec-Fetch-Site": "Cross-Site" }, "saveFromBrowser"],
    ["Sec-Fetch-Dest: image", { "Sec-Fetch-Dest": "image" }, "saveFromBrowser"],
    ["an image of the same site", { "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image" }, "saveFromBrowser"],
    [
      "a page that is followed to",
      { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate" },
      "saveFromBrowser",
    ],
    ["Sec-Fetch-Site: none", { "Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document" }, undefined],
    ["Sec-Fetch-Site: same-origin", { "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty" }, undefined],
    ["no browser at all", {}, undefined],
  ])("%s", async (_, headers, error) => {
    const sent = headers as Record<string, string>;
    expect(await errorOf(sent, site())).toBe(error);
    expect(await errorOf(sent, site(), { method: "POST" })).toBe(error);
    expect(await errorOf({ ...sent, Authorization: "Bearer correct horse" }, guarded)).toBe(error);
  });

  test("nor by a form of another site", async () => {
    const body = new URLSearchParams({ req: "saveToFile", name: "a.jpg" });
    const init = { method: "POST", body, headers: { "Sec-Fetch-Site": "cross-site" } };
    expect(await properties(await ask("quarters", init))).toMatchObject({ error: "saveFromBrowser" });
    expect(await buckets.SAVES.head("renditions/a.jpg")).toBeNull();
  });

  test("pictures are shown on pages of other sites", async () => {
    const headers = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image", Origin: "https://shop.example" };
    const reply = await ask("quarters?wid=9", { headers });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("*");
    await reply.arrayBuffer();
  });
});

describe("no Access-Control-Allow-Origin on saves unless SaveOrigins lists the origin (save-contract, Browsers)", () => {
  const listed = site({ SaveOrigins: "https://a.example, https://b.example" });

  test("an origin that is listed may save across sites and read the answer", async () => {
    const headers = { Origin: "https://b.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "empty" };
    const reply = await ask(SAVE, { headers }, listed);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("https://b.example");
    expect(reply.headers.get("Vary")).toBe("Origin");
    await reply.text();
    expect(await errorOf({ ...headers, Origin: "https://c.example" }, listed)).toBe("saveFromBrowser");
    expect(await errorOf({ ...headers, "Sec-Fetch-Dest": "image" }, listed)).toBe("saveFromBrowser");
  });

  test("being listed is no token", async () => {
    const vars = { SaveAccess: "token", SaveOrigins: "https://a.example" };
    const guarded = site(vars, { saveToken: "correct horse" });
    expect(await errorOf({ Origin: "https://a.example" }, guarded)).toBe("tokenWrong");
  });

  test("a listed origin can read every refusal as well", async () => {
    const headers = { Origin: "https://a.example" };
    for (const init of [{ method: "PUT" }, { method: "POST", body: "no form" }]) {
      const reply = await ask(SAVE, { ...init, headers }, listed);
      expect(reply.status).toBeGreaterThanOrEqual(403);
      expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("https://a.example");
      await reply.text();
    }
  });

  test.each([
    "https://c.example",
    "https://a.example.evil.example",
    "http://a.example",
    "https://a.example:8443",
    "https://A.example",
    "null",
    "*",
    "https://a.example, https://b.example",
  ])("%s is not listed: it may read neither what was done nor what was refused", async (Origin) => {
    for (const path of [SAVE, "quarters?req=saveToFile&name=../a.jpg", "nowhere?req=saveToFile&name=a.jpg"]) {
      const reply = await ask(path, { headers: { Origin } }, listed);
      expect(await reply.text()).toMatch(/^#S7Z /);
      expect(reply.headers.get("Access-Control-Allow-Origin")).toBeNull();
    }
  });

  test("OPTIONS is answered for listed origins only, and lists what a save is told by headers", async () => {
    const asked = (Origin: string) => ask(SAVE, { method: "OPTIONS", headers: { Origin } }, listed);
    const yes = await asked("https://a.example");
    expect([yes.status, yes.body]).toEqual([204, null]);
    expect(Object.fromEntries(yes.headers)).toMatchObject({
      "access-control-allow-origin": "https://a.example",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "Authorization, Content-Type, If-Match, If-None-Match",
      vary: "Origin",
    });
    const no = await asked("https://c.example");
    expect(no.status).toBe(405);
    expect(no.headers.get("Access-Control-Allow-Origin")).toBeNull();
    await no.text();
    const none = await ask(SAVE, { method: "OPTIONS" }, listed);
    expect([none.status, none.headers.get("Allow")]).toEqual([405, "GET, POST"]);
    await none.text();
    expect(await buckets.SAVES.head("renditions/a.jpg")).toBeNull();
  });
});

test.each(["https://shop.example/", "shop.example", "https://shop.example/page", "*", "https://shop.example, null"])(
  "SaveOrigins = %s is a broken setting: it would never be an origin",
  (SaveOrigins) => {
    expect(() => site({ SaveOrigins })).toThrow("SaveOrigins: wants origins");
  },
);
