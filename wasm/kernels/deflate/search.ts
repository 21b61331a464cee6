import { Deflation, MOST_DISTANCE } from "./records";
import { sameBytes } from "./same-bytes";

/** Bytes that a hash is made of: shorter matches are none. */
export const LEAST_LENGTH: u32 = 4;
const HASH_BITS: u32 = 15;

/** Where the head of the chain stands of what begins with these four bytes. */
function headOf(heads: usize, bytes: u32): usize {
  return heads + ((<usize>((bytes * 0x9e3779b1) >> (32 - HASH_BITS))) << 1);
}

function linkOf(chains: usize, position: u32): usize {
  return chains + ((<usize>(position & (MOST_DISTANCE - 1))) << 1);
}

/** Puts `at` at the head of its chain. Four bytes lie there. */
export function enter(at: usize, shift: u32, heads: usize, chains: usize): void {
  const position = <u32>at + shift,
    head = headOf(heads, load<u32>(at));
  store<u16>(linkOf(chains, position), load<u16>(head));
  store<u16>(head, <u16>position);
}

/**
 * Puts `at` at the head of its chain, and looks there for a match longer than `longest`.
 *
 * Positions are told by their lowest 16 bits, and never forgotten: what is too old comes to some distance in the window,
 * and its bytes are compared like those of any other. Distances only grow along a chain, so it ends.
 *
 * @param most    length of the longest match that there may be, at least 4
 * @param longest below `most`
 * @param steps   positions that are looked at, at most
 * @returns length << 16 | distance, 0 where there is none
 */
export function search(stream: Deflation, at: usize, most: u32, longest: u32, steps: u32): u32 {
  const chains = stream.chains,
    position = <u32>at + stream.shift,
    reach = <u32>min(at - stream.window, <usize>MOST_DISTANCE),
    nice = min(most, stream.niceLength),
    first = load<u32>(at),
    head = headOf(stream.heads, first);
  let candidate: u32 = load<u16>(head),
    before: u32 = 0,
    found: u32 = 0,
    left = steps;
  store<u16>(head, <u16>position);
  store<u16>(linkOf(chains, position), <u16>candidate);
  // What is compared first: the last four bytes that a longer match has at least.
  let tail: usize = longest < LEAST_LENGTH ? 0 : <usize>longest - 3,
    wanted = load<u32>(at + tail);
  for (; left > 0; left--) {
    const distance = (position - candidate) & 0xffff;
    if (distance <= before || distance > reach) break;
    const from = at - <usize>distance;
    if (load<u32>(from + tail) === wanted && load<u32>(from) === first) {
      const length = sameBytes(from, at, most);
      if (length > longest) {
        longest = length;
        found = (length << 16) | distance;
        if (length >= nice) break;
        tail = <usize>length - 3;
        wanted = load<u32>(at + tail);
      }
    }
    before = distance;
    candidate = load<u16>(linkOf(chains, candidate));
  }
  stream.steps += steps - left;
  return found;
}
