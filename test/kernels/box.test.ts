import { describe, expect, test } from "vitest";
import { boxed, cellIndex } from "../oracle/rows.ts";
import { ALIGNMENTS, guarded, roomyKernels } from "../support/guarded.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();
const GAP = 20;

interface Boxing {
  readonly rows: readonly Uint8Array[];
  readonly box: number;
  /** Of the four rows of cells, the one that is written. */
  readonly row: number;
  readonly alignment?: number;
  /** Rows that are added before the others, in a call of their own. */
  readonly before?: number;
}

/** The whole block of cells afterwards, the other rows of it as well. */
function boxRows({ rows, box, row, alignment = 0, before = 0 }: Boxing): Int16Array {
  kernels.clear();
  const columns = (rows[0]?.length ?? 0) / 4;
  const stride = columns * 4 + GAP;
  const source = guarded(kernels, rows.length * stride, alignment);
  for (const [at, bytes] of rows.entries()) source.bytes.set(bytes, at * stride);
  const sourceBytes = source.bytes.slice();
  // The cells end with the vector of this row: what lies behind it in the last pair is guarded as well.
  const pairs = Math.ceil(columns / (2 * box));
  const cells = guarded(kernels, pairs * 64);

  const add = (from: number, count: number, begun: boolean) => {
    const at = source.address + from * stride;
    kernels.run.boxRows(at, stride, count, columns, box, cells.address + row * 16, begun);
  };
  if (before > 0) add(0, before, false);
  add(before, rows.length - before, before > 0);

  expect([source.trespasses(), cells.trespasses()]).toEqual([0, 0]);
  expect(source.bytes, "the pixels are left alone").toEqual(sourceBytes);
  return new Int16Array(cells.bytes.slice().buffer);
}

function expectTwins(boxing: Boxing): void {
  const { rows, box, row } = boxing;
  const got = boxRows(boxing);
  const cells = Math.ceil((rows[0]?.length ?? 0) / 4 / (2 * box)) * 2;
  const wanted = new Int16Array(new Uint8Array(cells * 32).fill(0xa5).buffer);
  for (const [at, sum] of boxed(rows, box, cells).entries()) wanted[cellIndex(Math.floor(at / 4), row, at % 4)] = sum;
  expect(got).toEqual(wanted);
}

const rowsOf = (count: number, columns: number) =>
  Array.from({ length: count }, (_, row) => randomBytes(columns * 4, columns * 10 + row));

/** Every remainder of two pairs of cells, and more of them than one step takes. */
const widthsOf = (box: number) => [
  ...new Set([0, 1, 2, box - 1, box, box + 1, 2 * box - 1, 2 * box, 2 * box + 1, 4 * box - 1, 4 * box, 9 * box + 3]),
];

describe("boxRows", () => {
  test.each([1, 2, 4, 8, 32, 128])("adds up boxes of %i columns exactly as the twin does, in any row", (box) => {
    for (const columns of widthsOf(box)) {
      for (const alignment of ALIGNMENTS) {
        for (const rows of [1, 2, 4].filter((count) => count * box <= 128)) {
          expectTwins({ rows: rowsOf(rows, columns), box, row: (columns + rows) % 4, alignment });
        }
      }
    }
  });

  test.each([1, 2, 4, 16])("with boxes of %i columns it does not matter which rows come in one call", (box) => {
    for (const columns of widthsOf(box)) {
      for (const before of [1, 2, 3]) expectTwins({ rows: rowsOf(4, columns), box, row: before, before });
    }
  });

  test.each([
    [1, 128],
    [2, 64],
    [8, 16],
    [128, 1],
  ])("holds the largest sums: %i columns and %i rows of white", (box, rows) => {
    const white = new Uint8Array((3 * box + 1) * 4).fill(255);
    expectTwins({ rows: new Array(rows).fill(white), box, row: 1 });
    expectTwins({ rows: new Array(rows).fill(white), box, row: 1, before: Math.floor(rows / 2) });
  });

  test("takes the same row again and again with a stride of 0", () => {
    kernels.clear();
    const source = guarded(kernels, 12);
    source.bytes.set([1, 2, 3, 255, 10, 20, 30, 255, 100, 90, 80, 255]);
    const cells = guarded(kernels, 64);
    kernels.run.boxRows(source.address, 0, 5, 3, 2, cells.address, false);
    const got = new Int16Array(cells.bytes.slice(0, 16).buffer);
    expect([...got]).toEqual([55, 1000, 110, 900, 165, 800, 2550, 2550]);
  });

  test("of a single column makes a pair of cells that repeat it", () => {
    expect([...boxRows({ rows: [Uint8Array.of(7, 8, 9, 255)], box: 8, row: 0 }).slice(0, 8)]).toEqual([
      56, 56, 64, 64, 72, 72, 2040, 2040,
    ]);
  });
});
