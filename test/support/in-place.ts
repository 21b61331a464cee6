import { expect } from "vitest";
import type { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Work } from "../../src/pixels/work.ts";
import type { Rect } from "../../src/plan/size.ts";
import { picture, type Rgba } from "./pictures.ts";

/** Carries a step out on a copy of the raster; the copy. */
export function changed(kernels: Kernels, { size, data }: Raster, work: (raster: Raster) => Work): Raster {
  kernels.clear();
  const copy = { size, data: data.slice() };
  for (const samples of work(copy)) expect(samples).toBeLessThanOrEqual(1_000_000);
  return copy;
}

/** Bytes of the kernels' memory that work reserves, all of it in its first piece. */
export function reservedBy(kernels: Kernels, work: Work): number {
  kernels.clear();
  const before = kernels.reserve(0);
  work.next();
  return kernels.reserve(0) - before;
}

/** A copy with another picture laid over a part. */
export function withPart({ size, data }: Raster, { x, y, width, height }: Rect, part: Raster): Raster {
  const copy = { size, data: data.slice() };
  for (let row = 0; row < height; row++) {
    const from = part.data.subarray(row * width * 4, (row + 1) * width * 4);
    copy.data.set(from, ((y + row) * size.width + x) * 4);
  }
  return copy;
}

/** A disc on nothing; below and beside it, colours hide under an alpha of 0. */
export function discOn(side: number, disc: Rgba, hidden: Rgba): Raster {
  const middle = (side - 1) / 2;
  return picture({ width: side, height: side }, (x, y) =>
    Math.hypot(x - middle, y - middle) < side / 4 ? disc : hidden,
  );
}

/** Four fields, the darkest and the brightest far from black and white: nothing is clamped. */
export function fields({ width, height }: Raster["size"]): Raster {
  return picture({ width, height }, (x, y) => {
    const [right, below] = [x >= width / 2, y >= height / 2];
    return [right ? 150 : 100, below ? 160 : 90, right === below ? 140 : 110, 255];
  });
}

/** Pictures of one colour, some as thin as can be. */
export function plainPictures(colours: readonly Rgba[]): readonly Raster[] {
  const sizes = [
    [61, 47],
    [1, 30],
    [30, 1],
    [1, 1],
  ] as const;
  return colours.flatMap((colour) => sizes.map(([width, height]) => picture({ width, height }, () => colour)));
}

export function isOpaque({ data }: Raster): boolean {
  return data.every((value, at) => at % 4 !== 3 || value === 255);
}
