import { describe, expect, test } from "vitest";
import { filtered, pairsIn, weightsOf } from "../oracle/png-filter.ts";
import { PREDICTIONS } from "../oracle/png-unfilter.ts";
import { EVERY_PAIR } from "../support/every-pair.ts";
import { ALIGNMENTS, type Guarded, guarded, guardedCopy, roomyKernels, wordsIn } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();
const { run } = kernels;

const PIXELS = [1, 2, 3, 4];
/** Every remainder of a vector and more, a row of many steps, and one whose sums go beyond sixteen bits. */
const COUNTS = [...Array.from({ length: 40 }, (_, index) => index + 1), 257, 3001];
/** How many bytes behind a row the kernels say that they read and write. */
const BEHIND = 15;

type Filter = (row: number, above: number, to: number, bytes: number, pixel: number) => void;

const FILTERS: readonly { readonly name: string; readonly filter: number; readonly work: Filter }[] = [
  { name: "filterSub", filter: 1, work: (row, _, to, bytes, pixel) => run.filterSub(row, to, bytes, pixel) },
  { name: "filterUp", filter: 2, work: (row, above, to, bytes) => run.filterUp(row, above, to, bytes) },
  { name: "filterAverage", filter: 3, work: (...row) => run.filterAverage(...row) },
  { name: "filterPaeth", filter: 4, work: (...row) => run.filterPaeth(...row) },
];

/** A row behind as many zeros as a pixel has bytes. */
function placed(row: Uint8Array, pixel: number, alignment: number): Guarded {
  const block = guardedCopy(kernels, Uint8Array.from([...new Uint8Array(pixel), ...row]), alignment);
  return { ...block, address: block.address + pixel, bytes: block.bytes.subarray(pixel) };
}

/** Runs `work` on a row and the one above it, for every length and alignment. */
function everywhere(pixel: number, work: (row: Uint8Array, above: Uint8Array, at: Placed) => void): void {
  for (const count of COUNTS) {
    for (const alignment of ALIGNMENTS) {
      kernels.clear();
      const row = randomBytes(count * pixel, count);
      const above = randomBytes(count * pixel, count + 1);
      const blocks = [placed(row, pixel, alignment), placed(above, pixel, 4 - alignment)] as const;
      work(row, above, { row: blocks[0].address, above: blocks[1].address, alignment });
      expect(blocks.map((block) => block.trespasses())).toEqual([0, 0]);
      expect(
        blocks.map(({ bytes }) => bytes),
        "what is read is left alone",
      ).toEqual([row, above]);
    }
  }
}

interface Placed {
  readonly row: number;
  readonly above: number;
  readonly alignment: number;
}

describe.each(FILTERS)("$name", ({ filter, work }) => {
  test.each(PIXELS)("leaves exactly the twin's bytes, a pixel having %i", (pixel) => {
    everywhere(pixel, (row, above, at) => {
      const to = guarded(kernels, row.length + BEHIND, at.alignment);
      work(at.row, at.above, to.address, row.length, pixel);
      expectNear(to.bytes.subarray(0, row.length), filtered(filter, row, above, pixel), 0);
      expect(to.trespasses()).toBe(0);
    });
  });

  test("writes nothing of a row without bytes", () => {
    kernels.clear();
    const to = guarded(kernels, 0);
    work(to.address, to.address, to.address, 0, 3);
    expect(to.trespasses()).toBe(0);
  });

  test("is right for every combination of left, above and corner", () => {
    kernels.clear();
    const [bytes, predict] = [EVERY_PAIR.length, PREDICTIONS[filter]];
    const [above, row, to] = [0, 1, 2].map(() => kernels.reserve(16 + bytes + BEHIND) + 16) as [number, number, number];
    kernels.bytesAt(above, bytes).set(EVERY_PAIR);
    for (let value = 0; value < 256; value++) {
      kernels.bytesAt(row, bytes).fill(value);
      work(row, above, to, bytes, 1);
      const got = kernels.bytesAt(to, bytes);
      const wrong = got.findIndex(
        (byte, at) =>
          byte !== ((value - (predict?.(at > 0 ? value : 0, EVERY_PAIR[at] ?? 0, EVERY_PAIR[at - 1] ?? 0) ?? 0)) & 255),
      );
      expect(wrong, `left ${value}`).toBe(-1);
    }
  });
});

describe("weighFilters", () => {
  const fields = 7;

  test.each(PIXELS)("finds exactly the twin's sums and zeros, a pixel having %i bytes", (pixel) => {
    everywhere(pixel, (row, above, at) => {
      const to = guarded(kernels, fields * 4);
      run.weighFilters(at.row, at.above, row.length, pixel, to.address);
      expect([...wordsIn(to)]).toEqual(weightsOf(row, above, pixel));
      expect(to.trespasses()).toBe(0);
    });
  });

  test("does not count what lies behind a row, nor above that", () => {
    kernels.clear();
    const to = guarded(kernels, fields * 4);
    for (let bytes = 0; bytes <= 33; bytes++) {
      const [row, above] = [placed(randomBytes(64, 1), 3, 0), placed(randomBytes(64, 2), 3, 0)];
      run.weighFilters(row.address, above.address, bytes, 3, to.address);
      const wanted = weightsOf(row.bytes.slice(0, bytes), above.bytes.slice(0, bytes), 3);
      expect([...wordsIn(to)]).toEqual(wanted);
    }
  });

  test("does not overflow: of the longest row whose every byte counts most", () => {
    kernels.clear();
    const bytes = 65_500 * 4;
    const row = kernels.reserve(16 + bytes + BEHIND) + 16;
    const above = kernels.reserve(16 + bytes + BEHIND) + 16;
    const to = guarded(kernels, fields * 4);
    kernels.bytesAt(row, bytes).fill(128);
    run.weighFilters(row, above, bytes, 4, to.address);
    expect(wordsIn(to)[0]).toBe(bytes * 128);
    expect(wordsIn(to)[2]).toBe(bytes * 128);
  });

  test("is right for every combination of left, above and corner", () => {
    kernels.clear();
    const bytes = EVERY_PAIR.length;
    const above = kernels.reserve(16 + bytes + BEHIND) + 16;
    const row = kernels.reserve(16 + bytes + BEHIND) + 16;
    const to = guarded(kernels, fields * 4);
    kernels.bytesAt(above, bytes).set(EVERY_PAIR);
    for (let value = 0; value < 256; value += 5) {
      kernels.bytesAt(row, bytes).fill(value);
      run.weighFilters(row, above, bytes, 1, to.address);
      expect([...wordsIn(to)], `left ${value}`).toEqual(weightsOf(new Uint8Array(bytes).fill(value), EVERY_PAIR, 1));
    }
  });
});

describe("countPairs", () => {
  const SEEN = 8192;

  test("counts as the twin does, whatever was seen before", () => {
    for (const length of [0, 1, 2, 3, 4, 15, 16, 17, 1000, 70_001]) {
      kernels.clear();
      const seen = guarded(kernels, SEEN);
      for (const mask of [0xff, 0x0f, 0]) {
        const row = randomBytes(length, length).map((byte) => byte & mask);
        const block = guardedCopy(kernels, row, length & 3);
        expect(run.countPairs(block.address, length, seen.address)).toBe(pairsIn(row));
        expect([block.trespasses(), seen.trespasses()]).toEqual([0, 0]);
      }
    }
  });

  test("tells every pair from every other", () => {
    kernels.clear();
    const [row, seen] = [kernels.place(EVERY_PAIR), kernels.reserve(SEEN)];
    expect(run.countPairs(row, EVERY_PAIR.length, seen)).toBe(65_536);
  });
});
