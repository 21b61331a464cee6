import { disc, fill, stroke } from "../draw.ts";
import { type Light, lit, mix, plus, times } from "../light.ts";
import { sample, type Tile } from "../noise.ts";
import { clamp, smoothstep } from "../scalar.ts";
import type { Surface } from "../surface.ts";

export interface Boat {
  /** Middle of the waterline, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels to the metre; a boat is nine metres long. */
  readonly scale: number;
  /** 1 with the bow to the right, -1 to the left. */
  readonly heading: 1 | -1;
  readonly hull: Light;
  readonly stripe: Light;
  readonly lamplight: number;
}

const RIG: Light = [0.02, 0.017, 0.02];
const CABIN: Light = [0.17, 0.16, 0.2];
const TEAK: Light = [0.075, 0.042, 0.024];
const SAIL: Light = [0.16, 0.14, 0.17];
const LAMPLIGHT: Light = [2.3, 1.1, 0.36];

/** A sailing boat at anchor, seen from the side, against the light. */
export function paintBoat(target: Surface, boat: Boat, shimmer: Tile): void {
  const { x, y, scale, heading, hull, stripe } = boat;
  const at = (...metres: readonly number[]): number[] =>
    metres.map((value, i) => (i % 2 === 0 ? x + heading * value * scale : y - value * scale));
  const line = (width: number): number => Math.max(width * scale, 0.55);
  const rail = [-4.3, 0.92, -3, 0.84, -1, 0.83, 1.5, 0.95, 3.4, 1.16, 4.75, 1.42];

  paintRig(target, boat, at, line);
  // Cabin, its windows, then the hull over its foot.
  fill(target, at(-1.7, 0.7, -1.62, 1.3, 1.1, 1.42, 1.9, 1.0, 1.9, 0.7), (_, py) =>
    times(CABIN, py < y - 1.24 * scale ? 1.9 : 0.8),
  );
  for (const [left, wide] of [
    [-1.35, 0.62],
    [-0.5, 0.62],
    [0.38, 0.5],
  ] as const) {
    const glow = times(LAMPLIGHT, boat.lamplight);
    fill(target, at(left, 1.02, left, 1.22, left + wide, 1.24, left + wide, 1.02), glow);
  }
  stroke(target, at(-4.2, 0.95, -4.2, 1.65, -3.1, 1.6, -3.1, 0.9), line(0.035), RIG);
  stroke(target, at(4.7, 1.4, 4.5, 2.0, 3.5, 1.8, 3.5, 1.2), line(0.035), RIG);
  stroke(target, at(-3.1, 1.48, -1.2, 1.46, 1.2, 1.52, 3.5, 1.78), line(0.02), RIG);
  fill(target, at(...rail, 4.3, 0.55, 3.95, -0.06, -3.75, -0.06, -4.25, 0.4), (px, py) => {
    const up = clamp((y - py) / scale / 1.1);
    if (up < 0.09) return [0.012, 0.01, 0.012];
    if (up < 0.2) return stripe;
    // The topsides curve away towards the bow and mirror the sunset on the water, in wavering bands and low down.
    const round = 0.72 + 0.28 * clamp(1 - Math.abs(px - x) / (4.8 * scale));
    const m = (px - x) / scale;
    const band = sample(shimmer, m * 24 + up * 9, up * 46 + m * 5);
    const sunset = (0.35 + 0.65 * smoothstep(-4, 5, m)) * (1.15 - up) * smoothstep(-0.6, 1.5, band);
    const light = times(mix(times(hull, 0.62), hull, up), round * (1 + 0.03 * sample(shimmer, m * 160, up * 40)));
    return plus(light, lit(hull, [1.5 * sunset, 0.72 * sunset, 0.3 * sunset]));
  });
  stroke(target, at(...rail), line(0.075), TEAK);
}

function paintRig(
  target: Surface,
  boat: Boat,
  at: (...metres: readonly number[]) => number[],
  line: (w: number) => number,
): void {
  const { scale } = boat;
  const mast = 11.6;
  for (const foot of [at(-4.25, 0.95), at(4.65, 1.42)]) stroke(target, [...foot, ...at(0.62, mast)], line(0.022), RIG);
  for (const side of [0.25, 1.0]) {
    stroke(target, at(side, 0.9, side === 1 ? 0.95 : 0.3, 6.4, 0.62, mast - 0.3), line(0.02), RIG);
  }
  stroke(target, at(0.28, 6.4, 0.98, 6.4), line(0.05), RIG);
  // The furled jib, thicker below.
  fill(target, at(4.3, 2.1, 4.42, 2.15, 1.25, 10.15, 1.2, 10.1), times(SAIL, 0.55));
  fill(target, at(0.54, 0.9, 0.56, mast, 0.68, mast, 0.72, 0.9), (px) =>
    (px - boat.x) * boat.heading > 0.62 * scale ? times(RIG, 2.2) : RIG,
  );
  stroke(target, at(0.62, mast, 0.62, mast + 0.55), line(0.02), RIG);
  // Boom with the mainsail stowed on it.
  fill(target, at(0.5, 2.05, 0.42, 2.42, -1.2, 2.26, -3.1, 2.04, -3.2, 1.94), (_, py) =>
    times(SAIL, py < boat.y - 2.14 * scale ? 1.25 : 0.6),
  );
  stroke(target, at(0.6, 1.98, -3.45, 1.9), line(0.1), RIG);
  if (boat.lamplight > 0) disc(target, ...point(at(0.62, mast + 0.12)), Math.max(0.07 * scale, 1), [16, 12, 7]);
}

function point([x = 0, y = 0]: readonly number[]): [number, number] {
  return [x, y];
}
