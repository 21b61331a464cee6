import { beforeEach, describe, expect, test } from "vitest";
import { pngOf, quarters } from "../support/charts.ts";
import { counting } from "../support/counting.ts";
import { bucketWith } from "../support/doubles.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

beforeEach(async () => {
  await buckets.SOURCES.put("q", pngOf(quarters(4, 4)));
  await buckets.SAVES.put("renditions/", "");
});

const SAVE = "q?req=saveToFile&name=a.jpg";

describe("timeout= is whole milliseconds, 1 to MaxSaveTimeout", () => {
  test.each([
    ["300000", "the most there may be"],
    ["299999.0", "a whole number, if written with a point (protocol.md, A-39)"],
    ["3e5", "or with an exponent"],
    ["%2b5000", "or with a sign"],
    ["%35000", "encoded"],
    ["0&timeout=5000", "the last one counts"],
  ])("%s: %s", async (timeout) => {
    expect(await properties(await ask(`${SAVE}&timeout=${timeout}`))).toMatchObject({ status: "done" });
  });

  // Source: save-contract "The request": "a larger value is refused, not clamped".
  test.each([
    ["300001", "at most 300000"],
    ["99999999999999999999", "at most 300000"],
    ["1e300", "at most 300000"],
    ["5000&timeout=300001", "at most 300000"],
    ["1e999", "at least 1"],
    ["0", "at least 1"],
    ["-0", "at least 1"],
    ["-1", "at least 1"],
    ["1.5", "at least 1"],
    ["0.999", "at least 1"],
    ["", "at least 1"],
    ["abc", "at least 1"],
    ["5000ms", "at least 1"],
    ["5,000", "at least 1"],
    ["+5000", "at least 1"],
    ["5000%20", "at least 1"],
    ["5000%00", "at least 1"],
    ["0x1388", "at least 1"],
    ["NaN", "at least 1"],
    ["Infinity", "at least 1"],
    ["\uff15\uff10\uff10\uff10", "at least 1"],
    ["$t$&$t=5000", "at least 1"],
  ])("%s is refused, saying what is wanted, and nothing is looked at", async (timeout, says) => {
    const sources = counting(buckets.SOURCES);
    const saves = counting(buckets.SAVES);
    const on = site({ ErrorDetail: "0" }, { sources: sources.bucket, saves: saves.bucket });
    const reply = await ask(`${SAVE}&timeout=${timeout}`, {}, on);
    expect([reply.status, sources.calls, saves.calls]).toEqual([403, [], []]);
    const { status, error, message } = await properties(reply);
    expect({ status, error }).toEqual({ status: "failed", error: "badRequest" });
    expect(message).toContain("timeout\\: wants");
    expect(message).toContain(says);
  });

  const silent = () => bucketWith(buckets.SOURCES, { get: () => new Promise(() => {}) });

  test("without it a save has SaveTimeout, with it that, and MaxSaveTimeout bounds what may be asked for", async () => {
    const on = site({ SaveTimeout: "40", MaxSaveTimeout: "60" }, { sources: silent() });
    const said = async (path: string) => (await properties(await ask(path, {}, on))).message;
    expect(await said(SAVE)).toContain("40 ms");
    expect(await said(`${SAVE}&timeout=60`)).toContain("60 ms");
    expect(await said(`${SAVE}&timeout=61`)).toContain("timeout\\: wants at most 60, got 61");
  });
});

describe("name= is required", () => {
  test.each([
    ["q?req=saveToFile", "nameMissing"],
    ["q?req=saveToFile&name", "nameMissing"],
    ["q?req=saveToFile&.name=a.jpg", "nameMissing"],
    ["q?req=saveToFile&$name=a.jpg", "nameMissing"],
    ["q?req=saveToFile&filename=a.jpg", "nameMissing"],
    ["q?req=saveToFile&name=", "badRequest"],
    ["q?req=saveToFile&name=a.jpg&name=", "badRequest"],
  ])("%s is %s, and nothing is looked at", async (path, error) => {
    const saves = counting(buckets.SAVES);
    const answer = await properties(await ask(path, {}, site({ ErrorDetail: "0" }, { saves: saves.bucket })));
    expect([answer.error, saves.calls]).toEqual([error, []]);
    expect(answer.message).toContain("name\\: wants a relative path, got nothing");
  });
});

