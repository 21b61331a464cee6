import { describe, expect, test } from "vitest";
import { Breath } from "../../src/render/breath.ts";
import type { Deadline } from "../../src/render/deadline.ts";
import { pushed } from "../../src/render/encode.ts";
import { Stopwatch } from "../../src/render/stopwatch.ts";

/** Counts the breaths that are taken. */
function counting() {
  const taken = { breaths: 0 };
  const deadline = { breathe: async () => void taken.breaths++ } as Pick<Deadline, "breathe"> as Deadline;
  return { taken, breath: new Breath(deadline) };
}

describe("a breath is taken after so much work", () => {
  test("steps of a decoder count from the last time on, whether or not a strip came of them", async () => {
    const { taken, breath } = counting();
    await breath.afterDecoding(99_999, 0);
    expect(taken.breaths).toBe(0);
    await breath.afterDecoding(100_000, 0);
    expect(taken.breaths).toBe(1);
    await breath.afterDecoding(199_999, 0);
    expect(taken.breaths).toBe(1);
    await breath.afterDecoding(200_000, 0);
    expect(taken.breaths).toBe(2);
  });

  test("samples and steps are added up", async () => {
    const { taken, breath } = counting();
    await breath.afterDecoding(50_000, 3_999_999);
    expect(taken.breaths).toBe(0);
    await breath.afterDecoding(50_000, 1);
    expect(taken.breaths).toBe(1);
  });

  test.each([
    ["jpeg", "fast", 2],
    ["jpeg", "small", 3],
    ["png", "fast", 5],
    ["png", "small", 10],
  ] as const)("rows of a %s of %s effort weigh what they are likely to take", async (encoder, effort, breaths) => {
    const { taken, breath } = counting();
    const file = { push: () => [], end: () => [] };
    const rows = new Uint8Array(1_000_000);
    for (let times = 0; times < 10; times++) {
      for await (const _ of pushed(file, rows, { encoder, effort }, breath, new Stopwatch()));
    }
    expect(taken.breaths).toBe(breaths);
  });
});
