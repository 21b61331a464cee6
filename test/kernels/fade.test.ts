import { expect, test } from "vitest";
import { fadedRow } from "../oracle/steps.ts";
import { guardedCopy, MATRIX, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes, randomNumbers } from "../support/random.ts";

const kernels = roomyKernels();
const ONE = 2 ** 24;

function fade(row: Uint8Array, opacity: number, alignment = 0): Uint8Array {
  kernels.clear();
  const block = guardedCopy(kernels, row, alignment);
  kernels.run.fadeRow(block.address, row.length / 4, opacity);
  expect(block.trespasses()).toBe(0);
  return block.bytes.slice();
}

test.each(MATRIX)("fadeRow is the twin's: $count pixels at alignment $alignment", ({ count, alignment }) => {
  const row = randomBytes(count * 4, count + alignment);
  for (const opacity of [0, 1, ONE / 3, ONE / 2, ONE - 1, ONE]) {
    const whole = Math.floor(opacity);
    expectNear(fade(row, whole, alignment), fadedRow(row, whole), 0);
  }
});

test("fadeRow gives every alpha at thousands of opacities the twin's, halves rounded up", () => {
  const row = Uint8Array.from({ length: 256 * 4 }, (_, at) => (at % 4 === 3 ? at >> 2 : 255 - (at & 127)));
  const next = randomNumbers(7);
  // Of every 510th part some product is a half, and its neighbours are all but one.
  const halves = Array.from({ length: 511 }, (_, part) => Math.round((part / 510) * ONE));
  const near = halves.flatMap((half) => [half - 1, half, half + 1]).filter((units) => units >= 0 && units <= ONE);
  const others = Array.from({ length: 1000 }, () => Math.floor(next() * (ONE + 1)));
  for (const opacity of [...near, ...others]) expectNear(fade(row, opacity), fadedRow(row, opacity), 0);
});

test("fadeRow leaves everything as it is at full opacity, but for colours that nothing shows of", () => {
  const row = randomBytes(400, 3);
  const wanted = row.slice();
  for (let at = 0; at < row.length; at += 4) if (row[at + 3] === 0) wanted.fill(0, at, at + 4);
  expectNear(fade(row, ONE), wanted, 0);
});
