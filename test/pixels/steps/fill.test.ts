import { expect, test } from "vitest";
import { fillInto } from "../../../src/pixels/steps/fill.ts";
import { filledRow } from "../../oracle/steps.ts";
import { drive } from "../../support/driving.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { expectNear } from "../../support/near.ts";
import { noise, rowOf } from "../../support/pictures.ts";

const kernels = roomyKernels();
const within = { x: 7, y: 3, width: 80, height: 300 };

test.each([0.4, 1])("a fill of alpha %f lies under what is within, and nowhere else", (alpha) => {
  kernels.clear();
  const source = noise({ width: 97, height: 310 }, 5, false);
  const got = { ...source, data: source.data.slice() };
  drive(fillInto(kernels, got, { step: "fill", within, colour: [10, 200, 90], alpha }));
  for (let y = 0; y < 310; y++) {
    const wanted = Float64Array.from(rowOf(source, y));
    if (y >= within.y && y < within.y + within.height) {
      const inside = wanted.subarray(within.x * 4, (within.x + within.width) * 4);
      inside.set(filledRow(inside, [10, 200, 90], alpha));
    }
    // Rounding, and what floats are off.
    expectNear(rowOf(got, y), wanted, 0.5001);
  }
});

test("an opaque fill leaves nothing transparent, and a fill under it then changes no byte", () => {
  kernels.clear();
  const raster = noise({ width: 50, height: 40 }, 6, false);
  const whole = { x: 0, y: 0, ...raster.size };
  drive(fillInto(kernels, raster, { step: "fill", within: whole, colour: [255, 255, 255], alpha: 1 }));
  expect(raster.data.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
  const before = raster.data.slice();
  drive(fillInto(kernels, raster, { step: "fill", within: whole, colour: [1, 2, 3], alpha: 0.8 }));
  expect(raster.data).toEqual(before);
});
