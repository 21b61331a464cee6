import { describe, expect, test } from "vitest";
import { levelsOfLight, lightOf } from "../../src/pixels/light.ts";
import { encoded } from "../oracle/rows.ts";
import { floatsIn, guarded, guardedCopy, MATRIX, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes, randomFloats } from "../support/random.ts";

const kernels = roomyKernels();
const TABLE = levelsOfLight();

function encode(row: Float32Array, alignment = 0, table: Uint8Array = TABLE): Uint8Array {
  kernels.clear();
  const from = guardedCopy(kernels, row);
  const to = guarded(kernels, row.length, alignment);
  const levels = guardedCopy(kernels, table, alignment);
  kernels.run.encodeRow(from.address, to.address, row.length / 4, levels.address);
  expect([from.trespasses(), to.trespasses(), levels.trespasses()]).toEqual([0, 0, 0]);
  expect(floatsIn(from), "the source row is left alone").toEqual(row);
  return to.bytes.slice();
}

describe("encodeRow", () => {
  // Halves may fall to either side: three roundings to a float against three to a double.
  test.each(MATRIX)("agrees with the twin to a level: $count pixels, alignment $alignment", ({ count, alignment }) => {
    const row = randomFloats(count * 4, -20, 300, count).map((value, at) =>
      at % 4 === 3 ? Math.abs(value) + 1 : value,
    );
    expectNear(encode(row, alignment), encoded(row, TABLE), 1);
  });

  test("looks every entry of the table up, and none beyond it", () => {
    const table = randomBytes(16_321, 8);
    const lights = Float32Array.from({ length: 16_321 * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at >> 2) / 64));
    expectNear(encode(lights, 0, table), encoded(lights, table), 0);
    expect([...encode(Float32Array.of(-1, 256, 1e30, 255), 0, table)]).toEqual([
      table[0],
      table[16_320],
      table[16_320],
      255,
    ]);
  });

  test("gives every level back from its light, at every alpha", () => {
    for (const alpha of [1, 2, 77, 128, 254, 255]) {
      const row = Float32Array.from({ length: 1024 }, (_, at) =>
        at % 4 === 3 ? alpha : (lightOf(at >> 2) * alpha) / 255,
      );
      const wanted = Uint8Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? alpha : at >> 2));
      expectNear(encode(row), wanted, 0);
    }
  });

  test("makes a pixel all zeros where its alpha rounds to 0, is negative, or is not a number", () => {
    for (const alpha of [0, -0, 0.49, -0.5, -40, Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect([...encode(Float32Array.of(3, 255, -7, alpha))], `alpha ${alpha}`).toEqual([0, 0, 0, 0]);
    }
  });

  test("divides by the alpha before it clamps", () => {
    const light = (lightOf(200) * 300) / 255;
    expect([...encode(Float32Array.of(light, 0, 300, 300))]).toEqual([200, 0, 255, 255]);
  });
});
