/** Numbers from 0 up to 1, the same ones for the same seed: what failed once fails again. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function randomBytes(count: number, seed: number): Uint8Array<ArrayBuffer> {
  const next = randomNumbers(seed);
  return Uint8Array.from({ length: count }, () => next() * 256);
}

/** Values of `low` up to `high`, as exact as the kernels can hold them. */
export function randomFloats(count: number, low: number, high: number, seed: number): Float32Array<ArrayBuffer> {
  const next = randomNumbers(seed);
  return Float32Array.from({ length: count }, () => low + next() * (high - low));
}
