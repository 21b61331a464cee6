import { beforeEach, describe, expect, test } from "vitest";
import { handle } from "../../src/serve/handle.ts";
import { SAVE, saveable, saveError, saveForm, signedSite } from "../support/refusing.ts";
import { inSeconds, SIGN_KEY, signatureByTheLetter, signed } from "../support/signing.ts";
import { ask, buckets, properties, savedKeys, visit } from "../support/site.ts";

beforeEach(saveable);

const guarded = signedSite();

function errorOf(path: string, init: RequestInit = {}, on = guarded): Promise<string | undefined> {
  return saveError(path, init, on);
}

describe("a signed URL saves", () => {
  test("and saves again, until it expires: replay is allowed", async () => {
    const path = await signed(SAVE);
    for (let times = 0; times < 2; times++) {
      expect(await properties(await ask(path, {}, guarded))).toMatchObject({ status: "done", width: "9" });
    }
  });

  test("by the signature that openssl finds", async () => {
    // printf 'v1\npictures.example\n/is/image/quarters\nwid=9&…&expires=1795360000' | openssl dgst -sha256 -hmac …
    const sig = "245f673076b535e161a55457af99ae688b9fd37f4fbea1b99d6f0207f17b42ed";
    const query = "wid=9&req=saveToFile&name=a.jpg&expires=1795360000";
    expect(await signatureByTheLetter("pictures.example", "/is/image/quarters", query)).toBe(sig);
    const then = visit(`${SAVE}&expires=1795360000&sig=${sig}`, {}, { arrived: 1_795_359_999_000 });
    // It was not refused then; that it arrived long ago is found out later.
    expect(await properties(await handle(then, guarded))).toMatchObject({ error: "saveTimeout" });
  });

  test.each([
    "quarters?wid=9&req=saveToFile&name=it's a {new} [one]|^`é\".jpg",
    "../image/./quarters?wid=9&req=saveToFile&name=a.jpg",
    "quarters?wid=9&text=a\tb&req=saveToFile&name=a%20b+c%2Bd.jpg",
    "quarters?.a=1&$sig=1&$expires=2&.sig=3&wid=9&req=saveToFile&name=a.jpg",
  ])("however its client spells it: %s is signed as a URL parser writes it", async (path) => {
    const answer = await properties(await ask(await signed(path), {}, guarded));
    expect(answer).toMatchObject({ status: "done" });
  });

  test("and its signature is neither said in the answer nor kept with the object", async () => {
    const path = await signed(SAVE);
    const [, sig = ""] = path.split("&sig=");
    const reply = await (await ask(path, {}, guarded)).text();
    expect(reply).toContain("status=done");
    expect(reply).not.toMatch(/ignored|sig|expires/);
    const object = await buckets.SAVES.head("renditions/a.jpg");
    expect(JSON.stringify(object?.customMetadata)).not.toContain(sig);
    expect(JSON.stringify(object?.customMetadata)).not.toMatch(/\b(?:sig|expires)=/);
  });
});

describe("without the secret SIGN_KEY every save is refused, saying what to set", () => {
  test.each([undefined, ""])("%j", async (signKey) => {
    const unset = signedSite({ ErrorDetail: "0" }, { signKey, saveToken: SIGN_KEY });
    const asked: [string, RequestInit][] = [
      [SAVE, {}],
      [await signed(SAVE), {}],
      [await signed(SAVE), { method: "POST" }],
      ["quarters", { method: "POST", body: saveForm() }],
    ];
    for (const [path, init] of asked) {
      const answer = await properties(await ask(path, init, unset));
      expect(answer).toMatchObject({ status: "failed", error: "signKeyUnset" });
      expect(answer.message).toContain("SIGN_KEY");
    }
  });

  test("the token is another secret: it neither signs nor opens", async () => {
    const both = signedSite({}, { saveToken: "battery staple" });
    expect(await errorOf(await signed(SAVE, inSeconds(60), "battery staple"), {}, both)).toBe("signatureWrong");
    expect(await errorOf(SAVE, { headers: { Authorization: "Bearer battery staple" } }, both)).toBe("signatureMissing");
  });
});

