import { describe, expect, test } from "vitest";
import { inverted, invertedByLibjpeg, invertedInIntegers4 } from "../oracle/jpeg-samples.ts";
import { ALIGNMENTS, guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomNumbers } from "../support/random.ts";

const kernels = roomyKernels();

type Transform = "inverse8" | "inverse8low" | "inverse4" | "inverse2";
const SIDES: Readonly<Record<Transform, number>> = { inverse8: 8, inverse8low: 8, inverse4: 4, inverse2: 2 };
const TRANSFORMS = Object.keys(SIDES) as readonly Transform[];

interface Block {
  readonly coefficients: Int16Array;
  readonly steps: Uint16Array;
}

interface Place {
  readonly stride?: number;
  readonly alignment?: number;
}

/** Runs one transform; its samples row by row, having seen that it wrote nothing else. */
function samplesOf(
  { coefficients, steps }: Block,
  side: number,
  { stride = 8, alignment = 0 }: Place,
  run: (block: number, quantisation: number, to: number, stride: number) => void,
): number[] {
  kernels.clear();
  const block = guardedCopy(kernels, new Uint8Array(coefficients.slice().buffer));
  const quantisation = guardedCopy(kernels, new Uint8Array(steps.slice().buffer));
  const to = guarded(kernels, stride * (side - 1) + side, alignment);
  const before = [...block.bytes, ...quantisation.bytes];
  const untouched = to.bytes.slice();

  run(block.address, quantisation.address, to.address, stride);

  expect([block.trespasses(), quantisation.trespasses(), to.trespasses()]).toEqual([0, 0, 0]);
  expect([...block.bytes, ...quantisation.bytes], "the coefficients are left alone").toEqual(before);
  expect(
    [...to.bytes].filter((byte, at) => at % stride >= side && byte !== untouched[at]),
    "between the rows nothing is written",
  ).toEqual([]);
  return [...to.bytes].filter((_, at) => at % stride < side);
}

function invert(block: Block, transform: Transform, place: Place = {}): number[] {
  return samplesOf(block, SIDES[transform], place, kernels.run[transform]);
}

function invertFlat(block: Block, side: number, place: Place = {}): number[] {
  return samplesOf(block, side, place, (at, steps, to, stride) => kernels.run.inverseFlat(at, steps, to, stride, side));
}

function invert1(block: Block): number[] {
  return samplesOf(block, 1, {}, (at, steps, to) => kernels.run.inverse1(at, steps, to));
}

const dequantised = ({ coefficients, steps }: Block) =>
  Array.from(coefficients, (coefficient, at) => coefficient * (steps[at] ?? 0));

/** Only the `side`×`side` lowest frequencies of a block. */
function lowest({ coefficients, steps }: Block, side: number): Block {
  return { coefficients: coefficients.map((value, at) => (at % 8 < side && at < side * 8 ? value : 0)), steps };
}

/** What an encoder makes of random samples: their forward transform, over steps of 1 to 1 + `coarsest`, rounded. */
function encodedBlock(seed: number, coarsest: number): Block {
  const next = randomNumbers(seed);
  const contrast = next();
  const samples = Array.from({ length: 64 }, () => (next() - 0.5) * 255 * contrast);
  const steps = Uint16Array.from({ length: 64 }, () => 1 + next() * coarsest);
  const scale = (frequency: number) => (frequency === 0 ? Math.SQRT1_2 : 1) / 2;
  const coefficients = Int16Array.from({ length: 64 }, (_, at) => {
    const [u, v] = [at % 8, at >> 3];
    const sum = samples.reduce((total, sample, pixel) => {
      const [x, y] = [pixel % 8, pixel >> 3];
      const waves = Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16);
      return total + sample * waves;
    }, 0);
    return Math.round((sum * scale(u) * scale(v)) / (steps[at] ?? 1));
  });
  return { coefficients, steps };
}

const COARSENESS = [0, 1, 12, 60, 254];
const BLOCKS = COARSENESS.flatMap((coarsest) =>
  Array.from({ length: 40 }, (_, index) => encodedBlock(coarsest * 1000 + index, coarsest)),
);

/** A block whose coefficients are all at one end or the other, or nothing. */
function extremeBlock(seed: number, step: number): Block {
  const next = randomNumbers(seed);
  const ends = [-32_768, 32_767, 0, -1];
  return {
    coefficients: Int16Array.from({ length: 64 }, () => ends[Math.floor(next() * ends.length)] ?? 0),
    steps: new Uint16Array(64).fill(step),
  };
}

const EXTREMES = [1, 2, 255, 32_767, 65_535].flatMap((step) =>
  Array.from({ length: 20 }, (_, index) => extremeBlock(step + index, step)),
);

