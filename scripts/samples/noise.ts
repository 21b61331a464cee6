/** Tileable gradient noise from seeded chance. */

import { chance } from "./chance.ts";
import { lerp } from "./scalar.ts";

/** A tile is TILE × TILE samples that wrap on both axes, so one small table serves any area at any scale. */
export const TILE = 512;
const SHIFT = 9;
const MASK = TILE - 1;

export type Tile = Float32Array;

/** Fractal gradient noise with mean 0 and standard deviation 1, so that thresholds mean the same for every tile. */
export function noiseTile(seed: number, cells: number, octaves: number, gain = 0.5): Tile {
  const tile = new Float32Array(TILE * TILE);
  const next = chance(seed);
  for (let octave = 0, weight = 1; octave < octaves; octave++, weight *= gain) {
    addOctave(tile, cells << octave, weight, next);
  }
  return normalised(tile);
}

function addOctave(tile: Tile, cells: number, weight: number, next: () => number): void {
  const slopes = new Float32Array(cells * cells * 2);
  for (let i = 0; i < slopes.length; i += 2) {
    const angle = next() * 2 * Math.PI;
    slopes[i] = Math.cos(angle) * weight;
    slopes[i + 1] = Math.sin(angle) * weight;
  }
  const dot = (column: number, row: number, dx: number, dy: number): number => {
    const i = ((row % cells) * cells + (column % cells)) * 2;
    return (slopes[i] ?? 0) * dx + (slopes[i + 1] ?? 0) * dy;
  };
  for (let y = 0, i = 0; y < TILE; y++) {
    const v = (y * cells) / TILE;
    const row = Math.floor(v);
    const fv = v - row;
    for (let x = 0; x < TILE; x++, i++) {
      const u = (x * cells) / TILE;
      const column = Math.floor(u);
      const fu = u - column;
      const su = fade(fu);
      const top = lerp(dot(column, row, fu, fv), dot(column + 1, row, fu - 1, fv), su);
      const bottom = lerp(dot(column, row + 1, fu, fv - 1), dot(column + 1, row + 1, fu - 1, fv - 1), su);
      tile[i] = (tile[i] ?? 0) + lerp(top, bottom, fade(fv));
    }
  }
}

function normalised(tile: Tile): Tile {
  const mean = tile.reduce((sum, value) => sum + value, 0) / tile.length;
  const variance = tile.reduce((sum, value) => sum + (value - mean) ** 2, 0) / tile.length;
  const scale = 1 / Math.sqrt(variance);
  return tile.map((value) => (value - mean) * scale);
}

/** Bilinear look-up; `u` and `v` count samples and wrap. */
export function sample(tile: Tile, u: number, v: number): number {
  const x = Math.floor(u);
  const y = Math.floor(v);
  const fu = u - x;
  const left = x & MASK;
  const right = (x + 1) & MASK;
  const top = (y & MASK) << SHIFT;
  const bottom = ((y + 1) & MASK) << SHIFT;
  const a = tile[top + left] ?? 0;
  const c = tile[bottom + left] ?? 0;
  const upper = a + ((tile[top + right] ?? 0) - a) * fu;
  const lower = c + ((tile[bottom + right] ?? 0) - c) * fu;
  return upper + (lower - upper) * (v - y);
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}
