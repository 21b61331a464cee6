import { describe, expect, test } from "vitest";
import { join, split } from "../oracle/tone.ts";
import { floatsIn, guarded, guardedCopy, MATRIX, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes, randomFloats } from "../support/random.ts";

const kernels = roomyKernels();

function splitBy(rgba: Uint8Array, alignment: number): Float32Array {
  kernels.clear();
  const from = guardedCopy(kernels, rgba, alignment);
  const to = guarded(kernels, split(rgba).byteLength);
  kernels.run.splitPixels(from.address, rgba.length / 4, to.address);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(from.bytes, "the pixels are left alone").toEqual(rgba);
  return floatsIn(to);
}

function joinBy(planes: Float32Array, rgba: Uint8Array, alignment = 0): Uint8Array {
  kernels.clear();
  const from = guardedCopy(kernels, planes);
  const to = guardedCopy(kernels, rgba, alignment);
  kernels.run.joinPixels(from.address, to.address, rgba.length / 4);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(floatsIn(from), "the planes are left alone").toEqual(planes);
  return to.bytes.slice();
}

describe("splitPixels", () => {
  test.each(MATRIX)("gives every component its place: $count pixels at alignment $alignment", (piece) => {
    const rgba = randomBytes(piece.count * 4, piece.count + 1);
    expectNear(splitBy(rgba, piece.alignment), split(rgba), 0);
  });
});

describe("joinPixels", () => {
  test.each(MATRIX)("rounds as the twin does and keeps alpha: $count pixels, alignment $alignment", (piece) => {
    const rgba = randomBytes(piece.count * 4, piece.count + 2);
    const planes = randomFloats(split(rgba).length, 0, 255, piece.count);
    expectNear(joinBy(planes, rgba, piece.alignment), join(planes, rgba), 0);
  });

  test("gives every level back, rounds halves up, and stays in its byte where a float is a little beyond", () => {
    const levels = Float32Array.from({ length: 256 * 3 }, (_, at) => at % 256);
    const rgba = randomBytes(256 * 4, 9);
    expectNear(joinBy(levels, rgba), join(levels, rgba), 0);
    const beyond = [255.0001, -0.0001, 0.5, 254.5];
    expect([...joinBy(Float32Array.from([...beyond, ...beyond, ...beyond]), new Uint8Array(16))]).toEqual([
      ...[255, 255, 255, 0],
      ...[0, 0, 0, 0],
      ...[1, 1, 1, 0],
      ...[255, 255, 255, 0],
    ]);
  });
});
