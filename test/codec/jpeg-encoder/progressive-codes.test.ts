import { describe, expect, test } from "vitest";
import type { Codes } from "../../../src/codec/jpeg/tables.ts";
import { codeList } from "../../../src/codec/jpeg-encoder/code-tables.ts";
import { boundedCodes } from "../../../src/codec/jpeg-encoder/progressive-codes.ts";
import { randomNumbers } from "../../support/random.ts";

describe("the codes of a scan", () => {
  const bitsOf = (codes: Codes, counts: Uint32Array) =>
    codeList(codes).reduce((sum, { symbol, length }) => sum + length * (counts[symbol] ?? 0), 0);

  test("take no more than nine bits a symbol, and nine, whatever is counted", () => {
    const next = randomNumbers(9);
    const steep = Uint32Array.from({ length: 256 }, (_, at) => Math.min(2 ** (at / 8), 2 ** 31));
    const any = Array.from({ length: 100 }, () => Uint32Array.from({ length: 256 }, () => 2 ** (next() * 30)));
    for (const counts of [new Uint32Array(256), new Uint32Array(256).fill(1), steep, ...any]) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      expect(bitsOf(boundedCodes(counts), counts)).toBeLessThanOrEqual(9 * (total + 1));
    }
  });

  test("are nine bits long each, and none of ones alone, where better ones cannot be had", () => {
    // As many as a scan can have: sizes of 1 to 10 and ends of bands behind every run.
    const counts = new Uint32Array(176).fill(1000);
    const long: Codes = {
      counts: Uint8Array.from({ length: 16 }, (_, index) => (index === 15 ? 176 : 0)),
      symbols: Uint8Array.from({ length: 176 }, (_, symbol) => symbol),
    };
    const codes = boundedCodes(counts, () => long);
    expect(codeList(codes).map(({ symbol, code, length }) => [symbol, code, length])).toEqual(
      Array.from({ length: 176 }, (_, symbol) => [symbol, symbol, 9]),
    );
  });
});
