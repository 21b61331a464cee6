import { chance } from "../chance.ts";
import { TILE } from "../noise.ts";
import { length } from "../scalar.ts";

/** The slopes of a patch of water that tiles, thinned out step by step along the view. */
export interface Waves {
  /** Level k has TILE columns and TILE / 2^k rows. */
  readonly levels: readonly WaveLevel[];
}

interface WaveLevel {
  readonly rows: number;
  /** Slope to the right and slope away from the camera, in turn; over level 0 their mean square is 1. */
  readonly slopes: Float32Array;
  /** Mean square of the slopes away from the camera that the averaging has lost: what blurs a reflection instead. */
  readonly lost: number;
}

const WAVES = 72;

/** A sum of sine waves whose lengths divide the tile. */
export function waves(seed: number): Waves {
  const next = chance(seed);
  const slopes = new Float32Array(TILE * TILE * 2);
  for (let wave = 0; wave < WAVES; wave++) {
    const cycles = 3 * 14 ** next();
    // Mostly towards the camera; the spread is wide, as in a harbour, where quays throw waves back.
    const heading = Math.PI / 2 + (next() + next() - 1) * 1.25;
    addWave(slopes, Math.round(cycles * Math.cos(heading)), Math.round(cycles * Math.sin(heading)), next() * 6.283);
  }
  const square = slopes.reduce((sum, slope, i) => sum + (i % 2 === 1 ? slope * slope : 0), 0) / (slopes.length / 2);
  const full: WaveLevel = { rows: TILE, slopes: slopes.map((slope) => slope / Math.sqrt(square)), lost: 0 };
  const levels = [full];
  for (let last = full; last.rows > 2; levels.push(last)) last = halved(last);
  return { levels };
}

function addWave(slopes: Float32Array, across: number, away: number, phase: number): void {
  const size = length(across, away) || 1;
  // Short waves are a little flatter than long ones; were they not, the water would look like hammered tin.
  const weight = size ** -0.35;
  const stepX = (2 * Math.PI * across) / TILE;
  const stepY = (2 * Math.PI * away) / TILE;
  for (let y = 0, i = 0; y < TILE; y++) {
    // A rotating pair instead of a cosine for each sample.
    let cos = Math.cos(phase + stepY * y) * weight;
    let sin = Math.sin(phase + stepY * y) * weight;
    const turnCos = Math.cos(stepX);
    const turnSin = Math.sin(stepX);
    for (let x = 0; x < TILE; x++, i += 2) {
      slopes[i] = (slopes[i] ?? 0) + (cos * across) / size;
      slopes[i + 1] = (slopes[i + 1] ?? 0) + (cos * away) / size;
      const turned = cos * turnCos - sin * turnSin;
      sin = cos * turnSin + sin * turnCos;
      cos = turned;
    }
  }
}

function halved({ rows, slopes }: WaveLevel): WaveLevel {
  const values = TILE * 2;
  const half = new Float32Array(slopes.length / 2);
  let square = 0;
  for (let y = 0; y < rows / 2; y++) {
    for (let i = 0; i < values; i++) {
      const mean = ((slopes[2 * y * values + i] ?? 0) + (slopes[(2 * y + 1) * values + i] ?? 0)) / 2;
      half[y * values + i] = mean;
      if (i % 2 === 1) square += mean * mean;
    }
  }
  return { rows: rows / 2, slopes: half, lost: Math.max(1 - square / (half.length / 2), 0) };
}

/** Adds the slopes at one spot, `weight` times, to `out`: to the right, then away. `u` and `v` count tiles and wrap. */
export function addSlopes(level: WaveLevel, u: number, v: number, weight: number, out: Float64Array): void {
  const x = u * TILE;
  const y = v * level.rows;
  const column = Math.floor(x);
  const row = Math.floor(y);
  const left = (column & (TILE - 1)) << 1;
  const right = ((column + 1) & (TILE - 1)) << 1;
  const near = (row & (level.rows - 1)) * TILE * 2;
  const far = ((row + 1) & (level.rows - 1)) * TILE * 2;
  const { slopes } = level;
  const a = (1 - x + column) * (1 - y + row) * weight;
  const b = (x - column) * (1 - y + row) * weight;
  const c = (1 - x + column) * (y - row) * weight;
  const d = (x - column) * (y - row) * weight;
  for (let axis = 0; axis < 2; axis++) {
    out[axis] =
      (out[axis] ?? 0) +
      (slopes[near + left + axis] ?? 0) * a +
      (slopes[near + right + axis] ?? 0) * b +
      (slopes[far + left + axis] ?? 0) * c +
      (slopes[far + right + axis] ?? 0) * d;
  }
}

/** The level whose samples are about `metres` apart along the view, when a tile covers `extent` metres. */
export function levelFor({ levels }: Waves, extent: number, metres: number): WaveLevel {
  const wanted = Math.round(Math.log2((metres * TILE) / extent));
  const level = levels[Math.min(Math.max(wanted, 0), levels.length - 1)];
  if (level === undefined) throw new Error("waves without levels");
  return level;
}
