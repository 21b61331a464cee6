import { describe, expect, test } from "vitest";
import { flattened, premultiplied } from "../oracle/rows.ts";
import { ALIGNMENTS, floatsIn, guarded, guardedCopy, MATRIX, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();

type Background = readonly [red: number, green: number, blue: number];
const BACKGROUNDS: readonly Background[] = [
  [255, 255, 255],
  [0, 0, 0],
  [128, 127, 1],
  [254, 3, 77],
];

function flatten(row: Float32Array, background: Background, alignment = 0): Uint8Array {
  kernels.clear();
  const from = guardedCopy(kernels, row);
  const to = guarded(kernels, row.length, alignment);
  const colour = guardedCopy(kernels, Uint8Array.of(...background, 255), alignment);
  kernels.run.flattenRow(from.address, to.address, row.length / 4, colour.address);
  expect([from.trespasses(), to.trespasses(), colour.trespasses()]).toEqual([0, 0, 0]);
  expect(floatsIn(from), "the source row is left alone").toEqual(row);
  return to.bytes.slice();
}

describe("flattenRow", () => {
  test.each(MATRIX)(
    "gives exactly the twin's bytes: $count pixels to byte alignment $alignment",
    ({ count, alignment }) => {
      const row = new Float32Array(premultiplied(randomBytes(count * 4, count + 17)));
      for (const background of BACKGROUNDS) {
        expectNear(flatten(row, background, alignment), flattened(row, background), 0);
      }
    },
  );

  // Exact: (c·a + b·(255 − a)) / 255 is never nearer to a half than 1/510, and the floats err by less than 0.0001.
  test.each(BACKGROUNDS)("lays every colour at every alpha over %i, %i, %i exactly", (...background) => {
    const bytes = new Uint8Array(65_536 * 4);
    for (let pixel = 0; pixel < 65_536; pixel++) {
      const [colour, alpha] = [pixel & 255, pixel >> 8];
      bytes.set([colour, 255 - colour, (colour * 7) & 255, alpha], pixel * 4);
    }
    const wanted = new Uint8Array(bytes.length);
    for (let at = 0; at < bytes.length; at += 4) {
      const alpha = bytes[at + 3] ?? 0;
      for (let channel = 0; channel < 3; channel++) {
        // In whole numbers: twice the numerator and one denominator, over twice the denominator, rounded down.
        const numerator = (bytes[at + channel] ?? 0) * alpha + (background[channel] ?? 0) * (255 - alpha);
        wanted[at + channel] = Math.floor((2 * numerator + 255) / 510);
      }
      wanted[at + 3] = 255;
    }
    expectNear(flatten(new Float32Array(premultiplied(bytes)), background), wanted, 0);
  });

  test("takes the whole of the background at alpha 0 and none of it at alpha 255", () => {
    for (const alignment of ALIGNMENTS) {
      const row = Float32Array.of(0, 0, 0, 0, 10, 20, 30, 255);
      expect([...flatten(row, [254, 3, 77], alignment)]).toEqual([254, 3, 77, 255, 10, 20, 30, 255]);
    }
  });

  test("clamps colours that overshot, and is opaque whatever alpha was", () => {
    const row = Float32Array.of(300, -20, 255.4, 255, 1e30, -1e30, 40, 255, 10, 10, 10, 300, 10, 10, 10, -20);
    const got = flatten(row, [0, 0, 0]);
    expect([...got]).toEqual([255, 0, 255, 255, 255, 0, 40, 255, 10, 10, 10, 255, 10, 10, 10, 255]);
  });

  test("makes 0 of what is not a number, opaque", () => {
    const row = Float32Array.of(Number.NaN, 10, 20, 255, 10, 20, 30, Number.NaN);
    expect([...flatten(row, [9, 9, 9])]).toEqual([0, 10, 20, 255, 0, 0, 0, 255]);
  });

  // Filters overshoot in colour and alpha alike. Both are needed for the sum to come out: c + b·(255 − a)/255 is linear.
  test("lays a colour over itself without a trace where a filter overshot, above 255 and below 0", () => {
    for (const colour of [255, 128, 40]) {
      for (const alpha of [-25, -10, 0, 128, 255, 265, 280]) {
        const part = (colour * alpha) / 255;
        const got = flatten(Float32Array.of(part, part, part, alpha), [colour, colour, colour]);
        expect([...got], `${colour} at alpha ${alpha}`).toEqual([colour, colour, colour, 255]);
      }
    }
  });
});
