import { DISTANCES, distanceSymbol, END_OF_BLOCK, LITERALS, lengthSymbol } from "./alphabet";
import { distanceOf, lengthOf, runOf, SEQUENCE_BYTES } from "./sequences";

/** By symbol: how often it is in the block. */
export const LITERAL_FREQUENCIES: usize = memory.data(4 * 288, 16);
export const DISTANCE_FREQUENCIES: usize = memory.data(4 * 32, 16);

/** Counts the symbols of a block whose bytes begin at `from`. */
export function countSymbols(from: usize, sequences: usize, behind: usize): void {
  memory.fill(LITERAL_FREQUENCIES, 0, LITERALS << 2);
  memory.fill(DISTANCE_FREQUENCIES, 0, DISTANCES << 2);
  let at = from;
  for (let sequence = sequences; sequence < behind; sequence += SEQUENCE_BYTES) {
    const stop = at + runOf(sequence),
      length = lengthOf(sequence);
    for (; at < stop; at++) count(LITERAL_FREQUENCIES, load<u8>(at));
    if (length === 0) continue;
    count(LITERAL_FREQUENCIES, lengthSymbol(length));
    count(DISTANCE_FREQUENCIES, distanceSymbol(distanceOf(sequence)));
    at += <usize>length;
  }
  count(LITERAL_FREQUENCIES, END_OF_BLOCK);
}

function count(frequencies: usize, symbol: u32): void {
  const frequency = frequencies + ((<usize>symbol) << 2);
  store<u32>(frequency, load<u32>(frequency) + 1);
}
