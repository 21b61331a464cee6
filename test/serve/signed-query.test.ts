import { beforeEach, describe, expect, test } from "vitest";
import { lockOf } from "../../src/protocol/lock.ts";
import { obfuscated } from "../../src/protocol/obfuscation.ts";
import { SAVE, saveable, saveError, signedSite } from "../support/refusing.ts";
import { inSeconds, signed } from "../support/signing.ts";

beforeEach(saveable);

const guarded = signedSite();

function errorOf(path: string, init: RequestInit = {}, on = guarded): Promise<string | undefined> {
  return saveError(path, init, on);
}

describe("the query is Q&expires=<10 digits>&sig=<64 lower-case hex> and nothing after it", () => {
  const DIGITS = "0123456789abcdef".repeat(4);
  const NOW = inSeconds(60);

  test.each([
    ["no signature", ""],
    ["no sig", `&expires=${NOW}`],
    ["no expires", `&sig=${DIGITS}`],
    ["the wrong order", `&sig=${DIGITS}&expires=${NOW}`],
    ["something after it", `&expires=${NOW}&sig=${DIGITS}&wid=8`],
    ["an ampersand after it", `&expires=${NOW}&sig=${DIGITS}&`],
    ["something between", `&expires=${NOW}&wid=8&sig=${DIGITS}`],
    ["nine digits", `&expires=${`${NOW}`.slice(1)}&sig=${DIGITS}`],
    ["eleven digits", `&expires=0${NOW}&sig=${DIGITS}`],
    ["63 hex digits", `&expires=${NOW}&sig=${DIGITS.slice(1)}`],
    ["65 hex digits", `&expires=${NOW}&sig=${DIGITS}0`],
    ["upper-case hex digits", `&expires=${NOW}&sig=${DIGITS.toUpperCase()}`],
    ["names in another case", `&Expires=${NOW}&Sig=${DIGITS}`],
    ["an encoded name", `&expires=${NOW}&%73ig=${DIGITS}`],
    ["an encoded digit", `&expires=${NOW}&sig=${DIGITS.slice(1)}%30`],
    ["entities", `&amp;expires=${NOW}&amp;sig=${DIGITS}`],
    ["an encoded ampersand", `%26expires=${NOW}%26sig=${DIGITS}`],
  ])("%s", async (_, suffix) => {
    expect(await errorOf(SAVE + suffix)).toBe("signatureMissing");
  });
});

describe("a second sig or expires is refused, although it is signed", () => {
  const PARTS = [
    ...["expires=9999999999", `sig=${"0".repeat(64)}`, "SIG=1", "Expires=1", "%73ig=1", "e%78pires=1", "sig=", "sig"],
    ...["amp;sig=1", "?sig=1", "s%49g=1"],
  ];

  test.each(PARTS)("%s", async (part) => {
    expect(await errorOf(await signed(`quarters?${part}&wid=9&req=saveToFile&name=a.jpg`))).toBe("signatureRepeated");
    expect(await errorOf(await signed(`${SAVE}&${part}`))).toBe("signatureRepeated");
  });

  test("behind a second question mark", async () => {
    const path = "quarters?wid=9?sig=1&req=saveToFile&name=a.jpg";
    expect(await errorOf(await signed(path))).toBe("signatureRepeated");
  });

  test.each(PARTS)("%s, inside of base64", async (part) => {
    const hidden = signedSite({ RequestObfuscation: "1" });
    const path = `quarters?${obfuscated(`wid=9&req=saveToFile&name=a.jpg&${part}`)}`;
    expect(await errorOf(await signed(path), {}, hidden)).toBe("signatureRepeated");
  });

  test("a URL that is signed twice", async () => {
    expect(await errorOf(await signed(await signed(SAVE)))).toBe("signatureRepeated");
  });

  test.each([
    ["a nested request", "quarters?mask=is{quarters?sig=1}&wid=9&req=saveToFile&name=a.jpg", {}],
    ["a macro", "quarters?$m$&wid=9&req=saveToFile&name=a.jpg", { Macros: '{"m":"expires=9999999999"}' }],
  ])("in %s neither counts", async (_, path, vars) => {
    expect(await errorOf(await signed(path), {}, signedSite(vars))).toBe("badRequest");
  });
});

describe("lock and obfuscation apply to Q", () => {
  const MODIFIERS = "wid=9&req=saveToFile&name=a.jpg";
  const locked = `${MODIFIERS}&${lockOf(MODIFIERS)}`;

  test.each([
    ["a lock", { RequestLock: "1" }, locked],
    ["obfuscation", { RequestObfuscation: "1" }, obfuscated(MODIFIERS)],
    ["obfuscation without its padding", { RequestObfuscation: "1" }, obfuscated(MODIFIERS).replace(/=+$/, "")],
    ["both", { RequestLock: "1", RequestObfuscation: "1" }, obfuscated(locked)],
  ])("%s", async (_, vars, modifiers) => {
    const on = signedSite(vars);
    expect(await errorOf(await signed(`quarters?${modifiers}`), {}, on)).toBeUndefined();
    // A lock is no signature, and base64 no secret.
    expect(await errorOf(`quarters?${modifiers}&expires=${inSeconds(9)}&sig=${"0".repeat(64)}`, {}, on)).toBe(
      "signatureWrong",
    );
    expect(await errorOf(`quarters?${modifiers}`, {}, on)).toBe("signatureMissing");
  });

  test("a lock that is laid around the signature is none", async () => {
    const [, query = ""] = (await signed(SAVE)).split("?");
    const path = `quarters?${query}&${lockOf(query)}`;
    expect(await errorOf(path, {}, signedSite({ RequestLock: "1" }))).toBe("signatureMissing");
  });

  test("a wrong lock is refused, although it is signed", async () => {
    expect(await errorOf(await signed(`${SAVE}&0000`), {}, signedSite({ RequestLock: "1" }))).toBe("badRequest");
  });
});
