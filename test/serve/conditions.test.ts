import { beforeEach, describe, expect, test } from "vitest";
import type { Site } from "../../src/serve/site.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

const KEY = "renditions/a.jpg";

beforeEach(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(20, 20)));
  await buckets.SAVES.put("renditions/", new Uint8Array());
  await buckets.SAVES.delete(KEY);
});

async function savedBy(method: string, headers: Record<string, string>, on: Site = site()): Promise<string> {
  const before = await savedKeys();
  const reply = await ask("quarters?wid=9&req=saveToFile&name=a.jpg", { method, headers }, on);
  const { status = "", error = "", etag } = await properties(reply);
  if (status === "done") expect((await buckets.SAVES.head(KEY))?.etag).toBe(etag);
  else expect(await savedKeys()).toEqual(before);
  return error || status;
}

const there = async () => (await buckets.SAVES.put(KEY, "there before"))?.etag;

// Source: save-contract "Two outcomes", 8.
describe("a POST with If-None-Match: *", () => {
  test("saves where nothing is", async () => {
    expect(await savedBy("POST", { "If-None-Match": "*" })).toBe("done");
  });
  test("is saveConflict where something is", async () => {
    await there();
    expect(await savedBy("POST", { "If-None-Match": " * " })).toBe("saveConflict");
  });
});

describe("a POST with If-Match", () => {
  test("saves over the version that it names", async () => {
    expect(await savedBy("POST", { "If-Match": `"${await there()}"` })).toBe("done");
  });
  test("is saveConflict over another version, and where there is none", async () => {
    expect(await savedBy("POST", { "If-Match": '"0123"' })).toBe("saveConflict");
    await there();
    expect(await savedBy("POST", { "If-Match": '"0123"' })).toBe("saveConflict");
  });
});

test.each([
  [{ "If-Match": "0123" }],
  [{ "If-Match": 'W/"0123"' }],
  [{ "If-Match": '"0123", "4567"' }],
  [{ "If-Match": "*" }],
  [{ "If-Match": '""' }],
  [{ "If-None-Match": '"0123"' }],
  [{ "If-None-Match": "*, *" }],
  [{ "If-None-Match": "*", "If-Match": '"0123"' }],
])("%j cannot be understood, and nothing is saved", async (headers) => {
  expect(await savedBy("POST", headers as Record<string, string>)).toBe("badRequest");
});

test("on GET both mean caching, and nothing to a save", async () => {
  await there();
  expect(await savedBy("GET", { "If-None-Match": "*" })).toBe("done");
  expect(await savedBy("GET", { "If-Match": '"0123"' })).toBe("done");
});

describe("Overwrite = false", () => {
  const careful = site({ Overwrite: "false" });
  test("saves where nothing is, and nowhere else", async () => {
    expect(await savedBy("GET", {}, careful)).toBe("done");
    expect(await savedBy("GET", {}, careful)).toBe("saveConflict");
    expect(await savedBy("POST", {}, careful)).toBe("saveConflict");
  });
  test("gives way to a POST that names the version it replaces", async () => {
    const etag = await there();
    expect(await savedBy("POST", { "If-Match": '"0123"' }, careful)).toBe("saveConflict");
    expect(await savedBy("POST", { "If-Match": `"${etag}"` }, careful)).toBe("done");
  });
});
