import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pngOf, quarters } from "../support/charts.ts";
import { type Counted, countedSources } from "../support/doubles.ts";
import { pictureSpec } from "../support/jpeg-pictures.ts";
import { SIMPLE_PROGRESSION } from "../support/jpeg-scripts.ts";
import { comment, writeJpeg } from "../support/jpeg-writer.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

/** Bytes behind the picture that mean nothing: what they cost depends on whether the file must be held. */
const BEHIND = Array.from({ length: 30 }, () => comment(60_000)).flat();
const FILES = {
  baseline: writeJpeg(pictureSpec({ beforeEnd: BEHIND })),
  progressive: writeJpeg(pictureSpec({ beforeEnd: BEHIND, marker: 0xc2, scans: SIMPLE_PROGRESSION })),
};

beforeAll(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 60)));
  for (const [name, file] of Object.entries(FILES)) await buckets.SOURCES.put(`${name}.jpg`, file);
});
beforeEach(async () => {
  await buckets.SAVES.put("renditions/", new Uint8Array());
});

const PARTS =
  /: (\d+) bytes \(source (\d+), kernels (\d+), raster (\d+), encoder (\d+), file (\d+)\), at most (\d+)\n$/;

async function refused(path: string, vars: Readonly<Record<string, string>>) {
  const reply = await ask(path, {}, site(vars));
  const text = await reply.text();
  expect([reply.status, text]).toEqual([403, expect.stringMatching(PARTS)]);
  expect(text).toContain("takes more memory than MemoryBudget allows");
  const [total = 0, source = 0, kernels = 0, raster = 0, encoder = 0, file = 0, most = 0] = (PARTS.exec(text) ?? [])
    .slice(1)
    .map(Number);
  return { total, source, kernels, raster, encoder, file, most };
}

describe("a picture above MemoryBudget", () => {
  test.each(["0", "2"])("is 403 and names the numbers, at ErrorDetail %s", async (ErrorDetail) => {
    const path = "progressive?wid=50&hei=30&fit=stretch&fmt=png";
    const { total, most, ...parts } = await refused(path, { MemoryBudget: "1000", ErrorDetail });
    expect(most).toBe(1000);
    expect(parts.raster).toBe(50 * 30 * 4);
    for (const part of Object.values(parts)) expect(part).toBeGreaterThan(0);
    // Rows go from the decoder to the encoder: all is there at one time.
    expect(total).toBe(Object.values(parts).reduce((sum, part) => sum + part));
  });

  test.each(["quarters?wid=50&fmt=png", "quarters?wid=50", "baseline?fmt=png", "progressive?wid=9"])(
    "is one from its last byte on: %s",
    async (path) => {
      const { total } = await refused(path, { MemoryBudget: "1000" });
      const reply = await ask(path, {}, site({ MemoryBudget: String(total) }));
      await reply.arrayBuffer();
      expect(reply.status).toBe(200);
      expect((await refused(path, { MemoryBudget: String(total - 1) })).total).toBe(total);
    },
  );

  test("is not saved, and nothing of the source is read but its header", async () => {
    const counted: Counted = { bodies: 0, bytes: 0, cancelled: false };
    const sources = countedSources(buckets.SOURCES, 4096, counted);
    const before = await savedKeys();
    const reply = await ask(
      "quarters?wid=50&req=saveToFile&name=a.jpg",
      {},
      site({ MemoryBudget: "1000" }, { sources }),
    );
    expect(reply.status).toBe(403);
    expect(await properties(reply)).toMatchObject({
      status: "failed",
      error: "memoryBudget",
      message: expect.stringMatching(/\(source \d+, kernels \d+, raster 6000, encoder \d+, file \d+\), at most 1000$/),
    });
    expect(await savedKeys()).toEqual(before);
    expect(counted).toEqual({ bodies: 0, bytes: 0, cancelled: false });
  });

  test("by default is a lossless WebP of more than four megapixels, which a larger budget allows", async () => {
    const path = "quarters?wid=2100&hei=2100&fmt=webp,,lossless";
    const { total } = await refused(path, {});
    const reply = await ask(path, {}, site({ MemoryBudget: String(total) }));
    await reply.arrayBuffer();
    expect([reply.status, reply.headers.get("Content-Type")]).toEqual([200, "image/webp"]);
  });
});

describe("the bytes of the file", () => {
  test("count where all of them must be there first: in a progressive JPEG", async () => {
    const { length } = FILES.progressive;
    const held = await refused("progressive?fmt=png", { MemoryBudget: "1000" });
    expect(held.source).toBe(length);
    expect(held.total).toBe(held.kernels + held.raster + length + held.encoder + held.file);
  });

  test("do not count in a baseline JPEG, which is decoded as it arrives", async () => {
    expect((await refused("baseline?fmt=png", { MemoryBudget: "1000" })).source).toBe(0);
    const reply = await ask("baseline?fmt=png", {}, site({ MemoryBudget: String(FILES.baseline.length) }));
    await reply.arrayBuffer();
    expect(reply.status).toBe(200);
  });
});
