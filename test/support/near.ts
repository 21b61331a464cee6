import { expect } from "vitest";
import type { Raster } from "../../src/pixels/raster.ts";

interface Difference {
  readonly by: number;
  readonly at: number;
}

/** The largest difference of two lists, and where it is; not-a-number differs from every number. */
function largestDifference(got: ArrayLike<number>, wanted: ArrayLike<number>): Difference {
  let worst: Difference = { by: 0, at: 0 };
  for (let at = 0; at < wanted.length; at++) {
    const [mine, theirs] = [got[at] ?? Number.NaN, wanted[at] ?? Number.NaN];
    const by = Object.is(mine, theirs) ? 0 : Math.abs(mine - theirs);
    if (Number.isNaN(by) || by > worst.by) worst = { by: Number.isNaN(by) ? Number.POSITIVE_INFINITY : by, at };
  }
  return worst;
}

/** Fails where any two values lie more than `tolerance` apart, saying how far and where. */
export function expectNear(got: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  expect(got.length).toBe(wanted.length);
  const { by, at } = largestDifference(got, wanted);
  expect(by, `[${at}]: got ${got[at]}, wanted ${wanted[at]}`).toBeLessThanOrEqual(tolerance);
}

/** Compares pictures in levels of 255, saying where they differ most. */
export function expectNearPicture(got: Raster, wanted: Raster, levels: number): void {
  expect(got.size).toEqual(wanted.size);
  expect(got.data.length).toBe(wanted.data.length);
  const { by, at } = largestDifference(got.data, wanted.data);
  expect(by, pixelText(got, wanted, Math.floor(at / 4))).toBeLessThanOrEqual(levels);
}

function pixelText(got: Raster, wanted: Raster, pixel: number): string {
  const rgba = ({ data }: Raster) => `(${[...data.subarray(pixel * 4, pixel * 4 + 4)].join(", ")})`;
  const [x, y] = [pixel % got.size.width, Math.floor(pixel / got.size.width)];
  return `pixel ${x}, ${y}: got ${rgba(got)}, wanted ${rgba(wanted)}`;
}
