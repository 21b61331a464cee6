import { isWorth } from "./prices";
import { Deflation, MOST_LENGTH } from "./records";
import { enter, LEAST_LENGTH, search } from "./search";
import { putSequence, SEQUENCE_BYTES } from "./sequences";

/**
 * Literals behind a match from which on a single position is looked at: where matches are rare, as in photographs, most
 * of the time would go into what is not worth it.
 */
const DENSE: usize = 4;

/**
 * Goes through the bytes up to `stop`, or until there is no room for more sequences, and takes every match at once.
 *
 * @returns behind the last sequence, which has no match
 */
export function parseGreedily(stream: Deflation, stop: usize): usize {
  const end = stream.end,
    prices = stream.prices,
    mostSteps = stream.mostSteps,
    full = stream.sequences + <usize>stream.mostSequences * SEQUENCE_BYTES,
    // Where fewer than four bytes are left there is nothing to look for.
    searched = min(stop, end - min(end - stream.at, <usize>LEAST_LENGTH - 1));
  let at = stream.at,
    to = stream.sequences,
    literals = at;
  while (at < searched && to < full) {
    const steps = at - literals < DENSE ? mostSteps : 1,
      match = search(stream, at, min(MOST_LENGTH, <u32>(end - at)), LEAST_LENGTH - 1, steps);
    if (match === 0 || !isWorth(prices, at, match)) {
      at++;
      continue;
    }
    putSequence(to, <u32>(at - literals), match);
    to += SEQUENCE_BYTES;
    literals = at + <usize>(match >> 16);
    enterBetween(stream, at + 1, literals);
    at = literals;
  }
  if (to < full && at < stop) at = stop;
  putSequence(to, <u32>(at - literals), 0);
  stream.at = at;
  return to + SEQUENCE_BYTES;
}

/** Puts what a match covers into its chains, as far as four bytes lie there. */
export function enterBetween(stream: Deflation, from: usize, to: usize): void {
  const shift = stream.shift,
    heads = stream.heads,
    chains = stream.chains,
    last = min(to, stream.end - (<usize>LEAST_LENGTH - 1));
  for (let at = from; at < last; at++) enter(at, shift, heads, chains);
}
