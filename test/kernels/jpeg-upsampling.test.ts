import { describe, expect, test } from "vitest";
import { doubledAcross, doubledBoth, doubledDown, repeated } from "../oracle/jpeg-samples.ts";
import { ALIGNMENTS, guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();

/** Every remainder of a step of sixteen samples, twice over, and a row of many steps. */
const COUNTS = [...Array.from({ length: 40 }, (_, index) => index + 1), 257];
const MATRIX = COUNTS.flatMap((count) => ALIGNMENTS.map((alignment) => ({ count, alignment })));

/** How many bytes behind its row each kernel says it may write. */
const BEHIND = { doubleAcross: 30, doubleDown: 15, doubleBoth: 14, repeatAcross: 0 } as const;
/** Bytes that doubleBoth wants beside two for each sample. */
const SCRATCH_MARGIN = 48;

interface Run {
  readonly inputs: readonly Uint8Array[];
  readonly outputs: number;
  readonly behind: number;
  readonly alignment?: number;
}

/** Runs a kernel on copies of its inputs; the row that comes out, having seen that it wrote no farther than it says. */
function rowOf(
  { inputs, outputs, behind, alignment = 0 }: Run,
  run: (to: number, ...from: readonly number[]) => void,
): Uint8Array {
  kernels.clear();
  const from = inputs.map((samples) => guardedCopy(kernels, samples, alignment));
  const to = guarded(kernels, outputs + behind, alignment);
  run(to.address, ...from.map(({ address }) => address));
  expect([to, ...from].map((block) => block.trespasses())).toEqual([0, ...inputs.map(() => 0)]);
  expect(
    from.map(({ bytes }) => bytes),
    "the inputs are left alone",
  ).toEqual(inputs);
  return to.bytes.slice(0, outputs);
}

function doubleAcross(samples: Uint8Array, alignment = 0): Uint8Array {
  const { length } = samples;
  const shape = { inputs: [samples], outputs: length * 2, behind: BEHIND.doubleAcross, alignment };
  return rowOf(shape, (to, from = 0) => kernels.run.doubleAcross(from, to, length));
}

function doubleDown(near: Uint8Array, far: Uint8Array, bias: number, alignment = 0): Uint8Array {
  const shape = { inputs: [near, far], outputs: near.length, behind: BEHIND.doubleDown, alignment };
  return rowOf(shape, (to, nearAt = 0, farAt = 0) => kernels.run.doubleDown(nearAt, farAt, to, near.length, bias));
}

function doubleBoth(near: Uint8Array, far: Uint8Array, alignment = 0): Uint8Array {
  const shape = { inputs: [near, far], outputs: near.length * 2, behind: BEHIND.doubleBoth, alignment };
  return rowOf(shape, (to, nearAt = 0, farAt = 0) => {
    const scratch = guarded(kernels, near.length * 2 + SCRATCH_MARGIN, alignment);
    kernels.run.doubleBoth(nearAt, farAt, to, scratch.address, near.length);
    expect(scratch.trespasses()).toBe(0);
  });
}

function repeatAcross(samples: Uint8Array, count: number, per: number, every: number, alignment = 0): Uint8Array {
  const shape = { inputs: [samples], outputs: count, behind: BEHIND.repeatAcross, alignment };
  return rowOf(shape, (to, from = 0) => kernels.run.repeatAcross(from, to, count, per, every));
}

/** 512 samples in which `sample` stands on both sides of every other value, and the other way round. */
const besideAll = (sample: number) => Uint8Array.from({ length: 512 }, (_, at) => (at % 2 === 0 ? sample : at >> 1));
const ALL = Uint8Array.from({ length: 256 }, (_, value) => value);

describe("doubleAcross", () => {
  test.each(MATRIX)("gives exactly the twin's $count samples twice at alignment $alignment", ({ count, alignment }) => {
    const samples = randomBytes(count, count + 3);
    expectNear(doubleAcross(samples, alignment), doubledAcross(samples), 0);
  });

  test("rounds every pair of neighbours as libjpeg does, on either side", () => {
    for (const sample of ALL) expectNear(doubleAcross(besideAll(sample)), doubledAcross(besideAll(sample)), 0);
  });
});

describe("doubleDown", () => {
  test.each(MATRIX)("gives exactly the twin's $count samples at alignment $alignment", ({ count, alignment }) => {
    const [near, far] = [randomBytes(count, count), randomBytes(count, count + 1000)];
    for (const bias of [1, 2]) expectNear(doubleDown(near, far, bias, alignment), doubledDown(near, far, bias), 0);
  });

  test.each([1, 2])("rounds every pair of samples with bias %i", (bias) => {
    for (const sample of ALL) {
      const near = new Uint8Array(256).fill(sample);
      expectNear(doubleDown(near, ALL, bias), doubledDown(near, ALL, bias), 0);
    }
  });
});

describe("doubleBoth", () => {
  test.each(MATRIX)("gives exactly the twin's $count samples twice at alignment $alignment", ({ count, alignment }) => {
    const [near, far] = [randomBytes(count, count + 5), randomBytes(count, count + 2000)];
    expectNear(doubleBoth(near, far, alignment), doubledBoth(near, far), 0);
  });

  test("rounds every pair of neighbours, beside a row of equals and beside rows of both ends", () => {
    for (const sample of ALL) {
      const near = besideAll(sample);
      for (const far of [near, new Uint8Array(512), new Uint8Array(512).fill(255)]) {
        expectNear(doubleBoth(near, far), doubledBoth(near, far), 0);
      }
    }
  });
});

describe("repeatAcross", () => {
  const samples = randomBytes(257 * 32, 11);

  test.each(MATRIX)("gives $count samples at alignment $alignment, for 1, 2 and 3 of each and of 3 one", (row) => {
    for (const [per, every] of [
      [1, 1],
      [1, 2],
      [1, 3],
      [3, 1],
      [2, 3],
    ] as const) {
      const got = repeatAcross(samples, row.count, per, every, row.alignment);
      expectNear(got, repeated(samples, row.count, per, every), 0);
    }
  });

  test("takes every ratio of 1 to 32 samples for 1 to 32", () => {
    for (let per = 1; per <= 32; per++) {
      for (let every = 1; every <= 32; every++) {
        expectNear(repeatAcross(samples, 257, per, every), repeated(samples, 257, per, every), 0);
      }
    }
  });

  test("is still exact at the 65,536th sample", () => {
    const long = randomBytes(65_536 * 2, 12);
    for (const [per, every] of [
      [31, 32],
      [32, 31],
      [1, 32],
    ] as const) {
      expectNear(repeatAcross(long, 65_536, per, every), repeated(long, 65_536, per, every), 0);
    }
  });

  test("writes nothing for no samples", () => {
    expect(repeatAcross(samples, 0, 1, 2)).toHaveLength(0);
  });
});

// At the very end of the memory a byte too far is a trap.
describe("reads no farther behind its row than it says", () => {
  /** Where a row must begin for `behind` bytes to be left behind it; 33 samples need the most, one in the last step. */
  const COUNT = 33;
  const lastRow = (behind: number) => kernels.bytes - COUNT - behind;
  const room = () => {
    kernels.clear();
    return kernels.reserve(1024);
  };

  test("doubleAcross: 16 bytes", () => {
    expect(() => kernels.run.doubleAcross(lastRow(16), room(), COUNT)).not.toThrow();
    expect(() => kernels.run.doubleAcross(lastRow(15), room(), COUNT)).toThrow();
  });

  test("doubleDown and doubleBoth: 15 bytes", () => {
    const to = room();
    for (const bias of [1, 2]) {
      expect(() => kernels.run.doubleDown(lastRow(15), lastRow(15), to, COUNT, bias)).not.toThrow();
    }
    expect(() => kernels.run.doubleBoth(lastRow(15), lastRow(15), to, to + 512, COUNT)).not.toThrow();
  });

  test("repeatAcross: none", () => {
    expect(() => kernels.run.repeatAcross(lastRow(0), room(), COUNT * 2, 1, 2)).not.toThrow();
  });
});
