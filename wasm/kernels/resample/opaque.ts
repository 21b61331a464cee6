/**
 * Whether every pixel of some rows has an alpha of 255.
 *
 * @param from    byte address of the first row of RGBA8 pixels, any alignment
 * @param stride  bytes from one row to the next
 * @param rows    any value
 * @param columns pixels of a row, any value
 */
export function areOpaque(from: usize, stride: usize, rows: u32, columns: u32): bool {
  for (; rows > 0; rows--, from += stride) {
    if (!isOpaque(from, columns)) return false;
  }
  return true;
}

function isOpaque(at: usize, columns: u32): bool {
  const vectors = at + ((<usize>(columns & ~15)) << 2);
  const end = at + ((<usize>columns) << 2);

  // Four that do not wait for one another.
  let a = i8x16.splat(-1),
    b = a,
    c = a,
    d = a;
  for (; at < vectors; at += 64) {
    a = v128.and(a, v128.load(at));
    b = v128.and(b, v128.load(at, 16));
    c = v128.and(c, v128.load(at, 32));
    d = v128.and(d, v128.load(at, 48));
  }
  let all: u32 = 0xff000000;
  for (; at < end; at += 4) all &= load<u32>(at);

  const whole = v128.and(v128.and(v128.and(a, b), v128.and(c, d)), i32x4.splat(all));
  // As unsigned numbers, pixels with the alpha on top: those of 255 are the largest.
  return i32x4.all_true(i32x4.ge_u(whole, i32x4.splat(0xff000000)));
}
