import { describe, expect, test } from "vitest";
import { PREDICTIONS, unfiltered } from "../oracle/png-unfilter.ts";
import { EVERY_PAIR } from "../support/every-pair.ts";
import { ALIGNMENTS, guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();
const { run } = kernels;

const PIXELS = [1, 2, 3, 4, 5, 6, 7, 8];
/** Every remainder of a vector and of two pixels on the way, and a row that is many of them long. */
const COUNTS = [...Array.from({ length: 36 }, (_, index) => index + 1), 257];

const UP = 2;
const AVERAGE = 3;
const PAETH = 4;

type Single = (from: number, above: number, to: number, bytes: number, pixel: number) => void;

/** Each filter with how many bytes behind a row its kernel says that it reads and writes, by the bytes of a pixel. */
const SINGLES: readonly { name: string; filter: number; behind: number; undo: Single }[] = [
  { name: "copyRow", filter: 0, behind: 0, undo: (from, _, to, bytes) => run.copyRow(from, to, bytes) },
  {
    name: "unfilterSub",
    filter: 1,
    behind: 15,
    undo: (from, _, to, bytes, pixel) => run.unfilterSub(from, to, bytes, pixel),
  },
  {
    name: "unfilterUp",
    filter: UP,
    behind: 15,
    undo: (from, above, to, bytes) => run.unfilterUp(from, above, to, bytes),
  },
  { name: "unfilterAverage", filter: AVERAGE, behind: 7, undo: (...row) => run.unfilterAverage(...row) },
  { name: "unfilterPaeth", filter: PAETH, behind: 7, undo: (...row) => run.unfilterPaeth(...row) },
];

const PAIRS = [
  {
    name: "unfilterAveragePair",
    filter: AVERAGE,
    behind: 7,
    pixels: PIXELS,
    least: 2,
    undo: run.unfilterAveragePair,
  },
  {
    name: "unfilterPaethPair",
    filter: PAETH,
    behind: 3,
    pixels: [1, 2, 3, 4],
    least: 2,
    undo: run.unfilterPaethPair,
  },
  {
    name: "unfilterPaethPairWide",
    filter: PAETH,
    behind: 7,
    pixels: PIXELS,
    least: 1,
    undo: run.unfilterPaethPairWide,
  },
];

describe.each(SINGLES)("$name", ({ filter, behind, undo }) => {
  test.each(PIXELS)("gives exactly the twin's bytes, a pixel having %i", (pixel) => {
    for (const count of COUNTS) {
      for (const alignment of ALIGNMENTS) {
        kernels.clear();
        const bytes = count * pixel;
        const filtered = randomBytes(bytes, bytes);
        const row = randomBytes(bytes, bytes + 1);
        const from = guardedCopy(kernels, filtered, alignment);
        const above = guardedCopy(kernels, row, 4 - alignment);
        const to = guarded(kernels, bytes + behind, alignment);
        undo(from.address, above.address, to.address, bytes, pixel);
        expectNear(to.bytes.subarray(0, bytes), unfiltered(filter, filtered, row, pixel), 0);
        expect([from, above, to].map((block) => block.trespasses())).toEqual([0, 0, 0]);
        expect([from.bytes, above.bytes], "what is read is left alone").toEqual([filtered, row]);
      }
    }
  });

  test("leaves a row without bytes alone", () => {
    kernels.clear();
    const to = guarded(kernels, 0);
    undo(to.address, to.address, to.address, 0, 3);
    expect(to.trespasses()).toBe(0);
  });

  test.each(PIXELS)("reads no farther than it says, a pixel having %i bytes", (pixel) => {
    kernels.clear();
    const bytes = 5 * pixel;
    const to = kernels.reserve(bytes + behind);
    const last = kernels.bytes - bytes - behind;
    expect(() => undo(last, last, to, bytes, pixel)).not.toThrow();
  });
});

describe.each(PAIRS)("$name", ({ filter, behind, pixels, least, undo }) => {
  test.each(pixels)("gives exactly the twin's two rows, a pixel having %i bytes", (pixel) => {
    for (const count of COUNTS.filter((pixelCount) => pixelCount >= least)) {
      for (const alignment of ALIGNMENTS) {
        kernels.clear();
        const bytes = count * pixel;
        const [filtered, next, row] = [randomBytes(bytes, 1), randomBytes(bytes, 2), randomBytes(bytes, 3)] as const;
        const upper = unfiltered(filter, filtered, row, pixel);
        const from = [filtered, next, row].map((content) => guardedCopy(kernels, content, alignment));
        const to = [0, 1].map(() => guarded(kernels, bytes + behind, alignment));
        const at = (block: { readonly address: number } | undefined) => block?.address ?? 0;
        undo(at(from[0]), at(from[1]), at(from[2]), at(to[0]), at(to[1]), bytes, pixel);
        expectNear(to[0]?.bytes.subarray(0, bytes) ?? [], upper, 0);
        expectNear(to[1]?.bytes.subarray(0, bytes) ?? [], unfiltered(filter, next, upper, pixel), 0);
        expect([...from, ...to].map((block) => block.trespasses())).toEqual([0, 0, 0, 0, 0]);
        expect(
          from.map((block) => block.bytes),
          "what is read is left alone",
        ).toEqual([filtered, next, row]);
      }
    }
  });

  test.each(pixels)("reads no farther than it says, a pixel having %i bytes", (pixel) => {
    kernels.clear();
    const bytes = 5 * pixel;
    const [to, below] = [kernels.reserve(bytes + behind), kernels.reserve(bytes + behind)];
    const last = kernels.bytes - bytes - behind;
    expect(() => undo(last, last, last, to, below, bytes, pixel)).not.toThrow();
  });
});

/** What becomes `row` when its filter is undone. */
function filteredFor(filter: number, row: Uint8Array, above: Uint8Array): Uint8Array {
  const predict = PREDICTIONS[filter];
  if (predict === undefined) throw new Error(`no filter ${filter}`);
  return row.map((byte, at) => byte - predict(row[at - 1] ?? 0, above[at] ?? 0, above[at - 1] ?? 0));
}

describe("every combination of left, above and corner", () => {
  const length = EVERY_PAIR.length;
  const behind = 7;
  const constants = Array.from({ length: 256 }, (_, value) => new Uint8Array(length).fill(value));

  test("is in the rows: all pairs follow one another above a row of every value", () => {
    const pairs = new Set(Array.from(EVERY_PAIR.subarray(1), (byte, at) => (EVERY_PAIR[at] ?? 0) * 256 + byte));
    expect(pairs.size).toBe(65_536);
  });

  test.each(SINGLES.filter(({ filter }) => filter >= AVERAGE))("$name", ({ filter, undo }) => {
    kernels.clear();
    const above = kernels.reserve(length + behind);
    const from = kernels.reserve(length + behind);
    const to = kernels.reserve(length + behind);
    kernels.bytesAt(above, length).set(EVERY_PAIR);
    for (const row of constants) {
      kernels.bytesAt(from, length).set(filteredFor(filter, row, EVERY_PAIR));
      undo(from, above, to, length, 1);
      expect(Buffer.compare(kernels.bytesAt(to, length), row), `left ${row[0]}`).toBe(0);
    }
  });

  test.each(PAIRS)("$name, in its lower row", ({ filter, undo }) => {
    kernels.clear();
    const [above = 0, from = 0, next = 0, to = 0, below = 0] = Array.from({ length: 5 }, () =>
      kernels.reserve(length + behind),
    );
    kernels.bytesAt(from, length).set(filteredFor(filter, EVERY_PAIR, new Uint8Array(length)));
    for (const row of constants) {
      kernels.bytesAt(next, length).set(filteredFor(filter, row, EVERY_PAIR));
      undo(from, next, above, to, below, length, 1);
      expect(Buffer.compare(kernels.bytesAt(below, length), row), `left ${row[0]}`).toBe(0);
    }
  });
});
