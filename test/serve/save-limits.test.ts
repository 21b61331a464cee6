import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pngOf, quarters } from "../support/charts.ts";
import { type Counted, countedSources } from "../support/doubles.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

beforeAll(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 60)));
});
beforeEach(async () => {
  const { objects } = await buckets.SAVES.list();
  await buckets.SAVES.delete(objects.map(({ key }) => key));
  await buckets.SAVES.put("renditions/a.png", "what was there before");
});

type Vars = Readonly<Record<string, string>>;

/** The answer to a save that must be refused, of a source of which nothing but its header was read. */
async function refused(modifiers: string, vars: Vars) {
  const counted: Counted = { bodies: 0, bytes: 0, cancelled: false };
  const sources = countedSources(buckets.SOURCES, 4096, counted);
  const before = await savedKeys();
  const reply = await ask(`quarters?${modifiers}&req=saveToFile&name=a.png`, {}, site(vars, { sources }));
  expect(reply.status).toBe(403);
  const answer = await properties(reply);
  expect(answer).toMatchObject({ outcome: "#S7Z ERROR", status: "failed" });
  expect(counted).toEqual({ bodies: 0, bytes: 0, cancelled: false });
  expect(await savedKeys()).toEqual(before);
  return answer;
}

const saved = async (modifiers: string, vars: Vars) =>
  properties(await ask(`quarters?${modifiers}&req=saveToFile&name=a.png`, {}, site(vars)));

/** Source: save-contract "Limits": checked from the plan, before decoding. Over the limit: 403, at once. */
describe("a save over a limit is refused before anything is decoded, and the key is as it was", () => {
  test.each([
    ["MaxSavePixels", "wid=51&hei=30", { MaxSavePixels: "1500" }, "outputTooLarge", "51 × 30, at most 1500 pixels"],
    ["MaxPix", "wid=51", { MaxPix: "50,50" }, "maxPix", "51 × 31, at most 50 × 50"],
    ["MaxPix, by its view", "wid=20&hei=51", { MaxPix: "50,50" }, "maxPix", "20 × 51, at most 50 × 50"],
    ["MaxSourcePixels", "wid=5", { MaxSourcePixels: "5999" }, "sourceTooLarge", "100 × 60, at most 5999 pixels"],
    ["MemoryBudget", "wid=50", { MemoryBudget: "5999" }, "memoryBudget", "at most 5999"],
    [
      "what the encoder can make",
      "wid=5000&hei=5000&fmt=webp",
      {},
      "outputTooLarge",
      "5000 × 5000, at most 16000000 pixels",
    ],
    ["the longest side", "wid=65501&hei=1", {}, "outputTooLarge", "65501 × 1, at most 65500 pixels a side"],
  ] as const)("%s", async (_, modifiers, vars, error, says) => {
    for (const ErrorDetail of ["0", "2"]) {
      const answer = await refused(modifiers, { ...vars, ErrorDetail });
      expect(answer.error).toBe(error);
      expect(answer.message?.replaceAll("\\u00D7", "×")).toContain(says);
    }
  });

  test.each(["small", "fast"])("whatever SaveEffort is: %s", async (SaveEffort) => {
    const vars = { SaveEffort, MozjpegMaxPixels: "100000000", MemoryBudget: "1000" };
    expect((await refused("wid=50", vars)).error).toBe("memoryBudget");
  });
});

describe("at a limit it is done", () => {
  test.each([
    ["wid=50&hei=30", { MaxSavePixels: "1500" }],
    ["wid=50", { MaxPix: "50,30" }],
    ["wid=5", { MaxSourcePixels: "6000" }],
  ])("%s, %o", async (modifiers, vars) => {
    expect(await saved(modifiers, vars)).toMatchObject({ status: "done" });
  });
});

describe("MaxSavePixels is the limit of saves, and MaxRenderRgnPixels that of replies", () => {
  const vars = { MaxSavePixels: "1500", MaxRenderRgnPixels: "540" };

  test("a save may be larger than a reply", async () => {
    expect(await saved("wid=50", vars)).toMatchObject({ status: "done", pixelsTotal: "1500" });
    const reply = await ask("quarters?wid=50", {}, site(vars));
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining("50 × 30, at most 540 pixels")]);
  });

  test("and smaller", async () => {
    const smaller = { MaxSavePixels: "540", MaxRenderRgnPixels: "1500" };
    expect(await refused("wid=50", smaller)).toMatchObject({ error: "outputTooLarge" });
    const reply = await ask("quarters?wid=50", {}, site(smaller));
    expect([reply.status, (await reply.arrayBuffer()).byteLength]).toEqual([200, expect.any(Number)]);
  });
});
