import { describe, expect, test } from "vitest";
import { added } from "../oracle/rows.ts";
import { ALIGNMENTS, guarded, guardedCopy, LENGTHS, roomyKernels, wordsIn } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes, randomNumbers } from "../support/random.ts";

const kernels = roomyKernels();

interface Adding {
  readonly rgba: Uint8Array;
  readonly each: number;
  readonly step: number;
  readonly times: number;
  readonly alignment?: number;
}

/** Holds a kernel to its twin, on cells that hold something already and end with the last one that is added to. */
function expectTwins(adding: Adding, blend: boolean): void {
  const { rgba, each, step, times, alignment = 0 } = adding;
  const count = rgba.length / 4;
  const last = count === 0 ? 0 : Math.floor((count - 1) / each) * step + 1;
  const next = randomNumbers(count + each);
  const sums = Array.from({ length: last * 4 }, () => Math.floor(next() * 100));
  kernels.clear();
  const pixels = guardedCopy(kernels, rgba, alignment);
  const cells = guarded(kernels, last * (blend ? 16 : 8));
  cells.bytes.set(new Uint8Array((blend ? Uint32Array : Uint16Array).from(sums).buffer));
  const add = blend ? kernels.run.addBlended : kernels.run.addPixels;
  add(pixels.address, count, each, times, cells.address, step);
  expect([pixels.trespasses(), cells.trespasses()]).toEqual([0, 0]);
  expect(pixels.bytes, "the pixels are left alone").toEqual(rgba);
  const got = blend ? wordsIn(cells) : new Uint16Array(cells.bytes.slice().buffer);
  expectNear(got, added(sums, rgba, adding, blend), 0);
}

const PLACES = [
  [1, 1],
  [1, 2],
  [1, 4],
  [1, 8],
  [2, 1],
  [4, 1],
  [8, 1],
  [32, 1],
] as const;
const KERNELS = [
  ["addPixels", false],
  ["addBlended", true],
] as const;

describe.each(KERNELS)("%s", (_, blend) => {
  test.each(PLACES)("adds %i pixels a cell, every %i cells, exactly as the twin does", (each, step) => {
    for (const count of LENGTHS) {
      for (const alignment of ALIGNMENTS) {
        for (const times of [1, 3]) {
          expectTwins({ rgba: randomBytes(count * 4, count + times), each, step, times, alignment }, blend);
        }
      }
    }
  });

  test("holds the largest sums, of white, in one pixel and in many", () => {
    const most = blend ? 32_768 : 256;
    for (const each of [1, 2, 32, 256]) {
      const rgba = new Uint8Array(each * 4).fill(255);
      expectTwins({ rgba, each, step: 1, times: Math.floor(most / each) }, blend);
    }
  });
});

test("addBlended premultiplies every colour with every alpha exactly", () => {
  const rgba = new Uint8Array(65_536 * 4);
  for (let pixel = 0; pixel < 65_536; pixel++) {
    const [colour, alpha] = [pixel & 255, pixel >> 8];
    rgba.set([colour, 255 - colour, (colour * 7) & 255, alpha], pixel * 4);
  }
  for (const [each, step] of [
    [1, 1],
    [1, 2],
    [2, 1],
  ] as const)
    expectTwins({ rgba, each, step, times: 1 }, true);
});
