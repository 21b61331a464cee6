import { describe, expect, test } from "vitest";
import { optimalCodes } from "../../../src/codec/jpeg-encoder/optimal-codes.ts";
import { optimalLengths } from "../../oracle/jpeg-encode.ts";
import { randomNumbers } from "../../support/random.ts";

const COUNTS: readonly (readonly [what: string, counts: readonly number[]])[] = [
  ["nothing", []],
  ["one symbol", [0, 0, 7]],
  ["two that are equal", [3, 0, 3]],
  ["all once", new Array(256).fill(1)],
  ["all, and one much more often", [1e9, ...new Array(255).fill(1)]],
  // Each is as rare as all the rarer ones together: codes of any length would be as long as there are symbols.
  ["forty that grow as Fibonacci's", fibonacci(40)],
  ["powers of two", Array.from({ length: 30 }, (_, at) => 2 ** at)],
  ...Array.from({ length: 200 }, (_, seed) => [`chance ${seed}`, byChance(seed)] as const),
];

function fibonacci(length: number): number[] {
  const numbers = [1, 1];
  while (numbers.length < length) numbers.push((numbers.at(-1) ?? 0) + (numbers.at(-2) ?? 0));
  return numbers;
}

function byChance(seed: number): number[] {
  const next = randomNumbers(seed);
  const most = 2 ** (1 + Math.floor(next() * 28));
  const share = next();
  return Array.from({ length: 256 }, () => (next() < share ? Math.floor(next() ** 8 * most) : 0));
}

describe("codes for a picture", () => {
  test("are libjpeg's: lengths, order and ties", () => {
    for (const [what, counts] of COUNTS) {
      const { counts: bits, symbols } = optimalCodes(counts);
      const wanted = optimalLengths(counts);
      expect([...bits], what).toEqual(wanted.bits);
      expect([...symbols], what).toEqual(wanted.symbols);
    }
  });

  test("have sixteen bits at most, and none is all ones", () => {
    for (const [what, counts] of COUNTS) {
      const { counts: bits, symbols } = optimalCodes(counts);
      expect(bits.length).toBe(16);
      expect(
        bits.reduce((sum, count) => sum + count, 0),
        what,
      ).toBe(symbols.length);
      const used = bits.reduce((sum, count, at) => sum + count / 2 ** (at + 1), 0);
      expect(used, what).toBeLessThan(1);
    }
  });
});
