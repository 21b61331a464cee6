import { describe, expect, test } from "vitest";
import { byte, weighedDown } from "../oracle/rows.ts";
import { ALIGNMENTS, floatsIn, type Guarded, guarded, guardedCopy, LENGTHS, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomNumbers } from "../support/random.ts";

const kernels = roomyKernels();

interface Job {
  /** An even number of them, of one length. */
  readonly rows: readonly Int16Array[];
  readonly weights: Int16Array;
}

/** Puts pairs of rows anywhere, and calls `weigh` with where they are. */
function withRows({ rows, weights }: Job, to: Guarded, weigh: (pairs: number, weights: number) => void): void {
  const pairs = Array.from({ length: rows.length / 2 }, (_, pair) => {
    const [upper, lower] = [rows[2 * pair] ?? [], rows[2 * pair + 1] ?? []];
    const both = Int16Array.from({ length: upper.length * 2 }, (_, at) => (at % 2 ? lower : upper)[at >> 1] ?? 0);
    return guardedCopy(kernels, new Uint8Array(both.buffer));
  });
  const by = guardedCopy(kernels, new Uint8Array(weights.slice().buffer));
  weigh(kernels.place(Uint32Array.from(pairs, ({ address }) => address)), by.address);
  expect([...pairs, by, to].every((block) => block.trespasses() === 0)).toBe(true);
}

function weighOpaque(job: Job, alignment = 0): Uint8Array {
  kernels.clear();
  const count = (job.rows[0]?.length ?? 0) / 4;
  const to = guarded(kernels, count * 4, alignment);
  withRows(job, to, (pairs, weights) =>
    kernels.run.weighDownOpaque(pairs, weights, job.rows.length / 2, to.address, count),
  );
  return to.bytes.slice();
}

function weigh(job: Job): Float32Array {
  kernels.clear();
  const count = (job.rows[0]?.length ?? 0) / 4;
  const to = guarded(kernels, count * 16);
  withRows(job, to, (pairs, weights) => kernels.run.weighDown(pairs, weights, job.rows.length / 2, to.address, count));
  return floatsIn(to);
}

/** Rows that overshoot as far as filters do. */
function randomJob(count: number, taps: number): Job {
  const next = randomNumbers(count * 1000 + taps);
  return {
    rows: Array.from({ length: taps }, () => Int16Array.from({ length: count * 4 }, () => next() * 24_000 - 5000)),
    weights: Int16Array.from({ length: taps }, () => ((next() * 2.3 - 0.4) * 16_384) / taps),
  };
}

describe("weighDownOpaque", () => {
  test.each(LENGTHS)("sums up rows of %i pixels exactly as the twin does, with 2, 6 and 40 taps", (count) => {
    for (const taps of [2, 6, 40]) {
      for (const alignment of ALIGNMENTS) {
        const job = randomJob(count, taps);
        expectNear(weighOpaque(job, alignment), weighedDown(job.rows, job.weights).map(byte), 0);
      }
    }
  });

  test("gives every level back that is 64 times as much in one row, whichever row it is", () => {
    const level = Int16Array.from({ length: 1024 }, (_, at) => (at >> 2) * 64);
    const other = new Int16Array(1024).fill(16_320);
    for (let tap = 0; tap < 4; tap++) {
      const weights = new Int16Array(4);
      weights[tap] = 16_384;
      const rows = [0, 1, 2, 3].map((row) => (row === tap ? level : other));
      expect([...weighOpaque({ rows, weights })]).toEqual([...level].map((value) => value / 64));
    }
  });

  test("rounds halves up and clamps", () => {
    const rows = [Int16Array.of(32, 31, 16_320, 16_400, -1, -32_768, 32_767, 64 * 9 + 31), new Int16Array(8)];
    expect([...weighOpaque({ rows, weights: Int16Array.of(16_384, 0) })]).toEqual([1, 0, 255, 255, 0, 0, 255, 9]);
  });
});

describe("weighDown", () => {
  // The sum is exact, of at most 31 bits; the float that it becomes is rounded once, to 24 bits of at most 1000 levels.
  const TOLERANCE = 2 ** -15;

  test.each(LENGTHS)("sums up rows of %i pixels as the twin does, neither rounded nor clamped", (count) => {
    for (const taps of [2, 6, 40]) {
      const job = randomJob(count, taps);
      expectNear(weigh(job), weighedDown(job.rows, job.weights), TOLERANCE);
    }
  });

  test("gives an alpha of 255 exactly where all rows are opaque", () => {
    const rows = [0, 1, 2, 3].map(() => new Int16Array(20).fill(16_320));
    expect([...weigh({ rows, weights: Int16Array.of(-1001, 9193, 9193, -1001) })]).toEqual(new Array(20).fill(255));
  });

  test("gives zeros with no rows at all", () => {
    kernels.clear();
    const to = guarded(kernels, 48);
    kernels.run.weighDown(0, 0, 0, to.address, 3);
    expect([...floatsIn(to)]).toEqual(new Array(12).fill(0));
  });
});
