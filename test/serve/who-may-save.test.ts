import { beforeEach, describe, expect, test } from "vitest";
import type { Site } from "../../src/serve/site.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

const SAVE = "quarters?wid=9&req=saveToFile&name=a.jpg";

beforeEach(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(20, 20)));
  await buckets.SAVES.delete("renditions/a.jpg");
  await buckets.SAVES.put("renditions/", new Uint8Array());
});

async function errorOf(headers: Record<string, string>, on: Site): Promise<string | undefined> {
  const before = await savedKeys();
  const reply = await ask(SAVE, { headers }, on);
  const { error } = await properties(reply);
  if (error !== undefined) {
    expect(reply.status).toBe(403);
    expect(await savedKeys()).toEqual(before);
  } else expect(reply.status).toBe(200);
  return error;
}

describe("SaveAccess = token", () => {
  const guarded = site({ SaveAccess: "token" }, { saveToken: "correct horse" });

  test.each([
    ["no header", {}, "tokenWrong"],
    ["another token", { Authorization: "Bearer correct hors" }, "tokenWrong"],
    ["the token and more", { Authorization: "Bearer correct horse battery" }, "tokenWrong"],
    ["another scheme", { Authorization: "Basic correct horse" }, "tokenWrong"],
    ["an empty token", { Authorization: "Bearer " }, "tokenWrong"],
    ["the token", { Authorization: "Bearer correct horse" }, undefined],
    ["the token, the scheme in another case", { Authorization: "bearer correct horse" }, undefined],
  ])("%s", async (_, headers, error) => {
    expect(await errorOf(headers as Record<string, string>, guarded)).toBe(error);
  });

  test.each([undefined, ""])("without a secret (%j) every save is refused, saying what to set", async (saveToken) => {
    const unset = site({ SaveAccess: "token", ErrorDetail: "0" }, { saveToken });
    for (const headers of [{}, { Authorization: "Bearer " }, { Authorization: "Bearer undefined" }]) {
      const answer = await properties(await ask(SAVE, { headers }, unset));
      expect(answer).toMatchObject({ status: "failed", error: "tokenUnset" });
      expect(answer.message).toContain("SAVE_TOKEN");
    }
  });

  test("pictures are for everybody", async () => {
    const reply = await ask("quarters?wid=9", {}, guarded);
    expect(reply.status).toBe(200);
    await reply.arrayBuffer();
  });

  test("a stranger learns nothing else: not whether the name or the source would do", async () => {
    for (const path of ["quarters?req=saveToFile&name=../x", "nowhere?req=saveToFile&name=a.jpg&wid=x"]) {
      expect(await properties(await ask(path, {}, guarded))).toMatchObject({ error: "tokenWrong" });
    }
  });
});

describe("browsers, even where everybody may save", () => {
  test.each([
    ["Sec-Purpose: prefetch", { "Sec-Purpose": "prefetch" }, "savePrefetch"],
    ["Sec-Purpose: prefetch;prerender", { "Sec-Purpose": "prefetch;prerender" }, "savePrefetch"],
    ["Purpose: Prefetch", { Purpose: "Prefetch" }, "savePrefetch"],
    ["X-Moz: prefetch", { "X-Moz": "prefetch" }, "savePrefetch"],
    ["Sec-Fetch-Site: cross-site", { "Sec-Fetch-Site": "cross-site" }, "saveFromBrowser"],
    ["Sec-Fetch-Dest: image", { "Sec-Fetch-Dest": "image" }, "saveFromBrowser"],
    ["Sec-Fetch-Site: none", { "Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document" }, undefined],
    ["Sec-Fetch-Site: same-origin", { "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty" }, undefined],
  ])("%s", async (_, headers, error) => {
    expect(await errorOf(headers as Record<string, string>, site())).toBe(error);
  });

  test("an origin that SaveOrigins lists may save across sites and read the answer", async () => {
    const listed = site({ SaveOrigins: "https://a.example, https://b.example" });
    const headers = { Origin: "https://b.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "empty" };
    const reply = await ask(SAVE, { headers }, listed);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("https://b.example");
    expect(reply.headers.get("Vary")).toBe("Origin");
    await reply.text();
    expect(await errorOf({ ...headers, Origin: "https://c.example" }, listed)).toBe("saveFromBrowser");
    expect(await errorOf({ ...headers, "Sec-Fetch-Dest": "image" }, listed)).toBe("saveFromBrowser");
  });

  test("a listed origin can read every refusal as well", async () => {
    const listed = site({ SaveOrigins: "https://a.example" });
    const headers = { Origin: "https://a.example" };
    for (const init of [{ method: "PUT" }, { method: "POST", body: "no form" }]) {
      const reply = await ask(SAVE, { ...init, headers }, listed);
      expect(reply.status).toBeGreaterThanOrEqual(403);
      expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("https://a.example");
      await reply.text();
    }
  });

  test("OPTIONS is answered for listed origins only", async () => {
    const listed = site({ SaveOrigins: "https://a.example" });
    const asked = (Origin: string) => ask("quarters", { method: "OPTIONS", headers: { Origin } }, listed);
    const yes = await asked("https://a.example");
    expect(yes.status).toBe(204);
    expect(yes.headers.get("Access-Control-Allow-Origin")).toBe("https://a.example");
    expect(yes.headers.get("Access-Control-Allow-Headers")).toContain("Authorization");
    const no = await asked("https://b.example");
    expect(no.status).toBe(405);
    expect(no.headers.get("Access-Control-Allow-Origin")).toBeNull();
    await no.text();
  });
});
