import { expect } from "vitest";
import type { Kernels } from "../../src/pixels/kernels.ts";
import type { Colours } from "../oracle/tone.ts";
import { floatsIn, guardedCopy } from "./guarded.ts";
import { randomFloats } from "./random.ts";

/** So many vectors of each plane: none, one, the next ones, and more than are in flight at once. */
export const VECTORS = [0, 1, 2, 3, 64];

/** Runs a kernel on planes between canaries; what they hold then. */
export function changed(
  kernels: Kernels,
  planes: Float32Array,
  change: (address: number, vectors: number) => void,
): Float32Array {
  kernels.clear();
  const block = guardedCopy(kernels, planes);
  change(block.address, planes.length / 12);
  expect(block.trespasses()).toBe(0);
  return floatsIn(block);
}

/** Any colours, those on the corners of the cube and grays first. */
export function somePlanes(vectors: number, seed: number): Float32Array {
  const planes = randomFloats(vectors * 12, 0, 255, seed);
  const firsts = [...CORNERS, ...GRAYS];
  for (let at = 0; at < Math.min(firsts.length, vectors * 4); at++) {
    for (const [channel, value] of (firsts[at] ?? []).entries()) planes[channel * vectors * 4 + at] = value;
  }
  return planes;
}

const CORNERS = Array.from({ length: 8 }, (_, at): Colours => [(at & 4) * 63.75, (at & 2) * 127.5, (at & 1) * 255]);
const GRAYS = [1, 127, 127.5, 128, 254].map((level): Colours => [level, level, level]);

/** The same, a pixel at a time. */
export function eachColour(planes: Float32Array, use: (colours: Colours) => Colours): Float32Array {
  const plane = planes.length / 3;
  const result = new Float32Array(planes.length);
  for (let at = 0; at < plane; at++) {
    const colours = use([planes[at] ?? 0, planes[plane + at] ?? 0, planes[2 * plane + at] ?? 0]);
    for (const [channel, value] of colours.entries()) result[channel * plane + at] = value;
  }
  return result;
}
