import { describe, expect, test } from "vitest";
import { type Colours, lumaOf, ramp } from "../oracle/tone.ts";
import { roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { changed, eachColour, somePlanes, VECTORS } from "../support/planes.ts";

const kernels = roomyKernels();
/** Roundings to a float of at most 256. */
const ROUNDING = 2 ** -24 * 256;

describe("lumaPlane", () => {
  test.each(VECTORS)("weighs the components of %i vectors as the twin does, and leaves two planes alone", (vectors) => {
    const planes = somePlanes(vectors, vectors);
    const got = changed(kernels, planes, kernels.run.lumaPlane);
    const wanted = eachColour(planes, ([red, green, blue]) => [lumaOf([red, green, blue]), green, blue]);
    // Three weights, three products, two sums, and that of the twin.
    expectNear(got, wanted, 9 * ROUNDING);
    expect(got.subarray(vectors * 4)).toEqual(planes.subarray(vectors * 4));
  });

  test("is the level of a gray", () => {
    const grays = new Float32Array(256 * 3).map((_, at) => at % 256);
    expectNear(changed(kernels, grays, kernels.run.lumaPlane), grays, 9 * ROUNDING);
  });
});

describe("rampPlanes", () => {
  const COLOURS: readonly Colours[] = [
    [0, 0, 0],
    [255, 255, 255],
    [200, 30, 77],
  ];

  test.each(VECTORS)("puts the first plane of %i vectors on the ramps of a colour as the twin does", (vectors) => {
    const planes = somePlanes(vectors, vectors + 3);
    for (const colour of COLOURS) {
      const got = changed(kernels, planes, (at, count) => kernels.run.rampPlanes(at, count, ...colour));
      const wanted = eachColour(planes, ([luma]) => [
        ramp(luma, colour[0]),
        ramp(luma, colour[1]),
        ramp(luma, colour[2]),
      ]);
      // Two quotients, two products, a sum, and that of the twin.
      expectNear(got, wanted, 6 * ROUNDING);
    }
  });

  test("begins black, has the colour in the middle, and ends white", () => {
    const planes = Float32Array.of(0, 127.5, 255, 0, ...new Array(8).fill(99));
    const got = changed(kernels, planes, (at, count) => kernels.run.rampPlanes(at, count, 200, 30, 77));
    expect([...got]).toEqual([0, 200, 255, 0, 0, 30, 255, 0, 0, 77, 255, 0]);
  });
});
