/** r·a g·a b·a 255·a of two pixels of RGBA8 at `at`, sixteen bits each. */
export function products(at: usize): v128 {
  const two = v128.load64_zero(at);
  const alpha = i8x16.swizzle(two, i8x16(3, 3, 3, 3, 7, 7, 7, 7, -1, -1, -1, -1, -1, -1, -1, -1));
  return i16x8.extmul_low_i8x16_u(v128.or(two, i32x4.splat(0xff000000)), alpha);
}

/** The same of one pixel, 32 bits each. */
export function product(at: usize): v128 {
  const px = v128.load32_zero(at);
  const alpha = i8x16.swizzle(px, i8x16(3, 3, 3, 3, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1));
  return i32x4.extend_low_i16x8_u(i16x8.extmul_low_i8x16_u(v128.or(px, i32x4.splat(0xff000000)), alpha));
}

/** The sum of the products of the pixels from `at` to `end`, an even number of them. */
export function sumOfProducts(at: usize, end: usize): v128 {
  let sum = i32x4.splat(0);
  for (; at < end; at += 8) {
    const two = products(at);
    sum = i32x4.add(sum, i32x4.add(i32x4.extend_low_i16x8_u(two), i32x4.extend_high_i16x8_u(two)));
  }
  return sum;
}
