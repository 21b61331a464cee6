import { describe, expect, test } from "vitest";
import { ZIGZAG } from "../../src/codec/jpeg/zigzag.ts";
import { reciprocalsOf } from "../../src/codec/jpeg-encoder/quantisation.ts";
import { quantised, stuffed, transformedByDefinition, transformedByLibjpeg } from "../oracle/jpeg-encode.ts";
import { ALIGNMENTS, guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes, randomNumbers } from "../support/random.ts";

const kernels = roomyKernels();
const shortsIn = (bytes: Uint8Array) => new Int16Array(bytes.slice().buffer);

function forward(samples: Uint8Array, stride = 8, alignment = 0): Int16Array {
  kernels.clear();
  const from = guardedCopy(kernels, samples, alignment);
  const to = guarded(kernels, 128);
  kernels.run.forward8(from.address, stride, to.address);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  return shortsIn(to.bytes);
}

/** Blocks at the ends of what there is: of one level, of noise of two levels, and of any. */
const BLOCKS: readonly (readonly [what: string, samples: Uint8Array<ArrayBuffer>])[] = [
  ["black", new Uint8Array(64)],
  ["white", new Uint8Array(64).fill(255)],
  ...ZIGZAG.map((place) => {
    const sign = (at: number) => {
      const [u, v, x, y] = [place % 8, place >> 3, at % 8, at >> 3];
      return Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16) > 0;
    };
    return [
      `the most of coefficient ${place}`,
      Uint8Array.from({ length: 64 }, (_, at) => (sign(at) ? 255 : 0)),
    ] as const;
  }),
  ...Array.from({ length: 200 }, (_, seed) => [`noise ${seed}`, randomBytes(64, seed)] as const),
  ...Array.from({ length: 200 }, (_, seed) => {
    return [`noise ${seed} of two levels`, randomBytes(64, 1000 + seed).map((byte) => (byte & 1) * 255)] as const;
  }),
];

describe("forward8", () => {
  test("is libjpeg's, to the bit, and near the definition", () => {
    for (const [what, samples] of BLOCKS) {
      const got = forward(samples);
      expect([...got], what).toEqual(transformedByLibjpeg(samples));
      // Eight times a coefficient: 1.6 was the most of 40,000 blocks. The bound of a file counts on less than 4.
      expectNear(got, transformedByDefinition(samples), 2);
    }
  });

  test("keeps coefficients within ±1021 times eight, which bounds the size of a file", () => {
    for (const [what, samples] of BLOCKS) {
      const ac = Math.max(...[...forward(samples)].slice(1).map(Math.abs));
      expect(ac, what).toBeLessThanOrEqual(1021 * 8);
    }
  });

  test.each(ALIGNMENTS)("takes samples of any stride at alignment %i", (alignment) => {
    for (const stride of [8, 9, 16, 33]) {
      const plane = randomBytes(stride * 7 + 8, stride);
      const samples = Uint8Array.from({ length: 64 }, (_, at) => plane[(at >> 3) * stride + (at % 8)] ?? 0);
      expect(forward(plane, stride, alignment)).toEqual(forward(samples));
    }
  });
});

describe("quantise", () => {
  test("divides every coefficient by every quantiser as libjpeg does, halves away from zero", () => {
    kernels.clear();
    const [from, factors, to, present] = [128, 256, 128, 8].map((bytes) => guarded(kernels, bytes));
    if (from === undefined || factors === undefined || to === undefined || present === undefined) throw new Error();
    const coefficients = new Int16Array(kernels.run.memory.buffer, from.address, 64);
    const quotients = new Int16Array(kernels.run.memory.buffer, to.address, 64);
    const wrong: string[] = [];
    for (let quantiser = 1; quantiser <= 255; quantiser++) {
      factors.bytes.set(new Uint8Array(reciprocalsOf(new Uint16Array(64).fill(quantiser)).buffer));
      for (let first = -8256; first <= 8256; first += 64) {
        for (let at = 0; at < 64; at++) coefficients[at] = first + at;
        kernels.run.quantise(from.address, factors.address, to.address, present.address);
        for (let at = 0; at < 64; at++) {
          if (quotients[at] !== quantised(first + at, quantiser)) wrong.push(`${first + at} over 8 · ${quantiser}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect([from, factors, to, present].map((block) => block.trespasses())).toEqual([0, 0, 0, 0]);
  });

  test("says which coefficients are not zero, in zigzag order, and may write where it reads", () => {
    const next = randomNumbers(5);
    for (let round = 0; round < 500; round++) {
      kernels.clear();
      const isPresent = ZIGZAG.map((_, at) => (round < 64 ? at === round : next() < round / 500));
      const block = new Int16Array(64);
      // 256 is zero in its lower byte.
      for (const [at, place] of ZIGZAG.entries()) if (isPresent[at]) block[place] = at % 2 === 1 ? -8 : 8 * 256;
      const at = guardedCopy(kernels, new Uint8Array(block.buffer));
      const factors = guardedCopy(kernels, new Uint8Array(reciprocalsOf(new Uint16Array(64).fill(1)).buffer));
      const present = guarded(kernels, 8);
      kernels.run.quantise(at.address, factors.address, at.address, present.address);
      const bits = new BigUint64Array(present.bytes.slice().buffer)[0] ?? 0n;
      expect(ZIGZAG.map((_, index) => ((bits >> BigInt(index)) & 1n) === 1n)).toEqual(isPresent);
      expect([...shortsIn(at.bytes)]).toEqual([...block].map((value) => value / 8));
      expect([at.trespasses(), present.trespasses()]).toEqual([0, 0]);
    }
  });
});

describe("stuffBytes", () => {
  const LENGTHS = [0, 1, 2, 3, 4, 15, 16, 17, 31, 32, 33, 255];
  /** How many bytes of the words are 0xFF. */
  const SHARES = [0, 0.1, 0.5, 1];

  test.each(LENGTHS)("puts a zero behind each 0xFF of %i bytes, and nothing else", (length) => {
    for (const share of SHARES) {
      kernels.clear();
      const next = randomNumbers(length + 1);
      const words = Array.from({ length: 72 }, () =>
        [0, 1, 2, 3].reduce((word, _) => ((word << 8) | (next() < share ? 255 : next() * 255)) >>> 0, 0),
      );
      const wanted = stuffed(words, length);
      const from = guardedCopy(kernels, new Uint8Array(Uint32Array.from(words).buffer));
      const to = guarded(kernels, wanted.length + 31);
      expect(kernels.run.stuffBytes(from.address, length, to.address) - to.address).toBe(wanted.length);
      expect([...to.bytes.subarray(0, wanted.length)]).toEqual(wanted);
      expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
    }
  });
});
