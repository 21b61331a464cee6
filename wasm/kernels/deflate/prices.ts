import {
  DISTANCES,
  distanceExtra,
  distanceSymbol,
  END_OF_BLOCK,
  LITERALS,
  lengthExtra,
  lengthSymbol,
} from "./alphabet";
import { DISTANCE_LENGTHS, LITERAL_LENGTHS } from "./dynamic";

/**
 * What symbols cost, in bits, a byte each: those of literals and lengths, and behind them those of distances.
 *
 * They are those of the block before. In filtered rows of a photograph literals have three or four bits, and a match of
 * four of them far away costs more than they do.
 */
const DISTANCE_PRICES: usize = 288;

/** What a literal costs that has not come, and at most a match: where there were none, some must be tried. */
const MOST_LITERAL: u32 = 13;
const MOST_MATCH: u32 = 12;
/** What is guessed: of literals no less than two bits, since of the most frequent ones most are in matches. */
const LEAST_LITERAL: u32 = 2;
const LIKELY_MATCH: u8 = 4;
/** Of so many bytes there are no cheaper literals than a match. */
const SURE_LENGTH: u32 = 16;

const COUNTS: usize = memory.data(4 * 256, 16);

/** Guesses prices from how often each byte comes. */
export function guessPrices(prices: usize, from: usize, to: usize): void {
  memory.fill(COUNTS, 0, 4 * 256);
  for (let at = from; at < to; at++) {
    const count = COUNTS + ((<usize>load<u8>(at)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  for (let byte: usize = 0; byte < 256; byte++) {
    const count = max<u32>(1, load<u32>(COUNTS + (byte << 2))),
      bits = 31 - clz((<u32>(to - from) / count) | 1);
    store<u8>(prices + byte, <u8>min(max(bits, LEAST_LITERAL), MOST_LITERAL));
  }
  memory.fill(prices + END_OF_BLOCK, LIKELY_MATCH, LITERALS - END_OF_BLOCK);
  memory.fill(prices + DISTANCE_PRICES, LIKELY_MATCH, DISTANCES);
}

/** Keeps what the codes cost that have been made for a block. */
export function keepPrices(prices: usize): void {
  for (let symbol: u32 = 0; symbol < LITERALS; symbol++)
    keepPrice(
      prices + <usize>symbol,
      LITERAL_LENGTHS + <usize>symbol,
      symbol < END_OF_BLOCK ? MOST_LITERAL : MOST_MATCH,
    );
  for (let symbol: usize = 0; symbol < <usize>DISTANCES; symbol++)
    keepPrice(prices + DISTANCE_PRICES + symbol, DISTANCE_LENGTHS + symbol, MOST_MATCH);
}

function keepPrice(price: usize, length: usize, most: u32): void {
  const bits: u32 = load<u8>(length);
  store<u8>(price, <u8>(bits === 0 ? most : min(bits, most)));
}

/** Whether a match at `at` costs less than its bytes would as literals. */
export function isWorth(prices: usize, at: usize, match: u32): bool {
  return match >> 16 >= SURE_LENGTH || gainOf(prices, at, match) > 0;
}

/** How many bits less a match at `at` costs than its bytes would as literals. */
export function gainOf(prices: usize, at: usize, match: u32): i32 {
  const length = match >> 16,
    distance = match & 0xffff;
  let gain = <i32>0;
  for (let byte: usize = 0; byte < <usize>length; byte++) gain += load<u8>(prices + <usize>load<u8>(at + byte));
  gain -= load<u8>(prices + <usize>lengthSymbol(length));
  gain -= load<u8>(prices + DISTANCE_PRICES + <usize>distanceSymbol(distance));
  return gain - <i32>(lengthExtra(length) + distanceExtra(distance));
}
