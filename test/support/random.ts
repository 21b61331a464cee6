import { chance } from "../../scripts/samples/chance.ts";

/** Numbers from 0 up to 1, the same ones for the same seed: what failed once fails again. */
export const randomNumbers = chance;

export function randomBytes(count: number, seed: number): Uint8Array<ArrayBuffer> {
  const next = randomNumbers(seed);
  return Uint8Array.from({ length: count }, () => next() * 256);
}

/** Values of `low` up to `high`, as exact as the kernels can hold them. */
export function randomFloats(count: number, low: number, high: number, seed: number): Float32Array<ArrayBuffer> {
  const next = randomNumbers(seed);
  return Float32Array.from({ length: count }, () => low + next() * (high - low));
}
