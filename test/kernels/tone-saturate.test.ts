import { describe, expect, test } from "vitest";
import { lumaOf, saturated } from "../oracle/tone.ts";
import { roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { changed, eachColour, somePlanes, VECTORS } from "../support/planes.ts";

const kernels = roomyKernels();
/** A luma is rounded nine times, of at most 256, and three results of at most 512 are. */
const TOLERANCE = (9 + 3 * 2) * 2 ** -24 * 256;

function saturate(planes: Float32Array, factor: number): Float32Array {
  return changed(kernels, planes, (at, vectors) => kernels.run.saturatePlanes(at, vectors, factor));
}

describe("saturatePlanes", () => {
  test.each(VECTORS)("moves the components of %i vectors about their luma as the twin does", (vectors) => {
    const planes = somePlanes(vectors, vectors + 7);
    for (const factor of [0, 0.25, 0.99, 1, 1.5, 2]) {
      const wanted = eachColour(planes, (colours) => saturated(colours, factor));
      expectNear(saturate(planes, factor), wanted, TOLERANCE);
    }
  });

  test("gives the luma at 0 and the colours themselves at 1", () => {
    const planes = somePlanes(64, 13);
    const grays = eachColour(planes, (colours) => [lumaOf(colours), lumaOf(colours), lumaOf(colours)]);
    expectNear(saturate(planes, 0), grays, TOLERANCE);
    expectNear(saturate(planes, 1), planes, TOLERANCE);
    expect(Math.max(...saturate(planes, 2))).toBe(255);
    expect(Math.min(...saturate(planes, 2))).toBe(0);
  });
});
