/** Bytes of a sequence: a run of literals, and the match behind it. */
export const SEQUENCE_BYTES: usize = 8;

/** @param match length << 16 | distance */
export function putSequence(to: usize, run: u32, match: u32): void {
  store<u32>(to, run);
  store<u32>(to, match, 4);
}

export function runOf(sequence: usize): usize {
  return <usize>load<u32>(sequence);
}

export function distanceOf(sequence: usize): u32 {
  return load<u16>(sequence, 4);
}

/** 0 where there is no match: behind the last literals of a block. */
export function lengthOf(sequence: usize): u32 {
  return load<u16>(sequence, 6);
}
