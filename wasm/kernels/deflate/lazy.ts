import { enterBetween } from "./greedy";
import { gainOf, isWorth } from "./prices";
import { Deflation, MOST_LENGTH } from "./records";
import { LEAST_LENGTH, search } from "./search";
import { putSequence, SEQUENCE_BYTES } from "./sequences";

/**
 * Goes through the bytes up to `stop`, or until there is no room for more sequences, and takes a match unless one begins a
 * byte later that gains more.
 *
 * @returns behind the last sequence, which has no match
 */
export function parseLazily(stream: Deflation, stop: usize): usize {
  const end = stream.end,
    prices = stream.prices,
    mostSteps = stream.mostSteps,
    full = stream.sequences + <usize>stream.mostSequences * SEQUENCE_BYTES,
    searched = min(stop, end - min(end - stream.at, <usize>LEAST_LENGTH - 1));
  let at = stream.at,
    to = stream.sequences,
    literals = at;
  while (at < searched && to < full) {
    let match = search(stream, at, min(MOST_LENGTH, <u32>(end - at)), LEAST_LENGTH - 1, mostSteps),
      entered = at + 1;
    if (match === 0 || !isWorth(prices, at, match)) {
      at++;
      continue;
    }
    while (match >> 16 < stream.niceLength && entered < searched) {
      const length = match >> 16,
        most = min(MOST_LENGTH, <u32>(end - entered));
      if (length > most) break;
      // One of the same length may be nearer.
      const later = search(stream, entered, most, length - 1, mostSteps >> (length >= stream.goodLength ? 2 : 1));
      entered++;
      if (later === 0 || gainOf(prices, entered - 1, later) <= gainOf(prices, at, match)) break;
      match = later;
      at++;
    }
    putSequence(to, <u32>(at - literals), match);
    to += SEQUENCE_BYTES;
    literals = at + <usize>(match >> 16);
    enterBetween(stream, entered, literals);
    at = literals;
  }
  if (to < full && at < stop) at = stop;
  putSequence(to, <u32>(at - literals), 0);
  stream.at = at;
  return to + SEQUENCE_BYTES;
}
