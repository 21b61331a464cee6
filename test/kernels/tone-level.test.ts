import { describe, expect, test } from "vitest";
import { floatsIn, guarded, guardedCopy, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { VECTORS } from "../support/planes.ts";
import { randomFloats } from "../support/random.ts";

const kernels = roomyKernels();

/** pivot, factor, offset, low, high */
type Five = readonly [number, number, number, number, number];

const CURVES: readonly Five[] = [
  [0, 1, 0, 0, 255],
  [0, 1, 25.5, 0, 255],
  [255, -1, 0, 0, 255],
  [127.5, 0, 127.5, 127.5, 127.5],
  [127.5, 100, 127.5, 0, 255],
  [101.3, 2.5, 127.5, 12.25, 200],
];

function level(values: Float32Array, curve: Five): Float32Array {
  kernels.clear();
  const block = guardedCopy(kernels, values);
  const five = guarded(kernels, 20);
  five.bytes.set(new Uint8Array(Float32Array.from(curve).buffer));
  kernels.run.levelPlane(block.address, values.length / 4, five.address);
  expect([block.trespasses(), five.trespasses()]).toEqual([0, 0]);
  return floatsIn(block);
}

function twin(values: Float32Array, [pivot, factor, offset, low, high]: Five): Float64Array {
  return Float64Array.from(values, (value) => Math.min(high, Math.max(low, (value - pivot) * factor + offset)));
}

describe("levelPlane", () => {
  test.each(VECTORS)("puts %i vectors on a curve as the twin does", (vectors) => {
    const values = randomFloats(vectors * 4, 0, 255, vectors + 1);
    for (const curve of CURVES) {
      // The pivot becomes a float, and three results are rounded to one, of at most 256 times the slope.
      expectNear(level(values, curve), twin(values, curve), 4 * 2 ** -24 * 256 * Math.max(1, Math.abs(curve[1])));
    }
  });

  test("stays between its ends, however steep it is, and for what is not a number", () => {
    const values = Float32Array.of(0, 127.499, 127.5, 255);
    expect([...level(values, [127.5, 2 ** 24, 8447, 0, 255])]).toEqual([0, 0, 255, 255]);
    const odd = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30);
    expect([...level(odd, [0, 1, 0, 3, 250])]).toEqual([3, 250, 3, 250]);
  });
});
