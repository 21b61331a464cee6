import { PIXEL } from "../../lanes/pixel";
import { product, products, sumOfProducts } from "../../lanes/premultiplied";

/**
 * Adds a row of premultiplied pixels to a row of sums: sum i is that over columns i·box … (i + 1)·box − 1 of c · a for a
 * colour, and of 255 · a for alpha. Columns beyond the last repeat it.
 *
 * Premultiplied before any weighting, so that the colour of transparent pixels never bleeds into visible ones. Sums of up
 * to 32,768 pixels stay below 2^31.
 *
 * @param from    byte address of RGBA8 pixels, any alignment
 * @param columns at least 1
 * @param box     a power of two
 * @param to      byte address of ⌈columns / box⌉ cells: four u32 each
 * @param begun   adds to what is there already
 */
export function blendRow(from: usize, columns: u32, box: u32, to: usize, begun: bool): void {
  const end = from + ((<usize>columns) << 2);
  const bytes = (<usize>box) << 2;
  if (box > 1) {
    for (; from + bytes <= end; from += bytes, to += PIXEL) addTo(to, sumOfProducts(from, from + bytes), begun);
  } else {
    for (; from + 8 <= end; from += 8, to += 2 * PIXEL) {
      const two = products(from);
      addTo(to, i32x4.extend_low_i16x8_u(two), begun);
      addTo(to + PIXEL, i32x4.extend_high_i16x8_u(two), begun);
    }
  }
  for (; from < end; from += bytes, to += PIXEL) {
    let sum = i32x4.splat(0);
    for (let at = from; at < from + bytes; at += 4) sum = i32x4.add(sum, product(min(at, end - 4)));
    addTo(to, sum, begun);
  }
}

function addTo(cell: usize, sum: v128, begun: bool): void {
  v128.store(cell, begun ? i32x4.add(v128.load(cell), sum) : sum);
}
