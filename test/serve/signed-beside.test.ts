import { beforeEach, describe, expect, test } from "vitest";
import { lockOf } from "../../src/protocol/lock.ts";
import { obfuscated } from "../../src/protocol/obfuscation.ts";
import { SAVE, saveable, saveError, signedSite } from "../support/refusing.ts";
import { inSeconds, SIGN_KEY, signed } from "../support/signing.ts";
import { ask, properties, site } from "../support/site.ts";

beforeEach(saveable);

const guarded = signedSite();

function errorOf(path: string, init: RequestInit = {}, on = guarded): Promise<string | undefined> {
  return saveError(path, init, on);
}

describe("pictures are for everybody: there a signature is taken off, and looked at no further", () => {
  const LATE = inSeconds(-60);

  test.each([
    ["without one", {}, "quarters?wid=9"],
    ["with one that is wrong", {}, `quarters?wid=9&expires=${LATE}&sig=${"0".repeat(64)}`],
    ["obfuscated, without one", { RequestObfuscation: "1" }, `quarters?${obfuscated("wid=9")}`],
    [
      "obfuscated, with one behind it",
      { RequestObfuscation: "1" },
      `quarters?${obfuscated("wid=9")}&expires=${LATE}&sig=${"0".repeat(64)}`,
    ],
    [
      "locked, with one behind it",
      { RequestLock: "1" },
      `quarters?wid=9&${lockOf("wid=9")}&expires=${LATE}&sig=${"0".repeat(64)}`,
    ],
  ])("%s", async (_, vars, path) => {
    const reply = await ask(path, {}, signedSite(vars));
    expect([reply.status, reply.headers.get("Content-Type")]).toEqual([200, "image/jpeg"]);
    expect(reply.headers.get("X-Fixative-Ignored")).toBeNull();
    await reply.arrayBuffer();
  });

  test("req=resolve shows the request without its signature", async () => {
    const text = await (await ask(await signed("quarters?wid=9&req=resolve"), {}, guarded)).text();
    expect(text).toBe("quarters?wid=9\nwid=9  # the URL, at character 4\n");
  });
});

describe("where saves are not signed, expires and sig are commands that do nothing", () => {
  test.each(["public", "token"])("%s", async (SaveAccess) => {
    const on = site({ SaveAccess }, { saveToken: "battery staple", signKey: SIGN_KEY });
    const headers = { Authorization: "Bearer battery staple" };
    const reply = await ask(`${SAVE}&expires=${inSeconds(-60)}&sig=${"0".repeat(64)}`, { headers }, on);
    const answer = await properties(reply);
    expect(answer).toMatchObject({ status: "done" });
    expect(answer).not.toHaveProperty("ignored");
  });

  test("a signature is no token", async () => {
    const on = site({ SaveAccess: "token" }, { saveToken: "battery staple", signKey: SIGN_KEY });
    expect(await errorOf(await signed(SAVE), {}, on)).toBe("tokenWrong");
  });

  test("they are commands like others: checked, and part of what is locked", async () => {
    expect(await errorOf(`${SAVE}&sig=1`, {}, site())).toBe("badRequest");
    const modifiers = `wid=9&req=saveToFile&name=a.jpg&expires=${inSeconds(9)}&sig=${"0".repeat(64)}`;
    const lock = site({ RequestLock: "1" });
    expect(await errorOf(`quarters?${modifiers}&${lockOf(modifiers)}`, {}, lock)).toBeUndefined();
  });
});

describe("browsers (save-contract, Browsers)", () => {
  test.each([
    ["Sec-Fetch-Site: cross-site", { "Sec-Fetch-Site": "cross-site" }],
    ["Sec-Fetch-Dest: image", { "Sec-Fetch-Dest": "image", "Sec-Fetch-Site": "cross-site" }],
  ])("whoever signed a URL meant it to be followed: %s", async (_, headers) => {
    expect(await errorOf(await signed(SAVE), { headers: headers as Record<string, string> })).toBeUndefined();
  });

  test("but not ahead of its time", async () => {
    expect(await errorOf(await signed(SAVE), { headers: { "Sec-Purpose": "prefetch" } })).toBe("savePrefetch");
  });

  test("and no page may read the answer", async () => {
    const reply = await ask(await signed(SAVE), { headers: { Origin: "https://a.example" } }, guarded);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBeNull();
    expect(await reply.text()).toContain("status=done");
  });
});
