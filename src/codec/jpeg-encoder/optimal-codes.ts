import type { Codes } from "../jpeg/tables.ts";

const LONGEST = 16;
/** Stands for the code of nothing but ones, which no symbol may have: it counts once. Source: ITU-T T.81, K.2. */
const RESERVED = 256;
/** No place. */
const NONE = -1;

/**
 * The codes with which symbols that occur so often take fewest bits, at most sixteen each.
 *
 * Of those that do, the ones that libjpeg finds, ties and all: files are the same to the byte.
 *
 * @param counts how often each symbol occurs
 * Source: ITU-T T.81, K.2; libjpeg, jpeg_gen_optimal_table in jchuff.c.
 */
export function optimalCodes(counts: ArrayLike<number>): Codes {
  const symbols = Array.from({ length: RESERVED + 1 }, (_, symbol) => symbol).filter(
    (symbol) => symbol === RESERVED || (counts[symbol] ?? 0) > 0,
  );
  const lengths = lengthsOf(symbols.map((symbol) => (symbol === RESERVED ? 1 : (counts[symbol] ?? 0))));
  const bits = limited(lengths);
  // By length, and of one length by value: the sort is stable.
  const order = symbols
    .map((symbol, place) => ({ symbol, length: lengths[place] ?? 0 }))
    .filter(({ symbol }) => symbol !== RESERVED)
    .sort((one, other) => one.length - other.length);
  return { counts: bits, symbols: Uint8Array.from(order, ({ symbol }) => symbol) };
}

/** The length of each code where any length may be: the two rarest are joined, of equals the last ones. */
function lengthsOf(occurrences: readonly number[]): Uint16Array {
  const lengths = new Uint16Array(occurrences.length);
  const counts = Float64Array.from(occurrences);
  // Symbols whose codes begin alike form a chain; the place of its first one has what they occur together.
  const next = new Int16Array(counts.length).fill(NONE);
  const chains = Int16Array.from(occurrences.keys());
  for (let left = chains.length; left > 1; left--) {
    let rarest = NONE;
    let other = NONE;
    let least = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    // No function of its own, and no pairs: this is gone through some thousand times a table, mostly before it is optimised.
    for (let index = 0; index < left; index++) {
      const count = counts[chains[index] ?? 0] ?? 0;
      if (count > second) continue;
      if (count > least) {
        other = index;
        second = count;
        continue;
      }
      other = rarest;
      second = least;
      rarest = index;
      least = count;
    }
    const one = chains[rarest] ?? 0;
    const joined = chains[other] ?? 0;
    counts[one] = least + second;
    chains.copyWithin(other, other + 1, left);
    let last = NONE;
    for (let place = one; place !== NONE; place = next[place] ?? NONE) {
      lengths[place] = (lengths[place] ?? 0) + 1;
      last = place;
    }
    next[last] = joined;
    for (let place = joined; place !== NONE; place = next[place] ?? NONE) lengths[place] = (lengths[place] ?? 0) + 1;
  }
  return lengths;
}

/** How many codes there are of each length up to sixteen, without the one that is reserved. Source: T.81, figure K.3. */
function limited(lengths: Uint16Array): Uint8Array<ArrayBuffer> {
  const bits = new Array<number>(Math.max(LONGEST, ...lengths) + 1).fill(0);
  const add = (length: number, count: number) => {
    bits[length] = (bits[length] ?? 0) + count;
  };
  for (const length of lengths) add(length, 1);
  for (let length = bits.length - 1; length > LONGEST; length--) {
    while ((bits[length] ?? 0) > 0) {
      let shorter = length - 2;
      while (bits[shorter] === 0) shorter--;
      // Two of the longest share what their prefix was; one of them takes the place of half of a shorter one.
      add(length, -2);
      add(length - 1, 1);
      add(shorter + 1, 2);
      add(shorter, -1);
    }
  }
  let longest = LONGEST;
  while (bits[longest] === 0) longest--;
  add(longest, -1);
  return Uint8Array.from(bits.slice(1, LONGEST + 1));
}
