import type { Cut } from "../../plan/steps.ts";
import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";

const PIXEL = 4;

/** Copies what `to`, a transparent raster of the step's size, shows of `from`; what lies beyond stays transparent. */
export function* cutInto(from: Raster, to: Raster, { at }: Cut): Work {
  const left = Math.max(0, at.x);
  const right = Math.min(from.size.width, at.x + to.size.width);
  const top = Math.max(0, at.y);
  const bottom = Math.min(from.size.height, at.y + to.size.height);
  if (left >= right) return;
  for (let y = top; y < bottom; y++) {
    const row = y * from.size.width;
    const start = (y - at.y) * to.size.width + left - at.x;
    to.data.set(from.data.subarray((row + left) * PIXEL, (row + right) * PIXEL), start * PIXEL);
    yield (right - left) * PIXEL;
  }
}
