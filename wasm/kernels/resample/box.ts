import { PAIR, pairOf } from "../../lanes/cells";
import { wholePixel } from "../../lanes/pixel";

/**
 * Adds up opaque pixels, or pixels of which alpha is a channel like the others, to a row of cells: cell i is the sum of
 * columns i·box … (i + 1)·box − 1 of all rows. Columns beyond the last repeat it.
 *
 * - `box` is a power of two; box times all the rows that are added to a cell is at most 128, so that sums fit.
 * - ⌈columns / (2·box)⌉ pairs are written.
 *
 * @param from    byte address of the first row of RGBA8 pixels, any alignment
 * @param stride  bytes from one row to the next; 0 takes the same row again
 * @param rows    any value
 * @param columns pixels of a row, any value
 * @param to      byte address of the cells (lanes/cells.ts)
 * @param begun   adds to what is there already
 */
export function boxRows(from: usize, stride: usize, rows: u32, columns: u32, box: u32, to: usize, begun: bool): void {
  const step: u32 = box > 1 ? 2 * box : 4;
  const whole = columns - (columns % step);
  if (box > 2) boxFours(from, stride, rows, whole / step, box, to, begun);
  else {
    for (let row: u32 = 0; row < rows; row++) {
      const at = from + row * stride;
      if (box > 1) boxTwos(at, whole, to, begun || row > 0);
      else boxOnes(at, whole, to, begun || row > 0);
    }
  }

  from += (<usize>whole) << 2;
  to += <usize>(whole / (2 * box)) * PAIR;
  for (let left = <i32>(columns - whole); left > 0; left -= 2 * box) {
    const sum = edgePair(from, stride, rows, left, box);
    v128.store(to, begun ? i16x8.add(v128.load(to), sum) : sum);
    from += (<usize>box) << 3;
    to += PAIR;
  }
}

/** Four pixels a step, two pairs. */
function boxOnes(from: usize, count: u32, to: usize, begun: bool): void {
  const zero = i32x4.splat(0);
  const end = from + ((<usize>count) << 2);
  for (; from < end; from += 16, to += 2 * PAIR) {
    const px = v128.load(from);
    // r0 g0 b0 a0 r1 g1 b1 a1 … → r0 r1 g0 g1 b0 b1 a0 a1 | r2 r3 …, sixteen bits each.
    let first = i8x16.shuffle(px, zero, 0, 16, 4, 16, 1, 16, 5, 16, 2, 16, 6, 16, 3, 16, 7, 16);
    let second = i8x16.shuffle(px, zero, 8, 16, 12, 16, 9, 16, 13, 16, 10, 16, 14, 16, 11, 16, 15, 16);
    if (begun) {
      first = i16x8.add(first, v128.load(to));
      second = i16x8.add(second, v128.load(to, PAIR));
    }
    v128.store(to, first);
    v128.store(to, second, PAIR);
  }
}

/** Four pixels a step, one pair. */
function boxTwos(from: usize, count: u32, to: usize, begun: bool): void {
  const end = from + ((<usize>count) << 2);
  for (; from < end; from += 16, to += PAIR) {
    let sum = twos(v128.load(from));
    if (begun) sum = i16x8.add(sum, v128.load(to));
    v128.store(to, sum);
  }
}

/** Two times `box` pixels a step, one pair. */
function boxFours(from: usize, stride: usize, rows: u32, steps: u32, box: u32, to: usize, begun: bool): void {
  const bytes = (<usize>box) << 2;
  for (; steps > 0; steps--, from += 2 * bytes, to += PAIR) {
    let even = i32x4.splat(0),
      odd = even;
    for (let row = from, left = rows; left > 0; left--, row += stride) {
      for (let at: usize = 0; at < bytes; at += 16) {
        even = i16x8.add(even, twos(v128.load(row + at)));
        odd = i16x8.add(odd, twos(v128.load(row + bytes + at)));
      }
    }
    let sum = pairOf(i32x4.extadd_pairwise_i16x8_u(even), i32x4.extadd_pairwise_i16x8_u(odd));
    if (begun) sum = i16x8.add(sum, v128.load(to));
    v128.store(to, sum);
  }
}

/** r0 g0 b0 a0 r1 … → r0+r1 r2+r3 | g0+g1 g2+g3 | b0+b1 b2+b3 | a0+a1 a2+a3 */
function twos(px: v128): v128 {
  return i16x8.extadd_pairwise_i8x16_u(i8x16.shuffle(px, px, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
}

/** The last cells, one pixel at a time: of `left` columns that are left, the last is repeated. */
function edgePair(from: usize, stride: usize, rows: u32, left: i32, box: i32): v128 {
  let even = i32x4.splat(0),
    odd = even;
  for (; rows > 0; rows--, from += stride) {
    for (let column = 0; column < box; column++) {
      even = i32x4.add(even, wholePixel(from + ((<usize>min(column, left - 1)) << 2)));
      odd = i32x4.add(odd, wholePixel(from + ((<usize>min(box + column, left - 1)) << 2)));
    }
  }
  return pairOf(even, odd);
}
