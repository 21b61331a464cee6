import { END_OF_BLOCK, ZERO_RUN } from "./codes";
import { ZIGZAG } from "./zigzag";

/**
 * What blocks of a component are weighed by, one behind the other (src/codec/jpeg-encoder/trellis-table.ts): `weight` and
 * `floor`, f32; 1 / (8 · quantiser), 64 f32 in natural order; bits of each symbol with its value, 256 u8.
 */
const FLOOR: usize = 4;
const RECIPROCALS: usize = 16;
const RATES: usize = 272;

/** Coefficients before one that may be the last before it that is kept. */
const WINDOW: i32 = 8;
const NEVER: f32 = 1e30;

/**
 * Of the way so far, one entry for each coefficient that is not zero, and entry 0 for DC: its place in zigzag order, the
 * cost of the cheapest way that keeps it, less what it would cost to keep nothing up to here, its value on that way, and
 * which is kept before it.
 */
const PLACES: usize = memory.data(256, 16);
const COSTS: usize = memory.data(256, 16);
const VALUES: usize = memory.data(256, 16);
const BEFORE: usize = memory.data(256, 16);

/**
 * Makes coefficients zero or smaller where that saves more bits than it does harm; returns which are left.
 *
 * Looks for the smallest sum of bits and weighed squares of errors, in units of the quantiser: each coefficient that was
 * quantised to something stays, shrinks by one, or goes; what was zero stays zero. An error is worth
 *
 *   weight / (floor + energy)      energy: the sum of the squares of all AC coefficients, 8 times what they are
 *
 * since eyes see it less where much is going on. Shrinking saves bits only where a value is a power of two, so nothing else is
 * tried: of two values of one size, the nearer is better. Bits are those of the standard's tables, whatever tables there
 * will be. Source: MozJPEG's jcdctmgr.c, quantize_trellis, which looks at more.
 *
 * @param block   64 quantised coefficients, in natural order; changed
 * @param raw     64 coefficients before, 8 times what they are
 * @param present which of the block are not zero, in zigzag order
 */
export function weighBlock(block: usize, raw: usize, present: u64, table: usize): u64 {
  let left = present >> 1;
  if (left === 0) return present;
  const worth = load<f32>(table) / (load<f32>(table, FLOOR) + <f32>energyOf(raw));
  const reciprocals = table + RECIPROCALS,
    rates = table + RATES;
  const zeroRun = <f32>load<u8>(rates + ZERO_RUN);
  store<i32>(PLACES, 0);
  store<f32>(COSTS, 0);
  let count: i32 = 0,
    place: i32 = 0;
  while (left !== 0) {
    const zeros = <i32>ctz(left);
    left >>= <u64>zeros;
    left >>= 1;
    place += zeros + 1;
    count++;
    const natural = <usize>load<u8>(ZIGZAG + <usize>place);
    const exact = <f32>abs(<i32>load<i16>(raw + (natural << 1))) * load<f32>(reciprocals + (natural << 2));
    let value = abs(<i32>load<i16>(block + (natural << 1)));
    const smallest = value > 1 && (value & (value - 1)) === 0 ? value - 1 : value;
    let best = NEVER,
      bestValue = 0,
      bestBefore = 0;
    for (; value >= smallest; value--) {
      const ofSize = rates + <usize>(32 - clz(value));
      let bits = NEVER,
        before = 0;
      for (let at = count - 1; at >= max(count - WINDOW, 0); at--) {
        const run = place - load<i32>(PLACES + ((<usize>at) << 2)) - 1;
        let rate = <f32>load<u8>(ofSize + ((<usize>(run & 15)) << 4));
        if (run > 15) rate += zeroRun * <f32>(run >> 4);
        const cost = load<f32>(COSTS + ((<usize>at) << 2)) + rate;
        if (cost < bits) {
          bits = cost;
          before = at;
        }
      }
      const error = exact - <f32>value;
      const cost = bits + worth * error * error;
      if (cost < best) {
        best = cost;
        bestValue = value;
        bestBefore = before;
      }
    }
    const lost = worth * exact * exact;
    const at = (<usize>count) << 2;
    store<i32>(PLACES + at, place);
    store<f32>(COSTS + at, best - lost);
    store<i32>(VALUES + at, bestValue);
    store<i32>(BEFORE + at, bestBefore);
  }
  return keepCheapest(block, present, count, <f32>load<u8>(rates + END_OF_BLOCK));
}

/** Sum of the squares of all AC coefficients: below 2³¹, since that of the samples is at most 64 · 128². */
function energyOf(raw: usize): i32 {
  let sum = i32x4.splat(0);
  for (let at: usize = 0; at < 128; at += 16) {
    const row = v128.load(raw + at);
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(row, row));
  }
  const halves = i32x4.add(sum, v128.shuffle<i32>(sum, sum, 2, 3, 0, 1));
  const dc = <i32>load<i16>(raw);
  return i32x4.extract_lane(halves, 0) + i32x4.extract_lane(halves, 1) - dc * dc;
}

/** Takes the cheapest of all ways, whichever coefficient it ends with. The last of a block needs no end of the block. */
function keepCheapest(block: usize, present: u64, count: i32, ending: f32): u64 {
  let cheapest = NEVER,
    kept: i32 = 0;
  for (let at: i32 = 0; at <= count; at++) {
    const offset = (<usize>at) << 2;
    const cost = load<f32>(COSTS + offset) + (load<i32>(PLACES + offset) === 63 ? 0 : ending);
    if (cost < cheapest) {
      cheapest = cost;
      kept = at;
    }
  }
  let left = present & 1;
  for (let at = count; at > 0; at--) {
    const offset = (<usize>at) << 2;
    const place = load<i32>(PLACES + offset);
    const address = block + ((<usize>load<u8>(ZIGZAG + <usize>place)) << 1);
    if (at !== kept) {
      store<i16>(address, 0);
      continue;
    }
    const value = load<i32>(VALUES + offset);
    store<i16>(address, <i16>(load<i16>(address) < 0 ? -value : value));
    left |= (<u64>1) << (<u64>place);
    kept = load<i32>(BEFORE + offset);
  }
  return left;
}

/** `weighBlock` for those who can take no 64 bits: `present` is read and written at this address. */
export function weighBlockAt(block: usize, raw: usize, present: usize, table: usize): void {
  store<u64>(present, weighBlock(block, raw, load<u64>(present), table));
}
