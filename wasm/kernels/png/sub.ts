/**
 * Undoes the filter Sub: out[i] = from[i] + out[i − pixel], mod 256; zeros stand to the left of the row.
 * Source: PNG (Third Edition), 9.2.
 *
 * All pixels so far, added up: a vector is added to itself moved by one pixel, that by two, by four and by eight, and then
 * the last pixel of the vector before to every pixel.
 *
 * - Sixteen bytes a step, whether or not pixels end there: up to 15 bytes behind the rows are read and written.
 *
 * @param from  byte address of `bytes` filtered bytes, any alignment; so is `to`, which must not overlap them
 * @param pixel bytes of a pixel, 1..8
 */
export function unfilterSub(from: usize, to: usize, bytes: u32, pixel: u32): void {
  const byOne = moveBy(pixel);
  const byTwo = moveBy(2 * pixel);
  const byFour = moveBy(4 * pixel);
  const byEight = moveBy(8 * pixel);
  const last = lastPixel(pixel);
  let sums = i64x2.splat(0);
  for (const end = to + bytes; to < end; to += 16, from += 16) {
    let own = v128.load(from);
    own = i8x16.add(own, i8x16.swizzle(own, byOne));
    own = i8x16.add(own, i8x16.swizzle(own, byTwo));
    own = i8x16.add(own, i8x16.swizzle(own, byFour));
    own = i8x16.add(own, i8x16.swizzle(own, byEight));
    sums = i8x16.add(own, i8x16.swizzle(sums, last));
    v128.store(to, sums);
  }
}

/** Takes byte i − `bytes` to place i; what is not in the vector is zero. */
function moveBy(bytes: u32): v128 {
  return i8x16.sub(places(), i8x16.splat(<i8>bytes));
}

/** Takes the last pixel of a vector to wherever a pixel begins: byte 16 − pixel + i mod pixel to place i. */
function lastPixel(pixel: u32): v128 {
  const step = i8x16.splat(<i8>pixel);
  let rest = places();
  // What is less than a pixel already wraps around, and is the smaller one.
  for (let at = pixel; at < 16; at += pixel) rest = i8x16.min_u(rest, i8x16.sub(rest, step));
  return i8x16.add(rest, i8x16.sub(i8x16.splat(16), step));
}

function places(): v128 {
  return i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
