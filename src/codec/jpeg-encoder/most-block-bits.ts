import type { Quantisation } from "../jpeg/tables.ts";
import { ZIGZAG } from "../jpeg/zigzag.ts";

/** What symbols of differences and of coefficients cost, by symbol. */
export interface Weights {
  readonly dc: Float64Array;
  readonly ac: Float64Array;
}

const END_OF_BLOCK = 0;
const ZERO_RUN = 0xf0;
/** Sizes of a coefficient: 0 to 10. */
const SIZES = 11;

/** By the definition a coefficient lies within ±8 · 127.5, and a difference of DC within 8 · 255; and one more for roundings. */
const MOST_COEFFICIENT = 1021;
const MOST_DIFFERENCE = 2041;
/** How far the transform is off the definition at most; a test holds that it is by less. */
const TRANSFORM_ERROR = 0.5;
/**
 * Squares of all coefficients but DC add up to no more: the transform is orthonormal, and samples are 127.5 off their mean
 * on an average at the most.
 */
const MOST_ENERGY = 64 * 127.5 ** 2;

/** Prices of energy that are tried, in the weight of symbols: from this one on, so many, each so many times the last. */
const PRICES = { first: 2 ** -16, count: 18, times: 2 } as const;

/**
 * What the symbols of a block cost at most.
 *
 * It is the dearest way through the 63 places that a coefficient may have. Not all of them can be large: a block has but so
 * much energy. At any price of energy p, cost ≤ p · MOST_ENERGY + max(cost − p · energy), since no block has more; and that
 * maximum is again a dearest way. The price with the least such bound is taken; each gives a true one.
 */
export function mostBlockBits(quantisation: Quantisation, { dc, ac }: Weights): number {
  const dcSize = sizeOf(MOST_DIFFERENCE, quantisation[0] ?? 1);
  const places = placesOf(quantisation);
  let least = dearestWay(places, ac, 0);
  // The bound is convex in the price: once it rises it goes on to.
  let price: number = PRICES.first;
  for (let tries = 0; tries < PRICES.count; tries++, price *= PRICES.times) {
    const bound = price * MOST_ENERGY + dearestWay(places, ac, price);
    if (bound > least) break;
    least = bound;
  }
  return Math.max(...dc.subarray(0, dcSize + 1)) + Math.ceil(least);
}

/** A place in the order of the file: the largest size of a coefficient there, and the energy that each size takes. */
interface Place {
  readonly most: number;
  readonly energies: Float64Array;
}

function placesOf(quantisation: Quantisation): readonly Place[] {
  return ZIGZAG.map((place) => {
    const quantiser = quantisation[place] ?? 1;
    const energies = Float64Array.from({ length: SIZES }, (_, size) => {
      const smallest = quantiser * (2 ** (size - 1) - 0.5) - TRANSFORM_ERROR;
      return size === 0 ? 0 : Math.max(smallest, 0) ** 2;
    });
    return { most: sizeOf(MOST_COEFFICIENT, quantiser), energies };
  });
}

function dearestWay(places: readonly Place[], weights: Float64Array, price: number): number {
  // By place: the dearest way to a coefficient there; before the first one there is DC, at place 0.
  const ways = new Float64Array(places.length);
  const end = weights[END_OF_BLOCK] ?? 0;
  let dearest = end;
  for (let place = 1; place < places.length; place++) {
    const { most, energies } = places[place] ?? { most: 0, energies: new Float64Array(SIZES) };
    let way = Number.NEGATIVE_INFINITY;
    for (let before = 0; before < place; before++) {
      const run = place - before - 1;
      const until = (ways[before] ?? 0) + (run >> 4) * (weights[ZERO_RUN] ?? 0);
      for (let size = 1; size <= most; size++) {
        const symbol = ((run & 15) << 4) | size;
        way = Math.max(way, until + (weights[symbol] ?? 0) - price * (energies[size] ?? 0));
      }
    }
    ways[place] = way;
    dearest = Math.max(dearest, place < 63 ? way + end : way);
  }
  return dearest;
}

/** Bits of the largest value that comes of a coefficient. Source: ITU-T T.81, table F.1. */
function sizeOf(most: number, quantiser: number): number {
  return 32 - Math.clz32(Math.floor(most / quantiser + 0.5));
}
