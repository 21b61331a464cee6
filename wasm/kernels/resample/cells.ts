import { PAIR, pairOf } from "../../lanes/cells";
import { PIXEL } from "../../lanes/pixel";

/** 2^23: a float of this size has no room for fractions, and holds a small number that is added in its lowest bits. */
const WHOLE: f32 = 8388608.0;

/**
 * Float cells → a row of cells of sixteen bits: round(cell · scale), halves to even.
 *
 * @param from  byte address of 2·pairs float cells that are 0 … 32767 when they are scaled
 * @param to    byte address of the cells (lanes/cells.ts)
 */
export function narrowCells(from: usize, to: usize, pairs: u32, scale: f32): void {
  const by = f32x4.splat(scale);
  const end = to + <usize>pairs * PAIR;
  for (; to < end; to += PAIR, from += 2 * PIXEL) {
    v128.store(to, rounded(f32x4.mul(v128.load(from), by), f32x4.mul(v128.load(from, PIXEL), by)));
  }
}

/**
 * The same of sums, as `blendRow` and `addBlended` make them: those from 2^24 on are rounded to floats first.
 *
 * @param from byte address of 2·pairs cells: four u32 each, below 2^31
 */
export function narrowSums(from: usize, to: usize, pairs: u32, scale: f32): void {
  const by = f32x4.splat(scale);
  const end = to + <usize>pairs * PAIR;
  for (; to < end; to += PAIR, from += 2 * PIXEL) {
    const even = f32x4.mul(f32x4.convert_i32x4_s(v128.load(from)), by);
    const odd = f32x4.mul(f32x4.convert_i32x4_s(v128.load(from, PIXEL)), by);
    v128.store(to, rounded(even, odd));
  }
}

function rounded(even: v128, odd: v128): v128 {
  const whole = f32x4.splat(WHOLE);
  return pairOf(v128.and(f32x4.add(even, whole), i32x4.splat(0xffff)), f32x4.add(odd, whole));
}

/**
 * A row of cells that `boxRows` added up → the sums that `blendRow` would have: sum · 255, exactly.
 *
 * @param from byte address of the cells (lanes/cells.ts)
 * @param to   byte address of 2·pairs cells: four u32 each
 */
export function widenCells(from: usize, to: usize, pairs: u32): void {
  const full = i32x4.splat(255);
  const end = from + <usize>pairs * PAIR;
  for (; from < end; from += PAIR, to += 2 * PIXEL) {
    const pair = v128.load(from);
    v128.store(to, i32x4.mul(v128.and(pair, i32x4.splat(0xffff)), full));
    v128.store(to, i32x4.mul(i32x4.shr_u(pair, 16), full), PIXEL);
  }
}

/**
 * Cells one behind the other, as `addPixels` makes them → a row of cells.
 *
 * @param from byte address of 2·pairs cells: four u16 each
 * @param to   byte address of the cells (lanes/cells.ts)
 */
export function pairCells(from: usize, to: usize, pairs: u32): void {
  const end = to + <usize>pairs * PAIR;
  for (; to < end; to += PAIR, from += 16) {
    const two = v128.load(from);
    v128.store(to, v128.shuffle<i16>(two, two, 0, 4, 1, 5, 2, 6, 3, 7));
  }
}

/**
 * Whether the alpha of every sum is exactly this.
 *
 * @param from  byte address of cells: four u32 each
 * @param count any value
 */
export function haveAlpha(from: usize, count: u32, alpha: u32): bool {
  const wanted = i32x4.splat(alpha);
  let differ = i32x4.splat(0);
  for (const end = from + <usize>count * PIXEL; from < end; from += PIXEL) {
    differ = v128.or(differ, v128.xor(v128.load(from), wanted));
  }
  return i32x4.extract_lane(differ, 3) === 0;
}