describe("the inverse transforms", () => {
  test("inverse8 gives what libjpeg's accurate integer transform gives, bit for bit", () => {
    for (const block of BLOCKS) expectNear(invert(block, "inverse8"), invertedByLibjpeg(dequantised(block)), 0);
  });

  test("inverse8low gives the same of the 4×4 lowest frequencies", () => {
    for (const block of BLOCKS) {
      const low = lowest(block, 4);
      expectNear(invert(low, "inverse8low"), invertedByLibjpeg(dequantised(low)), 0);
    }
  });

  // 1: the passes round to a quarter of a level and to a level, so what lies near a half may fall to its other side.
  test.each(["inverse8", "inverse4"] as const)("%s is within 1 of the definition in real numbers", (transform) => {
    for (const block of BLOCKS) {
      expectNear(invert(block, transform), inverted(dequantised(block), SIDES[transform]), 1);
    }
  });

  test("inverse4 gives what the definition gives in 13-bit fixed point, bit for bit", () => {
    for (const block of BLOCKS) expectNear(invert(block, "inverse4"), invertedInIntegers4(dequantised(block)), 0);
  });

  test("inverse2 rounds the definition exactly", () => {
    for (const block of BLOCKS) expectNear(invert(block, "inverse2"), inverted(dequantised(block), 2), 0);
  });

  test("inverse1 rounds the definition exactly", () => {
    for (const block of BLOCKS) expectNear(invert1(block), inverted(dequantised(block), 1), 0);
  });

  test.each(["inverse8low", "inverse4", "inverse2"] as const)("%s ignores the higher frequencies", (transform) => {
    const kept = transform === "inverse8low" ? 4 : SIDES[transform];
    for (const block of BLOCKS) expect(invert(block, transform)).toEqual(invert(lowest(block, kept), transform));
  });

  test.each(TRANSFORMS)(
    "%s writes its rows a stride apart, at any alignment, and nothing between them",
    (transform) => {
      const block = encodedBlock(7, 12);
      const wanted = invert(block, transform);
      for (const alignment of ALIGNMENTS) {
        for (const stride of [8, 9, 16, 37, 4096])
          expect(invert(block, transform, { alignment, stride })).toEqual(wanted);
      }
    },
  );

  test.each(TRANSFORMS)(
    "%s has samples for the largest coefficients and steps, and writes nothing else",
    (transform) => {
      for (const block of EXTREMES) expect(invert(block, transform)).toHaveLength(SIDES[transform] ** 2);
    },
  );

  test("inverse8low gives what inverse8 gives even where both overflow", () => {
    for (const block of EXTREMES) {
      const low = lowest(block, 4);
      expect(invert(low, "inverse8low")).toEqual(invert(low, "inverse8"));
    }
  });
});

describe("a block without AC", () => {
  const flat = (dc: number, step: number): Block => {
    const block = { coefficients: new Int16Array(64), steps: new Uint16Array(64).fill(step) };
    block.coefficients[0] = dc;
    return block;
  };

  test("has one and the same level in every transform, for each of the 65,536 values of DC", () => {
    kernels.clear();
    const block = guardedCopy(kernels, new Uint8Array(128));
    const quantisation = guardedCopy(kernels, new Uint8Array(new Uint16Array(64).fill(1).buffer));
    const to = guarded(kernels, 64);
    const coefficients = new DataView(block.bytes.buffer, block.address, 128);
    const wrong: string[] = [];
    const check = (name: string, dc: number, samples: number) => {
      const wanted = Math.min(255, Math.max(0, Math.floor(dc / 8 + 128.5)));
      for (let at = 0; at < samples; at++) if (to.bytes[at] !== wanted) wrong.push(`${name} of ${dc}: ${to.bytes[at]}`);
    };
    for (let dc = -32_768; dc < 32_768; dc++) {
      coefficients.setInt16(0, dc, true);
      for (const transform of TRANSFORMS) {
        kernels.run[transform](block.address, quantisation.address, to.address, SIDES[transform]);
        check(transform, dc, SIDES[transform] ** 2);
      }
      kernels.run.inverse1(block.address, quantisation.address, to.address);
      check("inverse1", dc, 1);
      kernels.run.inverseFlat(block.address, quantisation.address, to.address, 4, 4);
      check("inverseFlat", dc, 16);
    }
    expect(wrong).toEqual([]);
    expect(to.trespasses()).toBe(0);
  });

  test.each([1, 2, 4, 8])(
    "is filled by inverseFlat, %i samples to a side, a stride apart, and nothing else",
    (side) => {
      for (const alignment of ALIGNMENTS) {
        for (const stride of [8, 9, 37]) {
          expect(invertFlat(flat(-100, 3), side, { alignment, stride })).toEqual(new Array(side ** 2).fill(91));
        }
      }
    },
  );

  test("wraps the product of coefficient and step at 16 bits, alike at every size", () => {
    for (const [dc, step] of [
      [256, 256],
      [-32_768, 65_535],
      [32_767, 3],
      [-1, 65_535],
    ] as const) {
      const block = flat(dc, step);
      const [level] = inverted([((dc * step) << 16) >> 16], 1);
      for (const transform of TRANSFORMS) {
        expect(invert(block, transform)).toEqual(new Array(SIDES[transform] ** 2).fill(level));
      }
      expect(invert1(block)).toEqual([level]);
      for (const side of [1, 2, 4, 8]) expect(invertFlat(block, side)).toEqual(new Array(side ** 2).fill(level));
    }
  });
});
