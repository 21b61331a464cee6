import { codesOf, STANDARD_TABLES, ZIGZAG } from "./jpeg-annex-k.ts";

const float = Math.fround;
const WINDOW = 8;

/** What a block is weighed by, as the kernel has it: all numbers are floats of 32 bits. */
export interface Weighing {
  readonly weight: number;
  readonly floor: number;
  /** In natural order. */
  readonly quantisers: ArrayLike<number>;
  /** 0 of luminance, 1 of chrominance. */
  readonly slot: 0 | 1;
}

/** A coefficient that is kept on the cheapest way so far: zigzag place, cost, value, and which is kept before. */
interface Kept {
  readonly place: number;
  readonly cost: number;
  readonly value: number;
  readonly before: Kept | undefined;
}

/** Bits of each symbol of AC by the standard, with its value, of luminance and of chrominance; 255 where there is no code. */
const RATES = STANDARD_TABLES.ac.map((table) => {
  const rates = new Array<number>(256).fill(255);
  for (const [code, symbol] of codesOf(table)) rates[symbol] = code.length + (symbol & 15);
  return rates;
});

/**
 * The twin of `weighBlock`: tries every value, its lesser neighbour and nothing, behind each of the last eight that are
 * not zero. Costs are less what zeros in place of all so far would cost. In floats, in the order of the kernel.
 */
export function weighed(block: Int16Array, raw: Int16Array, { weight, floor, quantisers, slot }: Weighing): Int16Array {
  const rate = (symbol: number) => RATES[slot]?.[symbol] ?? 255;
  const energy = raw.reduce((sum, value, place) => (place === 0 ? sum : sum + value * value), 0);
  const worth = float(float(weight) / float(float(floor) + float(energy)));
  const ways: Kept[] = [{ place: 0, cost: 0, value: 0, before: undefined }];
  for (let place = 1; place < 64; place++) {
    const natural = ZIGZAG[place] ?? 0;
    const given = Math.abs(block[natural] ?? 0);
    if (given === 0) continue;
    const exact = float(Math.abs(raw[natural] ?? 0) * float(1 / (8 * (quantisers[natural] ?? 1))));
    const errorOf = (value: number) => {
      const by = float(exact - value);
      return float(float(worth * by) * by);
    };
    let best: Kept | undefined;
    for (const value of [given, given - 1].filter((each) => each > 0)) {
      const size = Math.floor(Math.log2(value)) + 1;
      let cheapest: { readonly bits: number; readonly before: Kept } | undefined;
      for (const before of ways.slice(-WINDOW).reverse()) {
        const run = place - before.place - 1;
        const bits = float(before.cost + rate((run % 16) * 16 + size) + Math.floor(run / 16) * rate(0xf0));
        if (cheapest === undefined || bits < cheapest.bits) cheapest = { bits, before };
      }
      if (cheapest === undefined) continue;
      const cost = float(cheapest.bits + errorOf(value));
      if (best === undefined || cost < best.cost) best = { place, cost, value, before: cheapest.before };
    }
    if (best !== undefined) ways.push({ ...best, cost: float(best.cost - errorOf(0)) });
  }
  const out = new Int16Array(64);
  out[0] = block[0] ?? 0;
  const totals = ways.map((way) => float(way.cost + (way.place === 63 ? 0 : rate(0))));
  let way: Kept | undefined = ways[totals.indexOf(Math.min(...totals))];
  for (; way !== undefined && way.place > 0; way = way.before) {
    const natural = ZIGZAG[way.place] ?? 0;
    out[natural] = Math.sign(block[natural] ?? 0) * way.value;
  }
  return out;
}
