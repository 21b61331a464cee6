import { expect, test } from "vitest";
import { PRICE_JOBS } from "../../bench/price-jobs.ts";
import { reasonIn } from "../../bench/real-worker.ts";
import { fileName, SOURCES, type SourceName, sourceOf } from "../../bench/sources.ts";

const NAMES = Object.keys(SOURCES) as readonly SourceName[];

test("every source has a file of its own, which ends as its format does", () => {
  expect(new Set(NAMES.map(fileName)).size).toBe(NAMES.length);
  expect(NAMES.map(fileName)).toContain("12-mp-png-16-bit.png");
  expect(fileName("12 MP progressive")).toBe("12-mp-progressive.jpg");
  expect(fileName("6 MP WebP")).toBe("6-mp-webp.webp");
});

test("what is a PNG says how it is written, and nothing else does", () => {
  for (const name of NAMES) expect([name, sourceOf(name).png !== undefined]).toEqual([name, /PNG/.test(name)]);
});

test("a tile of the price list lies inside of its source", () => {
  const tiles = PRICE_JOBS.filter(({ job }) => job.tile !== undefined);
  expect(tiles).not.toHaveLength(0);
  for (const { job } of tiles) {
    const { width, height } = sourceOf(job.source).size;
    const { x = -1, y = -1 } = job.tile ?? {};
    expect([x + job.size.width, y + job.size.height]).toEqual([width, height]);
  }
});

test("a refused save is told by its message, a refused picture by its first words", () => {
  expect(reasonIn("#S7Z ERROR\n#now\nstatus=failed\nmessage=There is no room.\nname=a.jpg")).toBe("There is no room.");
  expect(reasonIn("There is no room.")).toBe("There is no room.");
  expect(reasonIn("x".repeat(1000))).toHaveLength(200);
});
