import { pixelCount, type Size } from "../src/plan/size.ts";

/** Cells of the coarsest and of the finest noise, in pixels: clouds to grain. */
const COARSEST = 1024;
const FINEST = 2;
/** What is between neighbouring pixels of a sensor, 0..255. */
const GRAIN = 6;

/**
 * A picture with the statistics of a photograph, where no photograph is there: noise whose strength is in proportion to
 * its size, as in nature, colours that change more slowly than brightness, and the grain of a sensor. Always the same.
 *
 * RGB8, rows from the top.
 */
export function photographLike(size: Size): Uint8Array {
  const light = noise(size, COARSEST, FINEST, 1);
  const warmth = noise(size, COARSEST, COARSEST / 16, 2);
  const rgb = new Uint8Array(pixelCount(size) * 3);
  for (let pixel = 0; pixel < light.length; pixel++) {
    const y = 128 + 90 * (light[pixel] ?? 0) + GRAIN * (unit(pixel, 7, 3) - 0.5);
    const tint = 40 * (warmth[pixel] ?? 0);
    rgb[pixel * 3] = byte(y + tint);
    rgb[pixel * 3 + 1] = byte(y);
    rgb[pixel * 3 + 2] = byte(y - tint);
  }
  return rgb;
}

/** Octaves of value noise, each half as strong as the one twice its size; about −1..1. */
function noise({ width, height }: Size, coarsest: number, finest: number, seed: number): Float32Array {
  const sum = new Float32Array(width * height);
  for (let cell = coarsest; cell >= finest; cell /= 2) {
    const strength = Math.sqrt(cell / coarsest) * 0.5;
    for (let y = 0, at = 0; y < height; y++) {
      const row = Math.floor(y / cell);
      const down = y / cell - row;
      for (let column = 0; column * cell < width; column++) {
        const left = mix(unit(column, row, seed + cell), unit(column, row + 1, seed + cell), down);
        const right = mix(unit(column + 1, row, seed + cell), unit(column + 1, row + 1, seed + cell), down);
        const end = Math.min(cell, width - column * cell);
        for (let x = 0; x < end; x++, at++) {
          sum[at] = (sum[at] ?? 0) + strength * (2 * mix(left, right, x / cell) - 1);
        }
      }
    }
  }
  return sum;
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** A hash of three whole numbers, 0..1. */
export function unit(x: number, y: number, z: number): number {
  let hash = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(z, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
