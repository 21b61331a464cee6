import { describe, expect, test } from "vitest";
import { yccOf } from "../oracle/jpeg-encode.ts";
import { ALIGNMENTS, guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();

const COUNTS = [0, ...Array.from({ length: 40 }, (_, index) => index + 1), 257];
const MATRIX = COUNTS.flatMap((count) => ALIGNMENTS.map((alignment) => ({ count, alignment })));

/** Samples in whole vectors, the last pixel repeated: three planes. */
function planesOf(pixels: Uint8Array): readonly number[][] {
  const count = pixels.length / 4;
  const samples = Array.from({ length: Math.ceil(count / 16) * 16 }, (_, x) => {
    const at = Math.min(x, count - 1) * 4;
    return yccOf(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
  });
  return [0, 1, 2].map((channel) => samples.map((ycc) => ycc[channel] ?? 0));
}

const sumsOf = (samples: readonly number[]) =>
  Array.from({ length: samples.length / 2 }, (_, at) => (samples[2 * at] ?? 0) + (samples[2 * at + 1] ?? 0));
const shortsIn = (bytes: Uint8Array) => new Uint16Array(bytes.slice().buffer);

type Run = "lumaRow" | "fullChromaRow" | "halfChromaRow";

/** What a kernel makes of pixels, having seen that it wrote no farther than it says and left them alone. */
function converted(kernel: Run, pixels: Uint8Array, alignment = 0): readonly Uint8Array[] {
  kernels.clear();
  const count = pixels.length / 4;
  const from = guardedCopy(kernels, pixels, alignment);
  const planes = [0, 1, 2].map(() => guarded(kernels, Math.ceil(count / 16) * 16, alignment));
  const [luma = 0, blue = 0, red = 0] = planes.map(({ address }) => address);
  if (kernel === "lumaRow") kernels.run.lumaRow(from.address, luma, count);
  else kernels.run[kernel](from.address, luma, blue, red, count);
  expect([from, ...planes].map((block) => block.trespasses())).toEqual([0, 0, 0, 0]);
  expect(from.bytes).toEqual(pixels);
  return planes.map(({ bytes }) => bytes);
}

describe.each(MATRIX)("$count pixels at alignment $alignment", ({ count, alignment }) => {
  const pixels = randomBytes(count * 4, count + 1);
  const [luma = [], blue = [], red = []] = planesOf(pixels);

  test("become exactly the twin's Y", () => {
    expectNear(converted("lumaRow", pixels, alignment)[0] ?? [], luma, 0);
  });

  test("become exactly the twin's Y, Cb and Cr", () => {
    const got = converted("fullChromaRow", pixels, alignment);
    for (const [at, wanted] of [luma, blue, red].entries()) expectNear(got[at] ?? [], wanted, 0);
  });

  test("become exactly the twin's Y, and sums of two Cb and two Cr", () => {
    const [y = [], cb, cr] = converted("halfChromaRow", pixels, alignment);
    expectNear(y, luma, 0);
    expectNear(shortsIn(cb ?? new Uint8Array()), sumsOf(blue), 0);
    expectNear(shortsIn(cr ?? new Uint8Array()), sumsOf(red), 0);
  });
});

test("every pair of two channels, the third at its ends, becomes exactly the twin's", () => {
  const pixels = new Uint8Array(65_536 * 4);
  for (const [first, second, third] of [
    [0, 1, 2],
    [1, 2, 0],
    [0, 2, 1],
  ] as const) {
    for (const value of [0, 127, 255]) {
      for (let at = 0; at < 65_536; at++) {
        pixels[at * 4 + first] = at & 255;
        pixels[at * 4 + second] = at >> 8;
        pixels[at * 4 + third] = value;
        pixels[at * 4 + 3] = at;
      }
      const got = converted("fullChromaRow", pixels);
      for (const [at, wanted] of planesOf(pixels).entries()) expectNear(got[at] ?? [], wanted, 0);
    }
  }
});

describe("averageSums", () => {
  test.each([0, 8, 16, 24, 264].flatMap((count) => ALIGNMENTS.map((alignment) => ({ count, alignment }))))(
    "rounds halves up and down in turn: $count samples at alignment $alignment",
    ({ count, alignment }) => {
      kernels.clear();
      const rows = [1, 2].map((seed) => Uint16Array.from(randomBytes(count, seed), (byte) => byte * 2));
      const [above, below] = rows.map((row) => guardedCopy(kernels, new Uint8Array(row.buffer), alignment));
      const to = guarded(kernels, count, alignment);
      kernels.run.averageSums(above?.address ?? 0, below?.address ?? 0, to.address, count);
      const wanted = Array.from(rows[0] ?? [], (sum, x) => (sum + (rows[1]?.[x] ?? 0) + 1 + (x & 1)) >> 2);
      expectNear(to.bytes, wanted, 0);
      expect(to.trespasses()).toBe(0);
    },
  );
});
