import { describe, expect, test } from "vitest";
import { MOST_BLOCK } from "../../../src/codec/png-encoder/deflation.ts";
import { SEARCHES } from "../../../src/codec/png-encoder/deflation-search.ts";
import { bestCodeBits } from "../../oracle/huffman.ts";
import { type Block, distanceSymbol, inflatedPlainly, lengthSymbol, type Match } from "../../oracle/inflate.ts";
import { deflated, EFFORTS } from "../../support/deflating.ts";
import { guardedKernels } from "../../support/guarded.ts";
import { randomBytes, randomNumbers } from "../../support/random.ts";
import { CONTENTS } from "../../support/zlib-streams.ts";

const { kernels, trespasses } = guardedKernels();
/** Bits of codes, at most. */
const LITERAL_BITS = 14;
const DISTANCE_BITS = 15;

/** Content that has many earlier positions which begin alike, by how those go on. */
const HOSTILE: readonly [string, (length: number) => Uint8Array][] = [
  ["one byte", (length) => new Uint8Array(length)],
  ["two values at random", (length) => randomBytes(length, 9).map((byte) => byte & 1)],
  ["runs that end differently", (length) => randomBytes(length, 10).map((byte, at) => (at % 43 < 40 ? 97 : byte))],
  ["a period as long as a match", (length) => Uint8Array.from({ length }, (_, at) => (at % 258 === 0 ? 1 : 0))],
];

describe.each(EFFORTS)("in a %s stream", (effort) => {
  function read(bytes: Uint8Array) {
    kernels.clear();
    const { stream, steps } = deflated(kernels, bytes, { effort });
    expect(trespasses()).toBe(0);
    const { blocks } = inflatedPlainly(stream);
    const symbols = blocks.flatMap((block) => block.symbols);
    const matches = symbols.filter((symbol): symbol is Match => typeof symbol === "object");
    return { stream, steps, blocks, matches };
  }

  test("noise is stored, and costs some bytes a block", () => {
    const { stream, blocks } = read(randomBytes(300_000, 1));
    expect(new Set(blocks.map(({ type }) => type))).toEqual(new Set(["stored"]));
    expect(stream.length - 300_000).toBeLessThan(60);
  });

  test("few bytes are in fixed codes, nothing is an end alone, and rows of an image have codes of their own", () => {
    const image = CONTENTS.get("rows of an image")?.(50_000, randomNumbers(3)) ?? new Uint8Array();
    expect(read(Uint8Array.of(1, 2, 3)).blocks).toMatchObject([{ type: "fixed", isFinal: true, symbols: [1, 2, 3] }]);
    expect(read(new Uint8Array()).blocks).toMatchObject([{ type: "fixed", isFinal: true, symbols: [] }]);
    expect(read(image).blocks).toMatchObject([{ type: "dynamic" }]);
  });

  test.each([4, 5, 257, 258])("a repetition of %i bytes is one match, from the nearest byte on", (length) => {
    const before = values(1000, 2);
    const bytes = Buffer.concat([before, before.subarray(400, 400 + length), Buffer.from([before[399] ?? 0])]);
    expect(read(bytes).matches).toEqual([{ length, distance: 600 }]);
  });

  test("a run is matches at a distance of one, the longest that there are", () => {
    const { matches } = read(new Uint8Array(1 + 258 * 30).fill(200));
    expect(matches).toEqual(Array.from({ length: 30 }, () => ({ length: 258, distance: 1 })));
  });

  test("the farthest distance is 32,768, in the first bytes and after the window has slid", () => {
    for (const before of [0, 5, 150_000, 400_001]) {
      const pattern = values(100, 3);
      const near = Buffer.concat([values(before, 4), pattern, values(32_768 - 100, 5), pattern]);
      const far = Buffer.concat([values(before, 4), pattern, values(32_769 - 100, 5), pattern]);
      const longest = (bytes: Uint8Array) => Math.max(0, ...read(bytes).matches.map(({ length }) => length));
      // By chance, a match of four bytes may have taken its first ones.
      const farthest = read(near).matches.filter(({ distance }) => distance === 32_768);
      expect(Math.max(0, ...farthest.map(({ length }) => length)), `${before}`).toBeGreaterThan(95);
      expect(longest(far), `${before}`).toBeLessThan(10);
    }
  });

  test("blocks end where they were said to end", () => {
    for (const [kind, make] of CONTENTS) {
      const { blocks } = read(make(500_000, randomNumbers(6)));
      const sizes = blocks.map(({ bytes }) => bytes);
      expect(Math.max(...sizes), kind).toBeLessThanOrEqual(MOST_BLOCK + 258);
      expect(blocks.filter(({ isFinal }) => isFinal).length, kind).toBe(1);
      if (kind !== "noise") expect(Math.min(...sizes.slice(0, -1)), kind).toBeGreaterThanOrEqual(65_536);
    }
  });

  test("codes are at most a thousandth longer than the best ones there are with no more bits", () => {
    for (const [kind, make] of CONTENTS) {
      for (const block of read(make(200_000, randomNumbers(7))).blocks) {
        if (block.type !== "dynamic") continue;
        const { literals, distances } = frequenciesOf(block);
        expectNearBest(literals, block.literals, LITERAL_BITS, kind);
        expectNearBest(distances, block.distances, DISTANCE_BITS, kind);
      }
    }
  });

  test("codes end at their limit where frequencies grow as Fibonacci's numbers do", () => {
    const counts = [1, 1];
    while (counts.length < 23) counts.push((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0));
    const bytes = shuffled(counts.flatMap((count, byte) => new Array<number>(count).fill(byte * 11)));
    const [block] = read(bytes).blocks;
    if (block === undefined) throw new Error("no block");
    const { literals } = frequenciesOf(block);
    expect(Math.max(...block.literals)).toBe(LITERAL_BITS);
    expectNearBest(literals, block.literals, LITERAL_BITS, "Fibonacci");
  });

  test.each(HOSTILE)("%s costs a bounded number of steps a byte", (_, make) => {
    const { steps } = read(make(300_000));
    expect(steps).toBeLessThanOrEqual(300_000 * SEARCHES[effort].mostSteps);
  });
});

/** Noise of 64 values, which is not stored. */
function values(count: number, seed: number): Uint8Array {
  return randomBytes(count, seed).map((byte) => byte & 63);
}

/** How often the symbols of a block come, by symbol. */
function frequenciesOf({ symbols }: Block) {
  const literals = new Array<number>(286).fill(0);
  const distances = new Array<number>(30).fill(0);
  const count = (frequencies: number[], symbol: number) => {
    frequencies[symbol] = (frequencies[symbol] ?? 0) + 1;
  };
  for (const symbol of symbols) {
    if (typeof symbol === "number") {
      count(literals, symbol);
      continue;
    }
    count(literals, lengthSymbol(symbol.length));
    count(distances, distanceSymbol(symbol.distance));
  }
  count(literals, 256);
  return { literals, distances };
}

function expectNearBest(frequencies: readonly number[], lengths: readonly number[], most: number, what: string): void {
  const bits = frequencies.reduce((sum, count, symbol) => sum + count * (lengths[symbol] ?? 0), 0);
  expect(Math.max(...lengths), what).toBeLessThanOrEqual(most);
  expect(bits, what).toBeLessThanOrEqual(bestCodeBits(frequencies, most) * 1.001);
}

function shuffled(values: number[]): Uint8Array {
  const next = randomNumbers(8);
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [values[at], values[other]] = [values[other] ?? 0, values[at] ?? 0];
  }
  return Uint8Array.from(values);
}