describe("a signature is that of host, path, modifiers, time and key", () => {
  const query = (expires: number) => `wid=9&req=saveToFile&name=a.jpg&expires=${expires}`;

  test.each([
    ["another host", "pictures.example:8443", "/is/image/quarters", SIGN_KEY],
    ["another path", "pictures.example", "/is/image/halves", SIGN_KEY],
    ["the path behind a proxy", "pictures.example", "/shop/is/image/quarters", SIGN_KEY],
    ["another key", "pictures.example", "/is/image/quarters", `${SIGN_KEY} `],
  ])("%s", async (_, host, pathname, key) => {
    const expires = inSeconds(60);
    const sig = await signatureByTheLetter(host, pathname, query(expires), key);
    expect(await errorOf(`${SAVE}&expires=${expires}&sig=${sig}`)).toBe("signatureWrong");
  });

  test("other modifiers, or another time", async () => {
    const expires = inSeconds(60);
    const [, sig] = (await signed(SAVE, expires)).split("&sig=");
    expect(await errorOf(`${SAVE}&expires=${expires + 1}&sig=${sig}`)).toBe("signatureWrong");
    expect(await errorOf(`${SAVE}&hei=9&expires=${expires}&sig=${sig}`)).toBe("signatureWrong");
  });

  test("a text without the version is signed for something else", async () => {
    const expires = inSeconds(60);
    const text = new TextEncoder().encode(`pictures.example\n/is/image/quarters\n${query(expires)}`);
    const hmac = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(SIGN_KEY), hmac, false, ["sign"]);
    const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, text));
    const sig = [...mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(await errorOf(`${SAVE}&expires=${expires}&sig=${sig}`)).toBe("signatureWrong");
  });
});

describe("the time of a signature is compared with that of the request's arrival", () => {
  const DAY = 86_400;

  async function errorAt(arrived: number, expires: number, on = guarded): Promise<string | undefined> {
    const before = await savedKeys();
    const { error } = await properties(await handle(visit(await signed(SAVE, expires), {}, { arrived }), on));
    if (error !== undefined) expect(await savedKeys()).toEqual(before);
    return error;
  }

  // An hour ahead of the clock: a request that arrived then is not out of time, whatever the clock says.
  const arrived = inSeconds(3600) * 1000;
  const expires = arrived / 1000;

  test.each([
    ["a second left", 1, undefined],
    ["none left", 0, "signatureExpired"],
    ["a second too late", -1, "signatureExpired"],
    ["a day left", DAY, undefined],
    ["a second more than a day", DAY + 1, "signatureTooLong"],
  ])("%s", async (_, seconds, error) => {
    expect(await errorAt(arrived, expires + seconds)).toBe(error);
  });

  test("to the millisecond", async () => {
    expect(await errorAt(arrived - 1, expires)).toBeUndefined();
    expect(await errorAt(arrived - 1, expires + DAY)).toBe("signatureTooLong");
  });

  test("MaxSignedLife is its longest life, in seconds", async () => {
    const short = signedSite({ MaxSignedLife: "60", ErrorDetail: "0" });
    expect(await errorAt(arrived, expires + 60, short)).toBeUndefined();
    expect(await errorAt(arrived, expires + 61, short)).toBe("signatureTooLong");
    const late = visit(await signed(SAVE, expires + 90), {}, { arrived });
    const { message } = await properties(await handle(late, short));
    expect(message).toContain("MaxSignedLife allows\\: wants at most 60 s, got 90");
  });

  test("only who has the right signature learns about its time", async () => {
    for (const seconds of [-1, DAY + 100]) {
      expect(await errorOf(await signed(SAVE, inSeconds(seconds), "another"))).toBe("signatureWrong");
    }
  });
});

describe("GET only", () => {
  test("a POST is refused, whether its URL is signed or not, and a form never adds to what was signed", async () => {
    const asked: [string, RequestInit][] = [
      [await signed(SAVE), { method: "POST" }],
      [await signed(SAVE), { method: "POST", body: new URLSearchParams({ wid: "19" }) }],
      [SAVE, { method: "POST" }],
      ["quarters", { method: "POST", body: saveForm() }],
      [await signed("quarters?wid=9"), { method: "POST", body: saveForm() }],
      [await signed("quarters?wid=9&name=a.jpg"), { method: "POST", body: new URLSearchParams({ req: "saveToFile" }) }],
      ["quarters", { method: "POST", body: new URLSearchParams(`${(await signed(SAVE)).split("?")[1]}`) }],
    ];
    for (const [path, init] of asked) expect(await errorOf(path, init)).toBe("signedPost");
  });

  test("the body of a refused POST is not waited for", async () => {
    const body = new ReadableStream({ pull: () => scheduler.wait(60_000) });
    const init = { method: "POST", body, duplex: "half" } as RequestInit;
    expect(await errorOf(await signed(SAVE), init)).toBe("signedPost");
  });

  test("other methods are 405 and save nothing", async () => {
    const before = await savedKeys();
    for (const method of ["HEAD", "PUT", "DELETE", "OPTIONS"]) {
      const reply = await ask(await signed(SAVE), { method }, guarded);
      expect([reply.status, reply.headers.get("Allow")]).toEqual([405, "GET, POST"]);
      await reply.text();
      expect((await ask(SAVE, { method }, guarded)).status).toBe(403);
    }
    expect(await savedKeys()).toEqual(before);
  });
});
