import { box, disc, fill, stroke } from "../draw.ts";
import { type Light, mix } from "../light.ts";
import { noiseTile, sample } from "../noise.ts";
import type { Surface } from "../surface.ts";
import { type Line, scaleAt } from "./land.ts";
import { haze } from "./sky.ts";

const X = 452;

/** On the low point at the left; the sun is to its right, so that side is bright. */
export function paintLighthouse(target: Surface, shore: Line): void {
  const scale = scaleAt(shore, X);
  const foot = (shore[X] ?? 0) - 3.4 * scale;
  const grime = noiseTile(61, 8, 5);
  const far = haze(X);
  const round =
    (white: Light): ((x: number, y: number) => Light) =>
    (x, y) => {
      const side = (x - X) / (3 * scale);
      const bright = 0.5 + 0.5 * side;
      const clean = 1 + 0.06 * sample(grime, x * 3, y);
      const light: Light = [0.16 + 0.75 * bright ** 3, 0.155 + 0.36 * bright ** 3, 0.22 + 0.13 * bright ** 3];
      return mix([white[0] * light[0] * clean, white[1] * light[1] * clean, white[2] * light[2] * clean], far, 0.16);
    };
  const bands = 5;
  const height = 22 * scale;
  const half = (up: number): number => (2.9 - 1.1 * up) * scale;
  for (let band = 0; band < bands; band++) {
    const [low, high] = [band / bands, (band + 1) / bands];
    const paint = round(band % 2 === 0 ? [0.8, 0.78, 0.74] : [0.5, 0.07, 0.05]);
    const [y0, y1] = [foot - height * low, foot - height * high];
    fill(target, [X - half(low), y0, X - half(high), y1, X + half(high), y1, X + half(low), y0], paint);
  }
  const top = foot - height;
  const iron: Light = [0.025, 0.024, 0.03];
  box(target, X - 2.5 * scale, top - 0.5 * scale, 5 * scale, 0.7 * scale, iron);
  for (const side of [-2.4, -1.2, 0, 1.2, 2.4]) {
    stroke(target, [X + side * scale, top - 0.5 * scale, X + side * scale, top - 1.7 * scale], 1, iron);
  }
  stroke(target, [X - 2.4 * scale, top - 1.7 * scale, X + 2.4 * scale, top - 1.7 * scale], 1.2, iron);
  box(target, X - 1.3 * scale, top - 3.6 * scale, 2.6 * scale, 3.1 * scale, [3.6, 2.5, 1.2]);
  disc(target, X, top - 2.1 * scale, 0.8 * scale, [90, 66, 34]);
  for (const side of [-1.3, -0.45, 0.45, 1.3]) {
    stroke(target, [X + side * scale, top - 0.5 * scale, X + side * scale, top - 3.6 * scale], 1, iron);
  }
  fill(
    target,
    [X - 1.7 * scale, top - 3.5 * scale, X, top - 5.6 * scale, X + 1.7 * scale, top - 3.5 * scale],
    round([0.4, 0.06, 0.05]),
  );
  stroke(target, [X, top - 5.4 * scale, X, top - 6.8 * scale], 1.4, iron);
}
