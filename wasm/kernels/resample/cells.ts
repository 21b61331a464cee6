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
  const whole = f32x4.splat(WHOLE);
  const low = i32x4.splat(0xffff);
  const end = to + <usize>pairs * PAIR;
  for (; to < end; to += PAIR, from += 2 * PIXEL) {
    const even = f32x4.add(f32x4.mul(v128.load(from), by), whole);
    const odd = f32x4.add(f32x4.mul(v128.load(from, PIXEL), by), whole);
    v128.store(to, pairOf(v128.and(even, low), odd));
  }
}

/**
 * A row of cells that `boxRows` added up → the float cells that `blendRow` would have: sum · 255, exactly.
 *
 * @param from byte address of the cells (lanes/cells.ts)
 * @param to   byte address of 2·pairs float cells
 */
export function widenCells(from: usize, to: usize, pairs: u32): void {
  const full = f32x4.splat(255.0);
  const low = i32x4.splat(0xffff);
  const end = from + <usize>pairs * PAIR;
  for (; from < end; from += PAIR, to += 2 * PIXEL) {
    const pair = v128.load(from);
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_u(v128.and(pair, low)), full));
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(pair, 16)), full), PIXEL);
  }
}
