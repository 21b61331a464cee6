import { describe, expect, test } from "vitest";
import { levelOf } from "../oracle/png-expand.ts";
import { ALIGNMENTS, type Guarded, guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();
const { run } = kernels;

/** Every remainder of the longest step, twice over, and a row of many steps. */
const COUNTS = [0, ...Array.from({ length: 34 }, (_, index) => index + 1), 257];
const MATRIX = COUNTS.flatMap((count) => ALIGNMENTS.map((alignment) => ({ count, alignment })));

/** Runs a kernel on a copy of `samples`; what it wrote, having seen that it wrote no farther than `behind`. */
function written(
  samples: Uint8Array,
  length: number,
  behind: number,
  alignment: number,
  work: (from: number, to: Guarded) => void,
): Uint8Array {
  kernels.clear();
  const from = guardedCopy(kernels, samples, alignment);
  const to = guarded(kernels, length + behind, alignment);
  work(from.address, to);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(from.bytes, "what is read is left alone").toEqual(samples);
  return to.bytes.slice(0, length);
}

/** The samples of all pixels as the twin has them: one list a pixel. */
function eachPixel(samples: Uint8Array, bytes: number): readonly (readonly number[])[] {
  return Array.from({ length: samples.length / bytes }, (_, at) => [...samples.subarray(at * bytes, (at + 1) * bytes)]);
}

describe("expandRgb", () => {
  test.each(MATRIX)("sets an alpha of 255 behind $count pixels at alignment $alignment", ({ count, alignment }) => {
    const samples = randomBytes(count * 3, count);
    const got = written(samples, count * 4, 12, alignment, (from, to) => run.expandRgb(from, to.address, count));
    expectNear(
      got,
      eachPixel(samples, 3).flatMap((rgb) => [...rgb, 255]),
      0,
    );
  });
});

describe("expandGrayAlpha", () => {
  test.each(MATRIX)("repeats the gray of $count pixels at alignment $alignment", ({ count, alignment }) => {
    const samples = randomBytes(count * 2, count);
    const got = written(samples, count * 4, 28, alignment, (from, to) => run.expandGrayAlpha(from, to.address, count));
    expectNear(
      got,
      eachPixel(samples, 2).flatMap(([gray = 0, alpha = 0]) => [gray, gray, gray, alpha]),
      0,
    );
  });
});

describe("narrowSamples", () => {
  test.each(MATRIX)("rounds $count samples at alignment $alignment", ({ count, alignment }) => {
    const samples = randomBytes(count * 2, count);
    const got = written(samples, count, 15, alignment, (from, to) => run.narrowSamples(from, to.address, count));
    expectNear(
      got,
      eachPixel(samples, 2).map(([high = 0, low = 0]) => levelOf(high * 256 + low, 16)),
      0,
    );
  });

  // Source: PNG (Third Edition), 13.12: "floor((input_sample * MAXOUTSAMPLE / MAXINSAMPLE) + 0.5)".
  test("rounds each of the 65,536 values as the standard says", () => {
    const every = Array.from({ length: 65_536 }, (_, value) => value);
    const samples = Uint8Array.from(every.flatMap((value) => [value >> 8, value & 255]));
    const got = written(samples, every.length, 15, 0, (from, to) => run.narrowSamples(from, to.address, every.length));
    expectNear(
      got,
      every.map((value) => levelOf(value, 16)),
      0,
    );
  });
});

describe("lookUpBytes", () => {
  test.each(MATRIX)("finds the pixels of $count bytes at alignment $alignment", ({ count, alignment }) => {
    const table = randomBytes(1024, 1);
    const samples = randomBytes(count, count);
    const got = written(samples, count * 4, 12, alignment, (from, to) =>
      run.lookUpBytes(from, kernels.place(table), to.address, count),
    );
    expectNear(
      got,
      [...samples].flatMap((byte) => [...table.subarray(byte * 4, byte * 4 + 4)]),
      0,
    );
  });
});

describe.each([1, 2, 4])("lookUpBits of %i bits", (depth) => {
  const perByte = 8 / depth;
  // Every value of every byte in pixels of its own, so that none can be taken for another.
  const table = randomBytes(256 * perByte * 4, depth);

  test.each(MATRIX)("finds $count pixels from every bit on, at alignment $alignment", ({ count, alignment }) => {
    const samples = randomBytes(Math.ceil(count / perByte) + 1, count);
    for (let skip = 0; skip < 8; skip += depth) {
      const got = written(samples, count * 4, 28, alignment, (from, to) =>
        run.lookUpBits(from, skip, kernels.place(table), to.address, count, depth),
      );
      const bits = [...samples].map((byte) => byte.toString(2).padStart(8, "0")).join("");
      const wanted = Array.from({ length: count }, (_, pixel) => {
        const group = pixel - (pixel % perByte);
        const byte = Number.parseInt(bits.slice(skip + group * depth, skip + group * depth + 8), 2);
        const at = (byte * perByte + (pixel % perByte)) * 4;
        return [...table.subarray(at, at + 4)];
      });
      expectNear(got, wanted.flat(), 0);
    }
  });
});

describe.each([1, 2, 3, 6, 8])("applyKey of pixels of %i bytes", (pixel) => {
  test.each(MATRIX)("finds the key among $count pixels at alignment $alignment", ({ count, alignment }) => {
    const key = randomBytes(8, 3);
    const isKey = (at: number) => at % 3 === 1;
    const samples = randomBytes(count * pixel, count);
    for (let at = 0; at < count; at++) {
      if (isKey(at)) samples.set(key.subarray(0, pixel), at * pixel);
      // All but the key: one bit is another.
      else
        samples.set(
          key.subarray(0, pixel).map((byte, index) => byte ^ (index === at % pixel ? 1 << (at % 8) : 0)),
          at * pixel,
        );
    }
    const pixels = randomBytes(count * 4, count + 1).map((value, at) => (at % 4 === 3 ? 255 : value));
    const got = written(samples, count * 4, 0, alignment, (from, to) => {
      to.bytes.set(pixels);
      run.applyKey(from, kernels.place(key), to.address, count, pixel);
    });
    expectNear(
      got,
      pixels.map((value, at) => (at % 4 === 3 && isKey((at - 3) / 4) ? 0 : value)),
      0,
    );
  });
});

describe("at the end of the memory", () => {
  const COUNT = 33;
  /** How many bytes behind its samples each kernel says that it reads. */
  const READS: Readonly<Record<string, { bytes: number; behind: number; work: (from: number, to: number) => void }>> = {
    expandRgb: { bytes: COUNT * 3, behind: 13, work: (from, to) => run.expandRgb(from, to, COUNT) },
    expandGrayAlpha: { bytes: COUNT * 2, behind: 14, work: (from, to) => run.expandGrayAlpha(from, to, COUNT) },
    narrowSamples: { bytes: COUNT * 2, behind: 30, work: (from, to) => run.narrowSamples(from, to, COUNT) },
    lookUpBytes: { bytes: COUNT, behind: 3, work: (from, to) => run.lookUpBytes(from, to, to, COUNT) },
    lookUpBits: { bytes: 5, behind: 1, work: (from, to) => run.lookUpBits(from, 0, to, to, COUNT, 1) },
    applyKey: { bytes: COUNT * 3, behind: 5, work: (from, to) => run.applyKey(from, to, to, COUNT, 3) },
  };

  test.each(Object.entries(READS))("%s reads as far behind its samples as it says, and no farther", (_, reads) => {
    kernels.clear();
    const to = kernels.reserve(16_384);
    const last = kernels.bytes - reads.bytes - reads.behind;
    expect(() => reads.work(last, to)).not.toThrow();
    expect(() => reads.work(last + 1, to)).toThrow(WebAssembly.RuntimeError);
  });
});
