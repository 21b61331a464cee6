import type { Raster } from "../../src/pixels/raster.ts";
import type { Rect } from "../../src/plan/size.ts";
import type { Rgb } from "../../src/protocol/rgb.ts";

/** The twins of the steps that change each pixel for itself: float64, one value at a time, written from their formulas. */

/** a' = round(a · opacity / 2^24), in whole numbers of any size; all zeros where that is 0. */
export function fadedRow(rgba: ArrayLike<number>, opacity: number): Uint8Array<ArrayBuffer> {
  const result = Uint8Array.from(rgba);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = Number((2n * BigInt(rgba[at + 3] ?? 0) * BigInt(opacity) + (1n << 24n)) >> 25n);
    if (alpha === 0) result.fill(0, at, at + 4);
    else result[at + 3] = alpha;
  }
  return result;
}

/** Alpha times a number that may be another one at each pixel, halves rounded up; all zeros where that is 0. */
export function fadedPicture({ size, data }: Raster, opacityAt: (x: number, y: number) => number): Raster {
  const faded = data.slice();
  for (let at = 0; at < data.length; at += 4) {
    const pixel = at / 4;
    const opacity = opacityAt(pixel % size.width, Math.floor(pixel / size.width));
    const alpha = Math.floor((data[at + 3] ?? 0) * opacity + 0.5);
    if (alpha === 0) faded.fill(0, at, at + 4);
    else faded[at + 3] = alpha;
  }
  return { size, data: faded };
}

/** The part of the pixel at x, y that lies in a rectangle. */
export function coveredBy({ x: left, y: top, width, height }: Rect, x: number, y: number): number {
  const across = Math.min(x + 1, left + width) - Math.max(x, left);
  const down = Math.min(y + 1, top + height) - Math.max(y, top);
  return across > 0 && down > 0 ? across * down : 0;
}

/** What is over a colour of alpha 0..1: straight levels that are not rounded; all zeros where alpha would be rounded to 0. */
export function filledRow(rgba: ArrayLike<number>, colour: Rgb, alpha: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(rgba.length);
  for (let at = 0; at < rgba.length; at += 4) {
    const over = (rgba[at + 3] ?? 0) / 255;
    const union = over + alpha * (1 - over);
    if (union * 255 < 0.5) continue;
    for (const [channel, behind] of colour.entries()) {
      result[at + channel] = ((rgba[at + channel] ?? 0) * over + behind * alpha * (1 - over)) / union;
    }
    result[at + 3] = union * 255;
  }
  return result;
}
