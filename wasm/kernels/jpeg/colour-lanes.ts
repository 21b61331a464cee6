/** Stores sixteen opaque RGBA8 pixels, 64 bytes. */
export function storePixels(to: usize, red: v128, green: v128, blue: v128): void {
  const opaque = i8x16.splat(-1);
  // r0 g0 r1 g1 … | b0 FF b1 FF …
  const redGreenLow = interleaveLow(red, green);
  const blueAlphaLow = interleaveLow(blue, opaque);
  const redGreenHigh = interleaveHigh(red, green);
  const blueAlphaHigh = interleaveHigh(blue, opaque);
  // r0 g0 b0 FF r1 g1 b1 FF …
  v128.store(to, v128.shuffle<i16>(redGreenLow, blueAlphaLow, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(to, v128.shuffle<i16>(redGreenLow, blueAlphaLow, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  v128.store(to, v128.shuffle<i16>(redGreenHigh, blueAlphaHigh, 0, 8, 1, 9, 2, 10, 3, 11), 32);
  v128.store(to, v128.shuffle<i16>(redGreenHigh, blueAlphaHigh, 4, 12, 5, 13, 6, 14, 7, 15), 48);
}

function interleaveLow(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

function interleaveHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** round(a · b / 255) of sixteen bytes, exact: with t = a·b + 128 it is (t + (t >> 8)) >> 8, and no lane overflows. */
export function product(a: v128, b: v128): v128 {
  return i8x16.narrow_i16x8_u(over255(i16x8.extmul_low_i8x16_u(a, b)), over255(i16x8.extmul_high_i8x16_u(a, b)));
}

function over255(lanes: v128): v128 {
  const rounded = i16x8.add(lanes, i16x8.splat(128));
  return i16x8.shr_u(i16x8.add(rounded, i16x8.shr_u(rounded, 8)), 8);
}
