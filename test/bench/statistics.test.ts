import { describe, expect, test } from "vitest";
import { inRounds, pairwise, quartiles } from "../../bench/statistics.ts";

describe("statistics of the bench", () => {
  test("quartiles lie between neighbours, whatever the order", () => {
    expect(quartiles([4, 1, 3, 2])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25, count: 4 });
  });

  test("a machine that slows down changes no ratio", () => {
    expect(pairwise([10, 20, 40], [20, 40, 80])).toEqual({ lower: 0.5, median: 0.5, upper: 0.5, count: 3 });
  });

  test("runs take turns, in their order", async () => {
    const seen: string[] = [];
    const run = (name: string, ms: number) => async () => {
      seen.push(name);
      return ms;
    };
    const times = await inRounds([run("ours", 1), run("sharp", 2)], { most: 2, budgetMs: 60_000, least: 1 });
    expect(seen).toEqual(["ours", "sharp", "ours", "sharp"]);
    expect(times).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test("a bar has its pairs, however long they take", async () => {
    const [times] = await inRounds([async () => 1], { most: 61, budgetMs: 0, least: 31 });
    expect(times).toHaveLength(31);
  });
});