const MAGIC = { jpeg: "255,216,255", png: "137,80,78", webp: "82,73,70" } as const;

// Source: save-contract "The request", about fmt=, the extension of name and NameDecidesFormat.
describe("the format of a save", () => {
  test.each([
    ["a.png", "", "1", "png", "the extension decides"],
    ["a.PNG", "", "1", "png", "in any case"],
    ["a.jpg", "", "1", "jpeg", "the extension decides"],
    ["a.jpeg", "", "1", "jpeg", "the extension decides"],
    ["a.webp", "", "1", "webp", "the extension decides"],
    ["a", "", "1", "jpeg", "without one it is a JPEG"],
    ["a.png/b", "", "1", "jpeg", "a folder's is none"],
    ["a", "fmt=png", "1", "png", "fmt= decides"],
    ["a.png", "fmt=jpeg", "1", "jpeg", "fmt= wins over the extension"],
    ["a.jpg", "fmt=png-alpha", "1", "png", "fmt= wins over the extension"],
    ["a.jpg", "fmt=png&fmt=webp", "1", "webp", "the last fmt= counts"],
    ["a.avif", "fmt=png", "1", "png", "even over one that is not built"],
    ["a.bmp", "fmt=png", "1", "png", "and beside one that stands for none"],
    ["a.png", "", "0", "jpeg", "without NameDecidesFormat it is a JPEG"],
    ["a.webp", "", "0", "jpeg", "whatever the extension"],
    ["a.avif", "", "0", "jpeg", "be it one that is not built"],
    ["a.bmp", "", "0", "jpeg", "or one that stands for none"],
    ["a", "", "0", "jpeg", "or none"],
    ["a.jpg", "fmt=png", "0", "png", "and fmt= decides"],
  ] as const)("%s with %j and NameDecidesFormat = %s is %s: %s", async (name, fmt, decides, kind, _why) => {
    const on = site({ NameDecidesFormat: decides, CreateFolders: "1" });
    const answer = await properties(await ask(`q?${fmt}&req=saveToFile&name=${name}`, {}, on));
    expect(answer).toMatchObject({ status: "done", name, type: `image/${kind}` });
    const object = await buckets.SAVES.get(`renditions/${name}`);
    expect(object?.httpMetadata?.contentType).toBe(`image/${kind}`);
    expect([...new Uint8Array((await object?.arrayBuffer()) ?? [])].slice(0, 3).join()).toBe(MAGIC[kind]);
    await buckets.SAVES.delete(`renditions/${name}`);
  });

  test.each([
    ["a.avif", "", "1", "notBuilt", "fmt=avif"],
    ["a.tiff", "", "1", "notBuilt", "fmt=tif"],
    ["a.bmp", "", "1", "badRequest", "wants fmt= beside the extension .bmp"],
    ["a.jpg", "fmt=avif", "1", "notBuilt", "fmt=avif"],
    ["a.jpg", "fmt=html", "1", "badRequest", 'got "html"'],
    ["a.html", "", "0", "nameInvalid", "its extension is not an image's"],
    ["a.html", "fmt=png", "0", "nameInvalid", "its extension is not an image's"],
  ])("%s with %j and NameDecidesFormat = %s is refused: %s", async (name, fmt, decides, error, says) => {
    const before = await savedKeys();
    const reply = await ask(`q?${fmt}&req=saveToFile&name=${name}`, {}, site({ NameDecidesFormat: decides }));
    const answer = await properties(reply);
    expect([reply.status, answer.error, await savedKeys()]).toEqual([403, error, before]);
    expect(answer.message?.replaceAll("\\", "")).toContain(says);
  });
});

test("what never expires is answered from what a client has, but a save is done (save-contract: never from a cache)", async () => {
  const on = site({ Expiration: "-1" });
  const headers = { "If-None-Match": "*", "If-Modified-Since": new Date().toUTCString() };
  expect((await ask("q", { headers }, on)).status).toBe(304);
  expect(await properties(await ask(SAVE, { headers }, on))).toMatchObject({ status: "done" });
});
