import { crc32 as platformCrc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { plainAdler32, plainCrc32 } from "../oracle/checksums.ts";
import { ALIGNMENTS, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { randomBytes, randomNumbers } from "../support/random.ts";

/** Around a vector, a pair of them, and the stretch after which Adler-32 takes remainders. */
const LENGTHS = [
  0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 255, 1000, 5551, 5552, 5553, 5568, 11_104, 70_001,
];

const kernels = roomyKernels();

interface Checksum {
  readonly name: "adler32" | "crc32";
  readonly ofNothing: number;
  readonly plain: (bytes: Uint8Array, before?: number) => number;
}

const CHECKSUMS: readonly Checksum[] = [
  { name: "adler32", ofNothing: 1, plain: plainAdler32 },
  { name: "crc32", ofNothing: 0, plain: plainCrc32 },
];

describe.each(CHECKSUMS)("$name", ({ name, ofNothing, plain }) => {
  const kernel = (before: number, address: number, count: number) => kernels.run[name](before, address, count) >>> 0;

  /** Of bytes in the memory of the kernels, where they are left as they are. */
  function checksum(bytes: Uint8Array, alignment = 0, before = ofNothing): number {
    kernels.clear();
    const block = guardedCopy(kernels, bytes, alignment);
    const got = kernel(before, block.address, bytes.length);
    expect(block.trespasses()).toBe(0);
    expect(Buffer.compare(block.bytes, bytes)).toBe(0);
    return got;
  }

  test("is that of its plain twin, for every length and alignment", () => {
    for (const length of LENGTHS) {
      for (const alignment of ALIGNMENTS) {
        const bytes = randomBytes(length, length + alignment);
        expect(checksum(bytes, alignment), `${length} bytes`).toBe(plain(bytes));
      }
    }
  });

  test("of the largest and the smallest bytes, from the largest sums, does not overflow", () => {
    for (const length of LENGTHS) {
      for (const byte of [0, 255]) {
        const bytes = new Uint8Array(length).fill(byte);
        for (const before of [ofNothing, 0xfff0_fff0]) {
          expect(checksum(bytes, 0, before), `${length} times ${byte}`).toBe(plain(bytes, before));
        }
      }
    }
  });

  test("goes on where it stopped, wherever that was", () => {
    const bytes = randomBytes(20_000, 5);
    const next = randomNumbers(6);
    kernels.clear();
    const at = kernels.place(bytes);
    for (let round = 0; round < 50; round++) {
      let so = ofNothing;
      for (let from = 0; from < bytes.length; ) {
        const count = Math.min(bytes.length - from, Math.floor(6000 * next() ** 2));
        so = kernel(so, at + from, count);
        from += count;
      }
      expect(so).toBe(plain(bytes));
    }
  });
});

test("the plain twin of CRC-32 is the platform's", () => {
  for (const length of LENGTHS) {
    const bytes = randomBytes(length, length);
    expect(plainCrc32(bytes)).toBe(platformCrc32(bytes));
    expect(plainCrc32(bytes, 12_345)).toBe(platformCrc32(bytes, 12_345));
  }
});
