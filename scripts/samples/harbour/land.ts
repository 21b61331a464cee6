import { chance } from "../chance.ts";
import { type Light, mix, plus, times } from "../light.ts";
import { noiseTile, sample, type Tile } from "../noise.ts";
import { clamp, lerp, smoothstep } from "../scalar.ts";
import { lay, type Surface } from "../surface.ts";
import { haze } from "./sky.ts";
import { EYE, HORIZON, SUN, WIDTH } from "./view.ts";

/** The row of a skyline or shoreline for every column. */
export type Line = Float32Array;

interface Range {
  readonly seed: number;
  /** Column and height above the horizon, in pixels; heights in between run smoothly. */
  readonly heights: readonly (readonly [x: number, height: number])[];
  readonly rough: number;
  /** How much of the range is lost in haze, at its foot and at its top. */
  readonly veil: readonly [foot: number, top: number];
  readonly rock: Light;
}

const RANGES: readonly Range[] = [
  {
    seed: 21,
    heights: [
      [0, 150],
      [420, 250],
      [800, 120],
      [1120, 20],
      [1300, -20],
      [1700, -20],
      [1900, 60],
      [2500, 380],
      [2900, 330],
      [3400, 470],
      [4032, 420],
    ],
    rough: 0.3,
    veil: [0.94, 0.7],
    rock: [0.09, 0.085, 0.13],
  },
  {
    seed: 22,
    heights: [
      [0, 160],
      [300, 90],
      [620, 36],
      [900, -20],
      [2000, -20],
      [2300, 60],
      [2750, 190],
      [3150, 330],
      [3600, 400],
      [4032, 560],
    ],
    rough: 0.3,
    veil: [0.82, 0.36],
    rock: [0.06, 0.062, 0.09],
  },
  {
    seed: 23,
    heights: [
      [0, 78],
      [260, 44],
      [420, 20],
      [560, 10],
      [680, -20],
      [2250, -20],
      [2420, 18],
      [2900, 110],
      [3300, 210],
      [3700, 300],
      [4032, 390],
    ],
    rough: 0.24,
    veil: [0.5, 0.14],
    rock: [0.03, 0.038, 0.042],
  },
];

/** The shore of the town's side: it comes nearer, and so lies lower in the picture, to the right. */
export function shoreline(): Line {
  return Float32Array.from(
    { length: WIDTH },
    (_, x) => HORIZON + 36 * smoothstep(2150, 3900, x) + 21 * smoothstep(760, 200, x),
  );
}

/** Pixels to the metre at the shore, which follows from how far the shore lies below the horizon. */
export function scaleAt(shore: Line, x: number): number {
  return Math.max((shore[Math.min(Math.floor(x), WIDTH - 1)] ?? 0) - HORIZON, 0) / EYE;
}

/** Paints the ranges, far ones first, and returns the skyline of the nearest. */
export function paintMountains(target: Surface, shore: Line): Line {
  const tile = noiseTile(20, 5, 7, 0.55);
  let top: Line = shore;
  for (const range of RANGES) {
    top = skyline(range);
    paintRange(target, range, top, shore, tile);
  }
  return top;
}

/** Ridged noise on top of the given heights: sharp summits, rounded valleys. */
function skyline({ seed, heights, rough }: Range): Line {
  const next = chance(seed);
  const phases = Array.from({ length: 9 }, () => next() * 1000);
  const values = Float32Array.from({ length: 512 }, () => next());
  const noise = (t: number): number => {
    const k = Math.floor(t);
    const f = t - k;
    return lerp(values[k & 511] ?? 0, values[(k + 1) & 511] ?? 0, f * f * (3 - 2 * f));
  };
  return Float32Array.from({ length: WIDTH }, (_, x) => {
    const height = between(heights, x);
    let relief = 0;
    phases.forEach((phase, octave) => {
      const ridge = 1 - Math.abs(2 * noise((x / 620) * 2 ** octave + phase) - 1);
      relief += (ridge - 0.5) * 0.52 ** octave;
    });
    return HORIZON - height - Math.max(height, 0) * rough * 1.7 * relief;
  });
}

function between(points: Range["heights"], x: number): number {
  let [left, low] = points[0] ?? [0, 0];
  for (const [right, high] of points) {
    if (x <= right) return right === left ? high : lerp(low, high, smoothstep(left, right, x));
    [left, low] = [right, high];
  }
  return low;
}

function paintRange(target: Surface, range: Range, top: Line, shore: Line, tile: Tile): void {
  const { veil, rock, seed } = range;
  for (let x = 0; x < WIDTH; x++) {
    const ridge = top[x] ?? 0;
    const foot = shore[x] ?? 0;
    if (ridge >= foot) continue;
    const far = haze(x);
    const warmth = 0.35 + 0.65 * Math.exp(-Math.abs(x - SUN.x) / 1300);
    for (let y = Math.floor(ridge); y < foot; y++) {
      const slope = relief(tile, x, y - ridge * 0.55, seed);
      const shade = times(rock, 0.62 + 0.5 * clamp(0.5 + slope * 0.5));
      const sun: Light = [0.34 * warmth, 0.15 * warmth, 0.07 * warmth];
      const ground = plus(shade, times(sun, clamp(slope - 0.15, 0, 1.4) * 0.55));
      const low = clamp((y - ridge) / (foot - ridge));
      lay(target, x, y, mix(ground, far, lerp(veil[1], veil[0], low ** 1.5)), clamp(y + 1 - ridge));
    }
  }
}

/** How far a slope faces the sun, from the noise's fall towards it; the noise is sheared so that spurs run downhill. */
function relief(tile: Tile, x: number, y: number, seed: number): number {
  const u = x * 0.33 + y * 0.16 + seed * 37;
  const v = y * 0.3 + seed * 91;
  const here = sample(tile, u, v);
  return (
    (sample(tile, u + 3, v - 0.6) - here) * -2.4 +
    (sample(tile, u * 3 + 1.5, v * 3) - sample(tile, u * 3, v * 3)) * -1.1
  );
}
