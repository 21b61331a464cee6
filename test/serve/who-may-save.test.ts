import { beforeEach, describe, expect, test } from "vitest";
import { notedBucket } from "../support/doubles.ts";
import { SAVE, saveable, saveError, saveForm } from "../support/refusing.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

beforeEach(saveable);

describe("SaveAccess = token (save-contract, Who may save)", () => {
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
    expect(await saveError(SAVE, { headers: headers as Record<string, string> }, guarded)).toBe(error);
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
});

describe("whether a request is a save is known from the parsed request, never from the URL's text", () => {
  const guarded = site({ SaveAccess: "token" }, { saveToken: "correct horse" });

  test.each([
    "quarters?wid=9&REQ=SAVETOFILE&name=a.jpg",
    "quarters?wid=9&%72%65q=save%54oFile&name=a.jpg",
    "quarters?wid=9&amp;req=saveToFile&amp;name=a.jpg",
    "quarters?wid=9?req=saveToFile&name=a.jpg",
    "quarters?req=img&wid=9&req=saveToFile&name=a.jpg",
  ])("%s is one, however it is spelled", async (path) => {
    expect(await saveError(path, {}, guarded)).toBe("tokenWrong");
    expect(await saveError(path, { headers: { Purpose: "prefetch" } }, site())).toBe("savePrefetch");
    expect((await ask(path, { method: "DELETE" })).headers.get("Allow")).toBe("GET, POST");
  });

  test.each([
    "quarters?wid=9&.req=saveToFile&name=a.jpg",
    "quarters?wid=9&req=saveToFile&name=a.jpg&req=img",
    "quarters?wid=9&text=req=saveToFile",
    "quarters?wid=9&x-req=saveToFile",
  ])("%s is none: everybody is shown the picture, and nothing is saved", async (path) => {
    const before = await savedKeys();
    const reply = await ask(path, { headers: { Purpose: "prefetch" } }, guarded);
    expect(reply.headers.get("Content-Type")).toBe("image/jpeg");
    await reply.arrayBuffer();
    expect(await savedKeys()).toEqual(before);
  });
});

describe("a stranger learns nothing: not whether the name or the source would do, by words or by time", () => {
  const SIGNATURE = `&expires=${Math.floor(Date.now() / 1000) + 60}&sig=${"0".repeat(64)}`;
  const WAYS = [
    ["another token", { SaveAccess: "token" }, {}, "tokenWrong"],
    ["no secret", { SaveAccess: "token" }, { saveToken: "" }, "tokenUnset"],
    ["another token and no lock", { SaveAccess: "token", RequestLock: "1" }, {}, "tokenWrong"],
    ["no signature", { SaveAccess: "signed" }, {}, "signatureMissing"],
    ["another signature", { SaveAccess: "signed" }, {}, "signatureWrong"],
    ["no secret to sign with", { SaveAccess: "signed" }, { signKey: "" }, "signKeyUnset"],
    ["another address", { SaveAccess: "public", ClientAddressFilter: "192.0.2.7" }, {}, "addressRefused"],
  ] as const;
  const ASKED = [
    "quarters?wid=9&req=saveToFile&name=a.jpg",
    "quarters?req=saveToFile&name=../x",
    "quarters?req=saveToFile",
    "quarters?req=saveToFile&name=nowhere/a.jpg",
    "nowhere?req=saveToFile&name=a.jpg&wid=x",
    "quarters?req=saveToFile&name=a.jpg&timeout=999999999",
  ];

  test.each(WAYS)("with %s neither bucket is asked, whatever is wished for", async (says, vars, secrets, error) => {
    const calls: string[] = [];
    const noted = site(vars, {
      saveToken: "correct horse",
      signKey: "battery staple",
      ...secrets,
      sources: notedBucket(buckets.SOURCES, calls),
      saves: notedBucket(buckets.SAVES, calls),
    });
    const messages = new Set<string | undefined>();
    for (const path of ASKED) {
      const answer = await properties(await ask(says === "another signature" ? path + SIGNATURE : path, {}, noted));
      expect(answer).toMatchObject({ status: "failed", error });
      messages.add(answer.message);
    }
    expect(messages.size).toBe(1);
    expect(calls).toEqual([]);
  });

  test("nor by a form, which is read to know that it asks for a save", async () => {
    const calls: string[] = [];
    const saves = notedBucket(buckets.SAVES, calls);
    const sources = notedBucket(buckets.SOURCES, calls);
    const guarded = site({ SaveAccess: "token" }, { saveToken: "correct horse", saves, sources });
    const reply = await ask("quarters", { method: "POST", body: saveForm() }, guarded);
    expect(await properties(reply)).toMatchObject({ status: "failed", error: "tokenWrong" });
    expect(calls).toEqual([]);
  });

  test("and the bucket is asked for the one who may", async () => {
    const calls: string[] = [];
    const saves = notedBucket(buckets.SAVES, calls);
    const guarded = site({ SaveAccess: "token" }, { saveToken: "correct horse", saves });
    expect(await saveError(SAVE, { headers: { Authorization: "Bearer correct horse" } }, guarded)).toBeUndefined();
    expect(calls).toContain("put");
  });
});
