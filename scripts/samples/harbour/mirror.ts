import { clamp } from "../scalar.ts";
import { blurred, type Surface, surface } from "../surface.ts";
import type { Line } from "./land.ts";
import { HORIZON, WIDTH } from "./view.ts";

/** Reflections are broken up by waves anyway; a quarter of the resolution is enough and stays in the cache. */
const STEP = 4;

/** Half-heights of the vertical blur, in rows of the reduced picture: for waves too far away to be seen singly. */
const BLURS = [0, 2, 6, 16, 40, 90];

/** What stands above the shore, upside down: row 0 is at the shoreline. */
export interface Mirror {
  readonly sharpToSoft: readonly Surface[];
}

export function mirror(scene: Surface, shore: Line): Mirror {
  const upright = surface(WIDTH / STEP, Math.floor(HORIZON / STEP));
  for (let x = 0; x < upright.width; x++) {
    const foot = Math.floor(shore[x * STEP] ?? HORIZON) - 1;
    for (let y = 0; y < upright.height; y++)
      average(scene, x * STEP, foot - y * STEP, upright.rgb, (y * upright.width + x) * 3);
  }
  return {
    sharpToSoft: BLURS.map((radius) => (radius === 0 ? upright : blurred(blurred(upright, 0, radius), 1, radius))),
  };
}

function average(scene: Surface, x: number, bottom: number, to: Float32Array, o: number): void {
  for (let k = 0; k < STEP * STEP; k++) {
    const y = Math.max(bottom - Math.floor(k / STEP), 0);
    const i = (y * scene.width + x + (k % STEP)) * 3;
    for (let c = 0; c < 3; c++) to[o + c] = (to[o + c] ?? 0) + (scene.rgb[i + c] ?? 0) / (STEP * STEP);
  }
}

/** Which of the blurred pictures suits a smear of so many rows (of the full picture); a fraction lies between two. */
export function softness(smear: number): number {
  const radius = smear / STEP;
  const above = BLURS.findIndex((blur) => blur >= radius);
  if (above < 0) return BLURS.length - 1;
  if (above === 0) return 0;
  const low = BLURS[above - 1] ?? 0;
  return above - 1 + (radius - low) / ((BLURS[above] ?? 0) - low);
}

/** Adds the mirrored light at a column and a height above the shoreline, `weight` times, to `out`. */
export function addMirrored(
  from: Mirror,
  x: number,
  height: number,
  soft: number,
  weight: number,
  out: Float64Array,
): void {
  const level = Math.floor(soft);
  const further = soft - level;
  if (further < 1) addBilinear(from.sharpToSoft[level], x / STEP, height / STEP, weight * (1 - further), out);
  if (further > 0) addBilinear(from.sharpToSoft[level + 1], x / STEP, height / STEP, weight * further, out);
}

function addBilinear(from: Surface | undefined, x: number, y: number, weight: number, out: Float64Array): void {
  if (from === undefined) return;
  const { width, height, rgb } = from;
  const u = clamp(x - 0.5, 0, width - 1.001);
  const v = clamp(y - 0.5, 0, height - 1.001);
  const column = Math.floor(u);
  const row = Math.floor(v);
  const fu = u - column;
  const fv = v - row;
  const i = (row * width + column) * 3;
  const j = i + width * 3;
  const a = (1 - fu) * (1 - fv) * weight;
  const b = fu * (1 - fv) * weight;
  const c = (1 - fu) * fv * weight;
  const d = fu * fv * weight;
  for (let k = 0; k < 3; k++) {
    out[k] =
      (out[k] ?? 0) +
      (rgb[i + k] ?? 0) * a +
      (rgb[i + k + 3] ?? 0) * b +
      (rgb[j + k] ?? 0) * c +
      (rgb[j + k + 3] ?? 0) * d;
  }
}
