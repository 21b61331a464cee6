import { describe, expect, test } from "vitest";
import { cellIndex, type Weighing, weighedAcross } from "../oracle/rows.ts";
import { guarded, guardedCopy, LENGTHS, roomyKernels } from "../support/guarded.ts";
import { randomNumbers } from "../support/random.ts";

const kernels = roomyKernels();

interface Job extends Weighing {
  readonly cells: Int16Array;
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly weights: Int16Array;
  readonly shift: number;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int16Array) => new Uint8Array(buffer, byteOffset, byteLength);

/** The four rows that come out, taken from their pairs. */
function weigh({ cells, starts, weights, taps, shift }: Job): readonly number[][] {
  kernels.clear();
  const from = guardedCopy(kernels, bytesOf(cells));
  const by = guardedCopy(kernels, bytesOf(weights));
  const [upper, lower] = [guarded(kernels, starts.length * 16), guarded(kernels, starts.length * 16)];
  const startsAt = kernels.place(starts);
  kernels.run.weighAcross(from.address, upper.address, lower.address, startsAt, by.address, taps, starts.length, shift);
  expect([from, by, upper, lower].map((block) => block.trespasses())).toEqual([0, 0, 0, 0]);
  expect(from.bytes, "the cells are left alone").toEqual(bytesOf(cells));
  return [upper, lower].flatMap(({ bytes }) => {
    const pair = [...new Int16Array(bytes.slice().buffer)];
    return [0, 1].map((row) => pair.filter((_, at) => at % 2 === row));
  });
}

function expectTwins(job: Job): void {
  const wanted = [0, 1, 2, 3].map((row) => [...weighedAcross(job.cells, row, job, job.shift)]);
  expect(weigh(job)).toEqual(wanted);
}

/** Outputs that begin at any even cell of 40, with as many more behind them as there are taps. */
function randomJob(count: number, taps: number, shift: number, largest: number): Job {
  const next = randomNumbers(count * 100 + taps);
  return {
    cells: Int16Array.from({ length: (40 + taps) * 16 }, () => next() * (largest + 1)),
    starts: Uint32Array.from({ length: count }, () => Math.floor(next() * 20) * 2),
    // Without their signs they add up to 1.9 at most, of which the sum is 1 or so.
    weights: Int16Array.from({ length: count * taps }, () => ((next() * 2.3 - 0.4) * 16_384) / taps),
    taps,
    shift,
  };
}

describe("weighAcross", () => {
  test.each(LENGTHS)("sums up %i outputs of four rows exactly as the twin does, with 4, 8 and 120 taps", (count) => {
    for (const taps of [4, 8, 120]) {
      expectTwins(randomJob(count, taps, 14, 16_320));
      expectTwins(randomJob(count, taps, 8, 255));
      expectTwins(randomJob(count, taps, 15, 32_640));
    }
  });

  test("picks a cell out unchanged where one weight is 1 and the others are 0, in each tap's place", () => {
    for (let tap = 0; tap < 8; tap++) {
      const weights = new Int16Array(8);
      weights[tap] = 16_384;
      const job = { ...randomJob(1, 8, 14, 16_320), starts: Uint32Array.of(6), weights };
      const cell = (row: number) => [0, 1, 2, 3].map((channel) => job.cells[cellIndex(6 + tap, row, channel)]);
      expect(weigh(job)).toEqual([0, 1, 2, 3].map(cell));
    }
  });

  test("rounds halves up, below 0 as well", () => {
    const cells = new Int16Array(4 * 16).fill(1);
    const sums = [8192, 8191, -8192, -8193].map((weight) =>
      weigh({ cells, starts: Uint32Array.of(0), weights: Int16Array.of(weight, 0, 0, 0), taps: 4, shift: 14 }),
    );
    expect(sums.map((rows) => rows[0]?.[0])).toEqual([1, 0, 0, -1]);
  });

  test("stops at the ends of sixteen bits rather than to start from the other", () => {
    const cells = new Int16Array(4 * 16).fill(32_767);
    for (const weight of [24_000, -24_000]) {
      const weights = Int16Array.of(weight, weight / 4, 0, 0);
      const got = weigh({ cells, starts: Uint32Array.of(0), weights, taps: 4, shift: 14 });
      expect(got.flat().every((value) => value === (weight > 0 ? 32_767 : -32_768))).toBe(true);
    }
  });

  test("gives zeros with no taps at all", () => {
    const job = { ...randomJob(3, 4, 14, 255), weights: new Int16Array(0), taps: 0 };
    expect(weigh(job).flat()).toEqual(new Array(48).fill(0));
  });
});
