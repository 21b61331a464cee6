import { describe, expect, test } from "vitest";
import { jpegDecoding } from "../../src/codec/jpeg/decoder.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { refuseSource } from "../../src/plan/source-limits.ts";
import { faultOf } from "./planning.ts";

const LIMITS = { MaxSourcePixels: 1000, MaxWholeSourcePixels: 100 };
const STREAMED = { isWhole: false };
const WHOLE = { isWhole: true };

const source = (width: number, height: number, bytes = 1_000_000) => ({
  facts: { format: "png", size: { width, height }, orientation: 1, alpha: false } as const,
  bytes,
});

describe("a source is refused by its header", () => {
  test("where it has more pixels than are allowed, not one less", () => {
    refuseSource(source(100, 10), LIMITS, STREAMED);
    expect(faultOf(() => refuseSource(source(77, 13), LIMITS, STREAMED))).toMatchObject({
      code: "sourceTooLarge",
      detail: "77 × 13, at most 1000 pixels",
    });
  });

  test("with a limit of its own where its format is decoded as a whole", () => {
    refuseSource(source(10, 10), LIMITS, WHOLE);
    expect(faultOf(() => refuseSource(source(101, 1), LIMITS, WHOLE))).toMatchObject({
      code: "sourceTooLarge",
      detail: "101 × 1, at most 100 pixels",
    });
    const large = { ...LIMITS, MaxWholeSourcePixels: 2000 };
    expect(faultOf(() => refuseSource(source(77, 13), large, WHOLE)).detail).toContain("at most 1000 pixels");
  });

  test("where a side is longer than any row may be", () => {
    const large = { ...LIMITS, MaxSourcePixels: 1e9 };
    refuseSource(source(65_500, 1), large, STREAMED);
    for (const long of [source(65_501, 1), source(1, 65_501)])
      expect(faultOf(() => refuseSource(long, large, STREAMED)).code).toBe("sourceTooLarge");
  });

  test("where the file can have less than a sixteenth of what it promises", () => {
    const decoder = { isWhole: false, mostPixels: (_: SourceFacts, bytes: number) => bytes * 3 };
    refuseSource(source(24, 30, 15), LIMITS, decoder);
    expect(faultOf(() => refuseSource(source(24, 30, 14), LIMITS, decoder))).toMatchObject({
      code: "sourceBroken",
      detail: "its header says 24 × 30, but 14 bytes hold at most 42 pixels",
    });
  });
});

describe("a JPEG holds at most", () => {
  const jpeg = (wholeFile: boolean, ...sampling: readonly (readonly [number, number])[]): SourceFacts => ({
    ...source(1, 1).facts,
    format: "jpeg",
    jpeg: { wholeFile, sampling: sampling.map(([across, down]) => ({ across, down })) },
  });
  const most = (facts: SourceFacts) => jpegDecoding.mostPixels?.(facts, 10);

  test.each([
    ["gray: a block of two bits", jpeg(false, [1, 1]), 40 * 64],
    ["4:4:4: three blocks", jpeg(false, [1, 1], [1, 1], [1, 1]), Math.floor((40 * 64) / 3)],
    ["4:2:0: six blocks for four", jpeg(false, [2, 2], [1, 1], [1, 1]), Math.floor((40 * 256) / 6)],
    ["progressive gray: a block of one bit", jpeg(true, [1, 1]), 80 * 64],
    ["progressive 4:2:0, of which nothing but chroma may be there", jpeg(true, [2, 2], [1, 1], [1, 1]), 80 * 256],
  ])("%s", (_, facts, pixels) => {
    expect(most(facts)).toBe(pixels);
  });

  test("anything, as far as is known, where nothing is known of its components", () => {
    expect(most({ ...source(1, 1).facts, format: "jpeg" })).toBe(Number.POSITIVE_INFINITY);
  });
});
