import { averageOf, paethOf } from "./lanes";

/**
 * The filters of PNG: what a row differs by, mod 256, from what is foretold of it. None is the row itself.
 * Source: PNG (Third Edition), 9.2.
 *
 * - Sixteen bytes a step: up to 15 bytes behind the rows are read and written.
 * - `pixel` bytes before `row` and before `above` are read: zeros, which stand to the left of a picture.
 *
 * @param row   byte address of `bytes` bytes, any alignment; so are `above` and `to`, which must not overlap
 * @param above byte address of the row above
 * @param pixel bytes of a pixel, 1..8
 */
export function filterSub(row: usize, to: usize, bytes: u32, pixel: u32): void {
  for (const end = row + bytes; row < end; row += 16, to += 16) {
    v128.store(to, i8x16.sub(v128.load(row), v128.load(row - pixel)));
  }
}

export function filterUp(row: usize, above: usize, to: usize, bytes: u32): void {
  for (const end = row + bytes; row < end; row += 16, above += 16, to += 16) {
    v128.store(to, i8x16.sub(v128.load(row), v128.load(above)));
  }
}

export function filterAverage(row: usize, above: usize, to: usize, bytes: u32, pixel: u32): void {
  for (const end = row + bytes; row < end; row += 16, above += 16, to += 16) {
    v128.store(to, i8x16.sub(v128.load(row), averageOf(v128.load(row - pixel), v128.load(above))));
  }
}

export function filterPaeth(row: usize, above: usize, to: usize, bytes: u32, pixel: u32): void {
  for (const end = row + bytes; row < end; row += 16, above += 16, to += 16) {
    const foretold = paethOf(v128.load(row - pixel), v128.load(above), v128.load(above - pixel));
    v128.store(to, i8x16.sub(v128.load(row), foretold));
  }
}
