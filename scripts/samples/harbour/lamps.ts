import { box, disc, fill, stroke } from "../draw.ts";
import { type Light, times } from "../light.ts";
import { length, lerp, smoothstep } from "../scalar.ts";
import type { Surface } from "../surface.ts";
import { DECK, FOCAL, project } from "./view.ts";

/** Lamp posts along the right edge of the jetty. */
export const LAMPS = [
  { x: 1.36, z: 8.4 },
  { x: 1.36, z: 15.6 },
  { x: 1.36, z: 22.8 },
] as const;

const FLAME_HEIGHT = DECK.height + 2.32;
const GLOW: Light = [1.0, 0.5, 0.16];
const IRON: Light = [0.011, 0.01, 0.012];

/** Lamplight on a level spot at deck height: it falls with the square of the distance, and as it comes in lower. */
export function lamplight(x: number, z: number): number {
  let sum = 0;
  for (const lamp of LAMPS) {
    const drop = FLAME_HEIGHT - DECK.height;
    const square = (x - lamp.x) ** 2 + (z - lamp.z) ** 2 + drop * drop;
    sum += drop / (square * Math.sqrt(square));
  }
  return sum;
}

export function paintLamp(target: Surface, { x, z }: { x: number; z: number }): void {
  const scale = FOCAL / z;
  const [cx, foot] = project(x, DECK.height, z);
  const [, flame] = project(x, FLAME_HEIGHT, z);
  const at = (...metres: readonly number[]): number[] =>
    metres.map((value, i) => (i % 2 === 0 ? cx + value * scale : flame - value * scale));

  // The post is round: a thin light from the sunset on its left, lamplight from above on the rest.
  const pole = 0.042 * scale;
  box(target, cx - pole, flame + 0.2 * scale, 2 * pole, foot - flame - 0.2 * scale, (px, py) => {
    const side = (px + 0.5 - cx) / pole;
    const near = 0.05 / (0.15 + (py - flame) / scale) ** 2;
    const rim = 0.012 + 0.26 * smoothstep(-0.2, -1, side) + 0.02 * smoothstep(0.3, 0.9, side);
    return [0.012 + rim + near * 0.5, 0.012 + rim * 0.5 + near * 0.25, 0.016 + rim * 0.25 + near * 0.08];
  });
  fill(target, at(-0.085, -2.32, -0.05, -2.0, 0.05, -2.0, 0.085, -2.32), (px) => {
    const rim = 0.22 * smoothstep(0, -1, (px - cx) / (0.075 * scale));
    return [0.022 + rim, 0.018 + rim * 0.5, 0.02 + rim * 0.26];
  });
  fill(target, at(-0.05, -0.27, -0.11, -0.17, 0.11, -0.17, 0.05, -0.27), times(IRON, 3));

  // Glass: brightest around the flame, and still far brighter than the sky at its corners.
  fill(target, at(-0.095, -0.17, -0.135, 0.17, 0.135, 0.17, 0.095, -0.17), (px, py) => {
    const away = length((px - cx) / scale, ((py - flame) / scale) * 0.8) / 0.17;
    return times(GLOW, lerp(11, 1.7, Math.min(away, 1)));
  });
  disc(target, cx, flame + 0.02 * scale, 0.035 * scale, [70, 46, 20], 0.065 * scale);
  for (const side of [-1, 1])
    stroke(target, at(side * 0.095, -0.17, side * 0.135, 0.17), Math.max(0.02 * scale, 1), IRON);
  stroke(target, at(-0.03, -0.17, -0.045, 0.17), Math.max(0.012 * scale, 0.8), IRON);
  fill(target, at(-0.19, 0.16, -0.055, 0.31, 0.055, 0.31, 0.19, 0.16), IRON);
  fill(target, at(-0.06, 0.31, -0.045, 0.37, 0.045, 0.37, 0.06, 0.31), times(IRON, 2));
  disc(target, cx, flame - 0.4 * scale, 0.03 * scale, IRON);
}
