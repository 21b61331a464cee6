import { pixelCount, type Size } from "../src/plan/size.ts";

/** Shares of the shorter side: how far alpha is 255, and how far from there to 0. */
const DISC = 0.4;
const SOFT = 0.05;

/** The alpha of a disc with a soft edge, a byte a pixel: at 4 : 3 half of the pixels is transparent, and a tenth partly so. */
export function discAlpha({ width, height }: Size): Uint8Array {
  const side = Math.min(width, height);
  const alpha = new Uint8Array(pixelCount({ width, height }));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const far = Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2) / side;
      alpha[at] = Math.round(255 * Math.min(1, Math.max(0, 1 - (far - DISC) / SOFT)));
    }
  }
  return alpha;
}
