import { describe, expect, test } from "vitest";
import { quantisationOf } from "../../src/codec/jpeg-encoder/quantisation.ts";
import { TRELLIS_BYTES, trellisTable } from "../../src/codec/jpeg-encoder/trellis-table.ts";
import { ZIGZAG } from "../oracle/jpeg-annex-k.ts";
import { transformedByLibjpeg } from "../oracle/jpeg-encode.ts";
import { weighed } from "../oracle/jpeg-trellis.ts";
import { guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { randomNumbers } from "../support/random.ts";

const kernels = roomyKernels();

const bytesOf = (values: Int16Array) => new Uint8Array(values.slice().buffer);

/** Which are not zero, as a text of eight bytes. */
function presentIn(block: Int16Array): Uint8Array {
  const bits = new BigUint64Array(1);
  for (const [place, natural] of ZIGZAG.entries()) {
    if (block[natural] !== 0) bits[0] = (bits[0] ?? 0n) | (1n << BigInt(place));
  }
  return new Uint8Array(bits.buffer);
}

function byKernel(block: Int16Array, raw: Int16Array, table: Uint8Array): Int16Array {
  kernels.clear();
  const blocks = [bytesOf(block), bytesOf(raw), presentIn(block), table].map((bytes) => guardedCopy(kernels, bytes));
  const [a, b, c, d] = blocks.map(({ address }) => address);
  kernels.run.weighBlockAt(a ?? 0, b ?? 0, c ?? 0, d ?? 0);
  expect(blocks.map((each) => each.trespasses())).toEqual([0, 0, 0, 0]);
  const [after, , present] = blocks.map(({ bytes }) => bytes.slice());
  const left = new Int16Array(after?.buffer ?? new ArrayBuffer(0));
  expect(present).toEqual(presentIn(left));
  return left;
}

/** Blocks of samples as they are in photographs, and as they are not: slopes with noise of some strength. */
function rawBlock(seed: number): Int16Array {
  const next = randomNumbers(seed);
  const strength = [2, 10, 40, 255][seed % 4] ?? 0;
  const [slopeX, slopeY] = [next() * 20 - 10, next() * 20 - 10];
  const samples = Array.from({ length: 64 }, (_, at) => {
    const value = 128 + slopeX * ((at % 8) - 4) + slopeY * ((at >> 3) - 4) + (next() - 0.5) * strength;
    return Math.round(Math.min(255, Math.max(0, value)));
  });
  return Int16Array.from(transformedByLibjpeg(samples));
}

function quantisedBy(raw: Int16Array, quantisers: ArrayLike<number>): Int16Array {
  return raw.map((value, at) => Math.sign(value) * Math.floor(Math.abs(value) / (8 * (quantisers[at] ?? 1)) + 0.5));
}

const weighingOf = (table: Uint8Array, quantisers: ArrayLike<number>, slot: 0 | 1) => {
  const view = new DataView(table.buffer);
  return { weight: view.getFloat32(0, true), floor: view.getFloat32(4, true), quantisers, slot };
};

describe("weighBlock", () => {
  describe.each([10, 50, 75, 90, 100])("at quality %i", (quality) => {
    test("leaves what its twin does, of blocks of all kinds", () => {
      const [quantisers] = quantisationOf({ quality, gray: false, effort: "small" });
      if (quantisers === undefined) throw new Error();
      for (const slot of [0, 1] as const) {
        const table = trellisTable(quantisers, slot);
        expect(table.length).toBe(TRELLIS_BYTES);
        for (let seed = 0; seed < 300; seed++) {
          const raw = rawBlock(seed);
          const block = quantisedBy(raw, quantisers);
          expect(byKernel(block, raw, table), `block ${seed}`).toEqual(
            weighed(block, raw, weighingOf(table, quantisers, slot)),
          );
        }
      }
    });
  });

  const flat = new Uint16Array(64).fill(16);
  const table = trellisTable(flat, 0);
  const only = (values: Readonly<Record<number, number>>) => {
    const block = new Int16Array(64);
    for (const [place, value] of Object.entries(values)) block[ZIGZAG[Number(place)] ?? 0] = value;
    return block;
  };

  test("leaves a block without AC alone, whatever was there before", () => {
    for (const block of [only({}), only({ 0: -77 })]) expect(byKernel(block, rawBlock(3), table)).toEqual(block);
  });

  test("lets a lone faint coefficient of a high frequency go, and keeps a strong one with its sign", () => {
    const faint = only({ 0: 5, 50: 1 });
    expect(byKernel(faint, only({ 0: 640, 50: 66 }), table)).toEqual(only({ 0: 5 }));
    const strong = only({ 0: 5, 50: -3 });
    expect(byKernel(strong, only({ 0: 640, 50: -384 }), table)).toEqual(strong);
  });

  test("shrinks a power of two where its error is as good, and DC and zeros never change", () => {
    const block = only({ 1: 4 });
    expect(byKernel(block, only({ 1: 449 }), table)).toEqual(only({ 1: 3 }));
    for (let seed = 0; seed < 200; seed++) {
      const raw = rawBlock(seed);
      const before = quantisedBy(raw, flat);
      const after = byKernel(before, raw, table);
      expect(after[0]).toBe(before[0]);
      for (const [at, value] of after.entries()) {
        expect(Math.abs(value)).toBeLessThanOrEqual(Math.abs(before[at] ?? 0));
        expect(value === 0 || Math.sign(value) === Math.sign(before[at] ?? 0)).toBe(true);
      }
    }
  });

  test("keeps all 63 of a block where errors are worth much more than bits", () => {
    const raw = new Int16Array(64).fill(64 * 8);
    const block = quantisedBy(raw, new Uint16Array(64).fill(16));
    const dear = trellisTable(flat, 0, 30);
    expect(byKernel(block, raw, dear)).toEqual(block);
    expect(guarded(kernels, 1).trespasses()).toBe(0);
  });
});
